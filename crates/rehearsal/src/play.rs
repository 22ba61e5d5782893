//! The play: a crowd is mustered, comes, hears its answers, and what it heard is
//! held against the database; then all of it is cleared away.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use hyper::StatusCode;
use stampede_kernel::Timestamp;

use crate::arrivals::Arrivals;
use crate::cast::Cast;
use crate::claims::Claims;
use crate::client::{Ask, Line};
use crate::progress::Progress;
use crate::record::Record;
use crate::report::Facts;
use crate::rush::Rush;
use crate::settle::{Settled, settle};
use crate::verdict::{Books, Terms, Verdict};
use crate::{Asked, Audited, Cannot, Report, Shop, Venue};

/// How long gateways have to hear of the sale: they do within a second.
const NEWS: Duration = Duration::from_secs(5);
/// Between two questions whether they have.
const PAUSE: Duration = Duration::from_millis(50);
/// Tokens are to outlast the rush and what is asked again afterwards.
const TOKENS_OUTLAST: Duration = Duration::from_mins(1);

/// Plays the sale at `venue`, clears it away, and tells what happened. `audit` is asked
/// once, before anything is cleared away.
///
/// # Errors
///
/// [`Cannot`]. Whatever had been made until then is cleared away as far as possible.
pub async fn play(
    asked: &Asked,
    venue: &Venue,
    shop: &Shop,
    audit: impl AsyncFnOnce() -> Result<Audited, String>,
) -> Result<Report, Cannot> {
    let mut cast = Cast::new();
    let act = Act {
        asked,
        venue,
        shop,
        progress: Arc::new(Progress::new()),
    };
    let played = act.play(&mut cast, audit).await;
    act.progress.step("clearing away");
    let cleared = cast.clear(shop).await;
    act.progress.clear();
    let mut report = played?;
    report.cancelled_orders = cleared?;
    Ok(report)
}

/// What a rehearsal plays with.
struct Act<'a> {
    asked: &'a Asked,
    venue: &'a Venue,
    shop: &'a Shop,
    progress: Arc<Progress>,
}

impl Act<'_> {
    async fn play(
        &self,
        cast: &mut Cast,
        audit: impl AsyncFnOnce() -> Result<Audited, String>,
    ) -> Result<Report, Cannot> {
        let began = Instant::now();
        let Asked { users, limit, .. } = *self.asked;
        self.progress.step(&format!("mustering {users} shoppers"));
        cast.gather(self.shop, self.asked).await?;
        let arrivals = Arrivals::plan(users, limit, self.asked.rate, seed(&cast.run));
        let arrivals = Arc::new(arrivals);
        self.outlast(arrivals.last())?;
        let tokens = cast.tokens(self.shop)?;
        let starts_at = cast
            .announce(self.shop, self.asked, arrivals.last())
            .await?;
        let prepared = began.elapsed();
        let claims = Claims::new(Arc::clone(&arrivals), &cast.run, cast.sale_id()?, tokens);
        let claims = Arc::new(claims);
        self.introduce(&claims).await?;
        let record = self.rush(&claims, &arrivals, starts_at).await?;
        self.progress.step("asking again");
        let settled = self.settle(&claims, &record, arrivals.len()).await;
        self.progress.step("comparing with the database");
        let verdict = self.judge(cast, &arrivals, &settled).await?;
        let audit = audit().await.map_err(Cannot::Said)?;
        Ok(Report::of(&Facts {
            asked: self.asked,
            cast,
            venue: self.venue,
            claims: arrivals.len(),
            prepared,
            record: &record,
            settled: &settled,
            verdict,
            audit,
        }))
    }

    /// The tokens are signed once.
    fn outlast(&self, last: Duration) -> Result<(), Cannot> {
        let ttl = self.venue.tokens_live;
        if last + TOKENS_OUTLAST <= ttl {
            return Ok(());
        }
        Err(Cannot::TooLong(last.as_secs(), ttl.as_secs()))
    }

    /// Every gateway knows the sale, and takes the tokens.
    async fn introduce(&self, claims: &Claims) -> Result<(), Cannot> {
        for target in self.venue.gateways.iter() {
            let stranger = |why| Cannot::Stranger(target.url.clone(), why);
            let mut line = Line::new([target.clone()].into(), 0);
            let asked = Instant::now();
            while !says(&mut line, claims.look(), StatusCode::OK).await {
                if asked.elapsed() > NEWS {
                    return Err(stranger("it does not know the sale"));
                }
                tokio::time::sleep(PAUSE).await;
            }
            if !says(&mut line, claims.whoami(), StatusCode::OK).await {
                return Err(stranger("it does not take this shop's tokens"));
            }
        }
        Ok(())
    }

    /// Waits for the opening and lets the crowd come; Ctrl-C sends the rest home.
    async fn rush(
        &self,
        claims: &Arc<Claims>,
        arrivals: &Arc<Arrivals>,
        starts_at: Timestamp,
    ) -> Result<Record, Cannot> {
        let stop = Arc::new(AtomicBool::new(false));
        let rush = Arc::new(Rush {
            targets: Arc::clone(&self.venue.gateways),
            claims: Arc::clone(claims),
            arrivals: Arc::clone(arrivals),
            opening: Instant::now() + starts_at.since(self.shop.clock.now()),
            lines: self.asked.connections,
            progress: Arc::clone(&self.progress),
            stop: Arc::clone(&stop),
        });
        let bar = tokio::spawn(Arc::clone(&self.progress).bar(arrivals.len()));
        let ended = tokio::spawn(async move {
            if tokio::signal::ctrl_c().await.is_ok() {
                stop.store(true, Ordering::Relaxed);
            }
        });
        let record = tokio::task::spawn_blocking(move || rush.run()).await;
        bar.abort();
        ended.abort();
        record.map_err(|error| Cannot::Said(error.to_string()))
    }

    async fn settle(&self, claims: &Claims, record: &Record, all: usize) -> Settled {
        let mut answers = vec![None; all];
        for (place, answer) in &record.answers {
            answers[*place] = Some(*answer);
        }
        settle(claims, &self.venue.gateways, answers).await
    }

    async fn judge(
        &self,
        cast: &Cast,
        arrivals: &Arrivals,
        settled: &Settled,
    ) -> Result<Verdict, Cannot> {
        let books = Books::read(self.shop.db.reader(), cast.sale_id()?).await?;
        let terms = Terms {
            stock: self.asked.stock.into(),
            limit: self.asked.limit.into(),
        };
        let answers = settled.answers.iter().enumerate();
        let heard = answers.map(|(place, answer)| (*answer, cast.crowd[arrivals.who(place)]));
        Ok(books.judge(heard, terms))
    }
}

async fn says(line: &mut Line, ask: Ask, status: StatusCode) -> bool {
    matches!(line.ask(ask).await, Ok(reply) if reply.status == status)
}

/// The order in which they come is of the rehearsal's name.
fn seed(run: &str) -> i64 {
    i64::from_str_radix(run, 16).unwrap_or(1)
}
