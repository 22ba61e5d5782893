//! The course of a rehearsal: create fixtures, send the load, compare with the database, clean
//! up.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use hyper::StatusCode;
use stampede_kernel::Timestamp;

use crate::arrivals::Arrivals;
use crate::claims::Claims;
use crate::client::{ClientRequest, Connection};
use crate::fixtures::Fixtures;
use crate::load_generator::LoadGenerator;
use crate::phases::Histograms;
use crate::progress::Progress;
use crate::record::Record;
use crate::report::ReportInput;
use crate::settle::{Settled, settle};
use crate::verdict::{DatabaseState, Terms, Verdict};
use crate::visitors::{PageRecord, Visiting, Visitors};
use crate::{AuditResult, Options, RehearsalError, Report, Shop, Target};

/// Longest time until gateways know the sale; usually within a second.
const NEWS: Duration = Duration::from_secs(5);
/// Pause between two such checks.
const PAUSE: Duration = Duration::from_millis(50);
/// Time that tokens must live beyond the load, for the retries.
const TOKENS_OUTLAST: Duration = Duration::from_mins(1);

/// Runs a rehearsal against `target`, cleans up, and returns its report. `audit` is called
/// once, before the cleanup.
///
/// # Errors
///
/// [`RehearsalError`]. The fixtures created until then are removed as far as possible.
pub async fn play(
    options: &Options,
    target: &Target,
    shop: &Shop,
    audit: impl AsyncFnOnce() -> Result<AuditResult, String>,
) -> Result<Report, RehearsalError> {
    let mut fixtures = Fixtures::new();
    let rehearsal = Rehearsal {
        options,
        target,
        shop,
        progress: Arc::new(Progress::new(options.shows_progress)),
    };
    let played = rehearsal.play(&mut fixtures, audit).await;
    rehearsal.progress.step("clearing away");
    let cleared = fixtures.remove(shop).await;
    rehearsal.progress.clear();
    let mut report = played?;
    report.cancelled_orders = cleared?;
    Ok(report)
}

/// The inputs of a running rehearsal.
struct Rehearsal<'a> {
    options: &'a Options,
    target: &'a Target,
    shop: &'a Shop,
    progress: Arc<Progress>,
}

