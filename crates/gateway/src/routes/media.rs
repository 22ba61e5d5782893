//! Stored pictures, outside `/api/v1`.

use actix_web::http::header::{self, HeaderMap, HeaderValue};
use actix_web::{HttpRequest, HttpResponse, get, web};
use stampede_media::MediaStore;
use utoipa_actix_web::service_config::ServiceConfig;

use crate::cache;
use crate::problem::{Code, Problem};

/// The path is made of the content, so that it never changes.
const FOR_EVER: HeaderValue = HeaderValue::from_static("public, max-age=31536000, immutable");
/// What was uploaded can do nothing, whatever it turns out to be.
const HARMLESS: HeaderValue = HeaderValue::from_static("default-src 'none'; sandbox");

pub(super) fn routes(config: &mut ServiceConfig) {
    config.service(picture);
}

/// A picture in one of its sizes.
#[utoipa::path(tag = "around", params(("path" = String, Path, description = "as in an Image")),
    responses((status = 200, description = "JPEG or WebP", content_type = "image/jpeg")))]
#[get("/media/{path:.*}")]
async fn picture(
    path: web::Path<String>,
    request: HttpRequest,
    media: web::Data<MediaStore>,
) -> Result<HttpResponse, Problem> {
    let absent = || Problem::new(Code::NotFound);
    let file = media.read_path(&path).ok_or_else(absent)?;
    let etag = format!("\"{path}\"");
    if known(request.headers(), &etag) {
        return Ok(named(HttpResponse::NotModified().finish(), &etag));
    }
    let bytes = match tokio::fs::read(&file.path).await {
        Ok(bytes) => bytes,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Err(absent()),
        Err(error) => return Err(Problem::internal(&error)),
    };
    let answer = HttpResponse::Ok()
        .content_type(file.content_type)
        .body(bytes);
    Ok(named(answer, &etag))
}

fn known(request: &HeaderMap, etag: &str) -> bool {
    let mut tags = request.get_all(header::IF_NONE_MATCH);
    tags.any(|tags| cache::names(tags.as_bytes(), etag.as_bytes()))
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
