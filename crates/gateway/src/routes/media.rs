//! Stored pictures, outside `/api/v1`.

use std::io::ErrorKind;
use std::path::Path;

use actix_web::body::SizedStream;
use actix_web::http::header::{self, HeaderMap, HeaderValue};
use actix_web::web::{Bytes, BytesMut};
use actix_web::{HttpRequest, HttpResponse, get, web};
use futures::Stream;
use stampede_http::body;
use stampede_http::problem::Problem;
use stampede_kernel::codes::NOT_FOUND;
use stampede_media::MediaStore;
use tokio::fs::File;
use tokio::io::AsyncReadExt;
use utoipa_actix_web::service_config::ServiceConfig;

/// Cached for a year: the path is a hash of the content.
const FOR_EVER: HeaderValue = HeaderValue::from_static("public, max-age=31536000, immutable");
/// Uploaded bytes run no script and load nothing, whatever type a browser takes them for.
const HARMLESS: HeaderValue = HeaderValue::from_static("default-src 'none'; sandbox");

/// Bytes read from the file at a time.
const SLICE_BYTES: usize = 64 * 1024;

pub(super) fn routes(config: &mut ServiceConfig) {
    config.service(picture);
}

/// Returns the file of a picture in one of its sizes.
#[utoipa::path(tag = "around", params(("path" = String, Path, description = "Path as in an `Image`, without `/media/`.")),
    responses((status = 200, description = "JPEG or WebP", content_type = "image/jpeg")))]
#[get("/media/{path:.*}")]
async fn picture(
    path: web::Path<String>,
    request: HttpRequest,
    media: web::Data<MediaStore>,
) -> Result<HttpResponse, Problem> {
    let absent = || Problem::new(NOT_FOUND);
    let file = media.read_path(&path).ok_or_else(absent)?;
    let etag = format!("\"{path}\"");
    let (content, length) = open(&file.path).await?.ok_or_else(absent)?;
    if known(request.headers(), &etag) {
        return Ok(named(HttpResponse::NotModified().finish(), &etag));
    }
    let body = SizedStream::new(length, Box::pin(slices(content)));
    let answer = HttpResponse::Ok()
        .content_type(file.content_type)
        .body(body);
    Ok(named(answer, &etag))
}

/// Opens a file and reads its length; `None` when there is no such file.
async fn open(path: &Path) -> Result<Option<(File, u64)>, Problem> {
    let opened = async {
        let file = File::open(path).await?;
        let about = file.metadata().await?;
        Ok((file, about))
    };
    match opened.await {
        Ok((file, about)) if about.is_file() => Ok(Some((file, about.len()))),
        Ok(_) => Ok(None),
        Err(error) if std::io::Error::kind(&error) == ErrorKind::NotFound => Ok(None),
        Err(error) => Err(Problem::internal(&error)),
    }
}

/// Streams a file in slices, so that a slow client holds at most one slice in memory.
fn slices(file: File) -> impl Stream<Item = std::io::Result<Bytes>> {
    futures::stream::try_unfold(file, |mut file| async move {
        let mut slice = BytesMut::with_capacity(SLICE_BYTES);
        let read = file.read_buf(&mut slice).await?;
        Ok((read > 0).then(|| (slice.freeze(), file)))
    })
}

fn known(request: &HeaderMap, etag: &str) -> bool {
    let mut tags = request.get_all(header::IF_NONE_MATCH);
    tags.any(|tags| body::etag_matches(tags.as_bytes(), etag.as_bytes()))
}

fn named(mut answer: HttpResponse, etag: &str) -> HttpResponse {
    let headers = answer.headers_mut();
    headers.insert(header::CACHE_CONTROL, FOR_EVER);
    headers.insert(header::CONTENT_SECURITY_POLICY, HARMLESS);
    if let Ok(etag) = HeaderValue::from_str(etag) {
        headers.insert(header::ETAG, etag);
    }
    answer
}