impl Rehearsal<'_> {
    async fn play(
        &self,
        fixtures: &mut Fixtures,
        audit: impl AsyncFnOnce() -> Result<AuditResult, String>,
    ) -> Result<Report, RehearsalError> {
        let began = Instant::now();
        let Options { users, limit, .. } = *self.options;
        self.progress.step(&format!("mustering {users} shoppers"));
        fixtures.create(self.shop, self.options).await?;
        let arrivals = Arrivals::plan(users, limit, self.options.rate, seed(&fixtures.run));
        let arrivals = Arc::new(arrivals);
        self.check_token_lifetime(arrivals.last())?;
        let tokens = fixtures.tokens(self.shop)?;
        let starts_at = fixtures
            .create_sale(self.shop, self.options, arrivals.last())
            .await?;
        let prepared = began.elapsed();
        let claims = Claims::new(
            Arc::clone(&arrivals),
            &fixtures.run,
            fixtures.sale_id()?,
            tokens,
        );
        let claims = Arc::new(claims);
        self.check_gateways(&claims).await?;
        let before = Histograms::read(&self.target.metrics).await;
        let visiting = self.visitors(&claims).open();
        let record = self.send_claims(&claims, &arrivals, starts_at).await;
        let pages = closed(visiting).await?;
        let record = record?;
        let after = Histograms::read(&self.target.metrics).await;
        self.progress.step("asking again");
        let settled = self.settle(&claims, &record, arrivals.len()).await;
        self.progress.step("comparing with the database");
        let verdict = self.judge(fixtures, &arrivals, &settled).await?;
        let audit = audit().await.map_err(RehearsalError::Other)?;
        Ok(Report::of(ReportInput {
            options: self.options,
            fixtures,
            target: self.target,
            claims: arrivals.len(),
            prepared,
            record: &record,
            pages: &pages,
            phases: before
                .zip(after)
                .and_then(|(before, after)| after.since(&before)),
            settled: &settled,
            verdict,
            audit,
        }))
    }

    /// Checks that tokens, which are signed once, outlive the load.
    fn check_token_lifetime(&self, last: Duration) -> Result<(), RehearsalError> {
        let ttl = self.target.token_lifetime;
        if last + TOKENS_OUTLAST <= ttl {
            return Ok(());
        }
        Err(RehearsalError::TooLong(last.as_secs(), ttl.as_secs()))
    }

    /// Checks that every gateway knows the sale and accepts the tokens.
    async fn check_gateways(&self, claims: &Claims) -> Result<(), RehearsalError> {
        for target in self.target.gateways.iter() {
            let stranger = |why| RehearsalError::WrongGateway(target.url.clone(), why);
            let mut connection = Connection::new([target.clone()].into(), 0);
            let asked = Instant::now();
            while !responds_with(&mut connection, claims.look(), StatusCode::OK).await {
                if asked.elapsed() > NEWS {
                    return Err(stranger("it does not know the sale"));
                }
                tokio::time::sleep(PAUSE).await;
            }
            if !responds_with(&mut connection, claims.whoami(), StatusCode::OK).await {
                return Err(stranger("it does not take this shop's tokens"));
            }
        }
        Ok(())
    }

    /// Waits for the opening and sends the load; Ctrl-C stops it.
    async fn send_claims(
        &self,
        claims: &Arc<Claims>,
        arrivals: &Arc<Arrivals>,
        starts_at: Timestamp,
    ) -> Result<Record, RehearsalError> {
        let stop = Arc::new(AtomicBool::new(false));
        let generator = Arc::new(LoadGenerator {
            gateways: Arc::clone(&self.target.gateways),
            claims: Arc::clone(claims),
            arrivals: Arc::clone(arrivals),
            opening: Instant::now() + starts_at.since(self.shop.clock.now()),
            connections: self.options.connections,
            progress: Arc::clone(&self.progress),
            stop: Arc::clone(&stop),
        });
        let bar = tokio::spawn(Arc::clone(&self.progress).bar(arrivals.len()));
        let ended = tokio::spawn(async move {
            if tokio::signal::ctrl_c().await.is_ok() {
                stop.store(true, Ordering::Relaxed);
            }
        });
        let record = tokio::task::spawn_blocking(move || generator.run()).await;
        bar.abort();
        ended.abort();
        record.map_err(|error| RehearsalError::Other(error.to_string()))
    }

    fn visitors(&self, claims: &Arc<Claims>) -> Visitors {
        Visitors {
            gateways: Arc::clone(&self.target.gateways),
            claims: Arc::clone(claims),
            count: self.options.visitors,
        }
    }

    async fn settle(&self, claims: &Claims, record: &Record, all: usize) -> Settled {
        let mut answers = vec![None; all];
        for (place, answer) in &record.answers {
            answers[*place] = Some(*answer);
        }
        settle(claims, &self.target.gateways, answers).await
    }

    async fn judge(
        &self,
        fixtures: &Fixtures,
        arrivals: &Arrivals,
        settled: &Settled,
    ) -> Result<Verdict, RehearsalError> {
        let books = DatabaseState::read(self.shop.db.reader(), fixtures.sale_id()?).await?;
        let terms = Terms {
            stock: self.options.stock.into(),
            limit: self.options.limit.into(),
        };
        let answers = settled.answers.iter().enumerate();
        let heard =
            answers.map(|(place, answer)| (*answer, fixtures.shoppers[arrivals.who(place)]));
        Ok(books.judge(heard, terms))
    }
}

/// Closes the open pages, whose thread is waited for.
async fn closed(visiting: Visiting) -> Result<PageRecord, RehearsalError> {
    let pages = tokio::task::spawn_blocking(move || visiting.close()).await;
    pages.map_err(|error| RehearsalError::Other(error.to_string()))
}

async fn responds_with(
    connection: &mut Connection,
    request: ClientRequest,
    status: StatusCode,
) -> bool {
    matches!(connection.send(request).await, Ok(reply) if reply.status == status)
}

/// The seed of the arrival order, from the run id.
fn seed(run: &str) -> i64 {
    i64::from_str_radix(run, 16).unwrap_or(1)
}
