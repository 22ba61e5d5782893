//! The demo shop's mailbox: an inbox page for every mail sent. Only with `demo = true`.

use actix_web::http::header;
use actix_web::{HttpRequest, HttpResponse, web};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use minijinja::value::Serde;
use minijinja::{AutoEscape, Environment, Value, context};
use serde::Serialize;
use sha2::{Digest, Sha256};
use stampede_http::problem::Problem;
use stampede_kernel::codes::NOT_FOUND;
use stampede_notify::{MemoryMailer, ReceivedMail};

const PAGE: &str = include_str!("mailbox.html");
const STYLE: &str = include_str!("mailbox.css");

/// The route is not in the OpenAPI document, because it belongs to the demo shop, not to the
/// API.
pub(super) fn routes(config: &mut web::ServiceConfig) {
    config.route("/dev/mailbox", web::get().to(mailbox));
}

/// A mail that the demo shop has sent.
#[derive(Debug, Serialize)]
struct MailBody {
    to: String,
    subject: String,
    text: String,
    html: String,
    created_at: String,
}

impl From<ReceivedMail> for MailBody {
    fn from(received: ReceivedMail) -> Self {
        Self {
            to: received.mail.to,
            subject: received.mail.subject,
            text: received.mail.text,
            html: received.mail.html,
            created_at: received.created_at.to_rfc3339(),
        }
    }
}

async fn mailbox(
    request: HttpRequest,
    mailbox: Option<web::Data<MemoryMailer>>,
) -> Result<HttpResponse, Problem> {
    let mailbox = mailbox.ok_or_else(|| Problem::new(NOT_FOUND))?;
    let mails: Vec<_> = mailbox.mails().into_iter().map(MailBody::from).collect();
    let mut answer = HttpResponse::Ok();
    answer
        .insert_header((header::CACHE_CONTROL, "no-store"))
        .insert_header((header::VARY, "Accept"));
    if wants_json(&request) {
        return Ok(answer.json(mails));
    }
    let page = page(&mails).map_err(|error| Problem::internal(&error))?;
    Ok(answer
        .content_type("text/html; charset=utf-8")
        .insert_header((header::CONTENT_SECURITY_POLICY, policy()))
        .body(page))
}

fn wants_json(request: &HttpRequest) -> bool {
    request
        .headers()
        .get(header::ACCEPT)
        .and_then(|accept| accept.to_str().ok())
        .is_some_and(|accept| accept.contains("application/json"))
}

fn page(mails: &[MailBody]) -> Result<String, minijinja::Error> {
    let mut environment = Environment::new();
    environment.set_auto_escape_callback(|_| AutoEscape::Html);
    let style = Value::from_safe_string(STYLE.to_owned());
    environment.render_str(PAGE, context! { mails => Value::from(Serde(mails)), style })
}

/// The content security policy: one style sheet, known by its hash, and nothing else.
fn policy() -> String {
    let hash = STANDARD.encode(Sha256::digest(STYLE));
    format!(
        "default-src 'none'; style-src 'sha256-{hash}'; base-uri 'none'; frame-ancestors 'none'"
    )
}
