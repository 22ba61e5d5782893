//! An application without a database: who signs in is read off the token.

use std::sync::Arc;

use actix_web::http::StatusCode;
use actix_web::http::header::HeaderMap;
use actix_web::{Error, test};
use async_trait::async_trait;
use secrecy::SecretString;
use serde_json::Value;
use stampede_gateway::Http;
use stampede_http::services::Services;
use stampede_kernel::{Clock, ManualClock, SessionId, Timestamp, UserId};
use stampede_settings::{Settings, Sources};
use stampede_user::{
    AccessToken, AuthError, Caller, LogIn, LoggedIn, Role, SessionError, SessionService, TokenPair,
};

/// Settings of the test profile in a folder of their own, with `environment` on top.
pub(crate) fn settings(folder: &tempfile::TempDir, environment: &[(&str, &str)]) -> Settings {
    let data = folder.path().join("data").display().to_string();
    let mut all = vec![
        ("STAMPEDE_PROFILE", "test"),
        ("PORT", "0"),
        ("STAMPEDE__DATA_DIR", data.as_str()),
        // Nobody is told 202 because the machine is slow.
        ("STAMPEDE__SECKILL__ACK_WITHIN_MS", "60000"),
    ];
    all.extend(environment);
    let sources = Sources {
        folder: folder.path().to_owned(),
        environment: all
            .into_iter()
            .map(|(name, value)| (name.to_owned(), value.to_owned()))
            .collect(),
        ..Sources::default()
    };
    Settings::load(&sources).expect("the test settings are right")
}

/// `customer` and `admin` are their tokens; `blind` is anybody's when nothing can be checked.
struct FakeTokens;

impl AccessToken for FakeTokens {
    fn verify(&self, token: &str) -> Result<Caller, AuthError> {
        let role = match token {
            "customer" => Role::Customer,
            "admin" => Role::Admin,
            "blind" => return Err(AuthError::Unavailable),
            _ => return Err(AuthError::Invalid),
        };
        Ok(Caller {
            user: UserId(7),
            session: SessionId::new(),
            role,
            rehearsal: false,
        })
    }
}

/// Knows nobody.
struct NoSessions;

#[async_trait]
impl SessionService for NoSessions {
    async fn log_in(&self, _: LogIn) -> Result<LoggedIn, SessionError> {
        Err(SessionError::BadCredentials)
    }

    async fn refresh(&self, _: SecretString) -> Result<TokenPair, SessionError> {
        Err(SessionError::BadRefreshToken)
    }

    async fn log_out(&self, _: Caller, _: SecretString) -> Result<(), SessionError> {
        Err(SessionError::BadRefreshToken)
    }
}

/// The clock and the tokens, without which nothing is answered.
pub(crate) fn services() -> Services {
    Services::new()
        .with::<dyn AccessToken>(Arc::new(FakeTokens))
        .with::<dyn SessionService>(Arc::new(NoSessions))
        .with::<dyn Clock>(Arc::new(ManualClock::at(Timestamp(1_795_336_200_007))))
}

/// An answer.
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) text: String,
}

impl Answer {
    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.text).unwrap_or(Value::Null)
    }

    pub(crate) fn code(&self) -> String {
        self.json()["code"].as_str().unwrap_or_default().to_owned()
    }

    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers
            .get(name)
            .map_or("", |value| value.to_str().unwrap_or_default())
    }
}

/// Asks a fresh application with `services` and `environment`.
pub(crate) async fn ask(
    services: Services,
    environment: &[(&str, &str)],
    requests: Vec<test::TestRequest>,
) -> Vec<Answer> {
    let folder = tempfile::tempdir().unwrap();
    let http = Http::new(services, &settings(&folder, environment));
    let app = test::init_service(http.app()).await;
    let mut answers = Vec::new();
    for request in requests {
        let outcome = test::try_call_service(&app, request.to_request()).await;
        answers.push(match outcome {
            Ok(response) => {
                let (status, headers) = (response.status(), response.headers().clone());
                let body = test::read_body(response).await;
                Answer {
                    status,
                    headers,
                    text: String::from_utf8_lossy(&body).into_owned(),
                }
            }
            Err(error) => refused(&error).await,
        });
    }
    answers
}

/// What the server makes of an error that no middleware answered.
async fn refused(error: &Error) -> Answer {
    let response = error.error_response();
    let (status, headers) = (response.status(), response.headers().clone());
    let body = actix_web::body::to_bytes(response.into_body()).await;
    Answer {
        status,
        headers,
        text: String::from_utf8_lossy(&body.unwrap_or_default()).into_owned(),
    }
}

/// Asks once.
pub(crate) async fn ask_one(request: test::TestRequest) -> Answer {
    ask(services(), &[], vec![request]).await.remove(0)
}
