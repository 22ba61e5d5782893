//! The OpenAPI document: collected from the routes, completed by the error responses that
//! follow from the shape of each operation.

mod empty_values;
mod ids;

use std::sync::OnceLock;

use actix_web::dev::ResourceDef;
use actix_web::http::header::{self, HeaderValue};
use actix_web::{App, HttpRequest, HttpResponse, get, web};
use stampede_http::content::Content;
use stampede_http::problem::{Code, FieldErrorBody, Problem, ProblemBody, RefusedCodeBody};
use stampede_kernel::codes::NOT_FOUND;
use utoipa::openapi::path::{Operation, Parameter, PathItem};
use utoipa::openapi::security::{HttpAuthScheme, HttpBuilder, SecurityScheme};
use utoipa::openapi::{Content as MediaType, OpenApi, Ref, RefOr, Response, ResponseBuilder};
use utoipa::{Modify, OpenApi as _, PartialSchema};
use utoipa_actix_web::AppExt;
use utoipa_actix_web::service_config::ServiceConfig;

use crate::codes::error_codes;
use crate::pages;

/// Clients revalidate on every use: another release has another document.
const CHECK_BACK: HeaderValue = HeaderValue::from_static("public, no-cache");

/// The OpenAPI document and the allowed methods of each path, built once at start.
#[derive(Debug)]
pub struct Document {
    /// The document as indented JSON.
    pub json: String,
    methods: Vec<(ResourceDef, String)>,
    /// The JSON as a compressed response, built by the first request.
    file: OnceLock<Content>,
}

impl Document {
    /// Collects every route.
    pub fn new() -> Self {
        let api = document();
        let methods = api
            .paths
            .paths
            .iter()
            .map(|(path, item)| (ResourceDef::new(path.as_str()), names(item)))
            .collect();
        Self {
            json: api.to_pretty_json().unwrap_or_default(),
            methods,
            file: OnceLock::new(),
        }
    }

    fn file(&self) -> &Content {
        let json = HeaderValue::from_static("application/json");
        let vary = HeaderValue::from_static("Accept-Encoding");
        let make = || {
            Content::new(self.json.clone(), json)
                .with(header::CACHE_CONTROL, CHECK_BACK)
                .with(header::VARY, vary)
        };
        self.file.get_or_init(make)
    }

    fn allowed(&self, path: &str) -> Option<&str> {
        self.methods
            .iter()
            .find(|(pattern, _)| pattern.is_match(path))
            .map(|(_, methods)| methods.as_str())
    }
}

impl Default for Document {
    fn default() -> Self {
        Self::new()
    }
}

pub(super) fn routes(config: &mut ServiceConfig) {
    config.service(openapi_json);
}

/// Returns this OpenAPI 3.1 document.
#[utoipa::path(tag = "around", responses((status = 200, description = "OpenAPI 3.1")))]
#[get("/openapi.json")]
async fn openapi_json(request: HttpRequest, document: web::Data<Document>) -> HttpResponse {
    document.file().answer(request.headers())
}

/// The fallback of the router: 405 when the path has other methods, else 404, as a page for those
/// who want to see one.
pub async fn refuse(request: HttpRequest) -> Result<HttpResponse, Problem> {
    let allowed = request
        .app_data::<web::Data<Document>>()
        .and_then(|document| document.allowed(request.path()));
    match allowed {
        Some(methods) => Err(Problem::new(Code::METHOD_NOT_ALLOWED).allow(methods.to_owned())),
        None => pages::absent(&request).ok_or_else(|| Problem::new(NOT_FOUND)),
    }
}

#[derive(utoipa::OpenApi)]
#[openapi(
    info(
        title = "Stampede",
        description = "A shop: users, catalogue, orders, payment and flash sales. Refusals are \
                       RFC 9457 problems; their codes are listed in docs/API.md.",
        license(name = "MIT OR Apache-2.0")
    ),
    modifiers(&Bearer)
)]
struct Base;

struct Bearer;

impl Modify for Bearer {
    fn modify(&self, api: &mut OpenApi) {
        let scheme = HttpBuilder::new()
            .scheme(HttpAuthScheme::Bearer)
            .bearer_format("JWT")
            .build();
        let components = api.components.get_or_insert_default();
        components.add_security_scheme("bearer", SecurityScheme::Http(scheme));
        components
            .schemas
            .insert("Problem".into(), ProblemBody::schema());
        components
            .schemas
            .insert("FieldError".into(), FieldErrorBody::schema());
        components
            .schemas
            .insert("RefusedCode".into(), RefusedCodeBody::schema());
    }
}

/// Builds the OpenAPI document of all routes.
pub fn document() -> OpenApi {
    let (_, mut api) = App::new()
        .into_utoipa_app()
        .openapi(Base::openapi())
        .configure(super::collect)
        .split_for_parts();
    for (path, item) in &mut api.paths.paths {
        let with_id = path.contains('{');
        for (_, operation) in operations(item) {
            complete(operation, with_id);
        }
    }
    ids::set_minimum(&mut api);
    empty_values::allow(&mut api);
    api
}

/// Adds the error responses that follow from the shape of an operation.
fn complete(operation: &mut Operation, with_id: bool) {
    let mut refusals = vec![429, 500, 503];
    if operation.security.is_some() {
        refusals.push(401);
    }
    if operation
        .tags
        .iter()
        .flatten()
        .any(|tag| tag.starts_with("admin"))
    {
        refusals.push(403);
    }
    if operation.request_body.is_some() {
        refusals.extend([400, 413, 415, 422]);
    }
    if operation.parameters.is_some() {
        refusals.push(422);
    }
    if with_id {
        refusals.push(404);
    }
    for (status, response) in &mut operation.responses.responses {
        if let (RefOr::T(response), true) = (response, status.as_str() >= "400") {
            problem_content(response);
        }
    }
    for status in refusals {
        operation
            .responses
            .responses
            .entry(status.to_string())
            .or_insert_with(|| RefOr::T(refusal(status)));
    }
}

fn refusal(status: u16) -> Response {
    let names: Vec<_> = error_codes()
        .filter(|code| code.status() == status)
        .map(Code::name)
        .collect();
    let mut response = ResponseBuilder::new().description(names.join(", ")).build();
    problem_content(&mut response);
    response
}

fn problem_content(response: &mut Response) {
    let content = MediaType::new(Some(Ref::from_schema_name("Problem")));
    response
        .content
        .insert("application/problem+json".to_owned(), RefOr::T(content));
}

/// The operations of a path, with their HTTP methods.
pub fn operations(item: &mut PathItem) -> impl Iterator<Item = (&'static str, &mut Operation)> {
    [
        ("GET", &mut item.get),
        ("PUT", &mut item.put),
        ("POST", &mut item.post),
        ("DELETE", &mut item.delete),
    ]
    .into_iter()
    .filter_map(|(method, operation)| operation.as_mut().map(|operation| (method, operation)))
}

/// The parameters of all operations.
fn parameters(api: &mut OpenApi) -> impl Iterator<Item = &mut Parameter> {
    let operations = api.paths.paths.values_mut().flat_map(operations);
    let parameters =
        operations.flat_map(|(_, operation)| operation.parameters.iter_mut().flatten());
    parameters.filter_map(|parameter| match parameter {
        RefOr::T(parameter) => Some(parameter),
        RefOr::Ref(_) => None,
    })
}

fn names(item: &PathItem) -> String {
    let mut item = item.clone();
    let names: Vec<_> = operations(&mut item).map(|(method, _)| method).collect();
    names.join(", ")
}
