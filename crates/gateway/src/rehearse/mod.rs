//! A flash sale played for real against a shop, and judged: a crowd is mustered,
//! comes at instants fixed in advance, hears its answers, and what it heard is
//! held against the database. Afterwards all of it is cleared away.

mod answer;
mod arrivals;
mod cast;
mod claims;
mod client;
mod own;
mod page;
mod picture;
mod progress;
mod record;
mod report;
mod rush;
mod settle;
mod stage;
mod verdict;
mod words;

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use hyper::StatusCode;
use stampede_kernel::Timestamp;

use crate::app::{OpenError, Shop};
use crate::cli::audit;
use crate::settings::Faults;
use arrivals::Arrivals;
use cast::Cast;
use claims::Claims;
use client::Line;
pub(crate) use page::page;
use progress::Progress;
use record::Record;
pub(crate) use report::Report;
use rush::Rush;
use settle::{Settled, settle};
use stage::Stage;
use verdict::{Books, Terms, Verdict};

/// How long gateways have to hear of the sale: they do within a second.
const NEWS: Duration = Duration::from_secs(5);
/// Between two questions whether they have.
const PAUSE: Duration = Duration::from_millis(50);
/// Tokens are to outlast the rush and what is asked again afterwards.
const TOKENS_OUTLAST: Duration = Duration::from_mins(1);

/// What is to be played.
#[derive(Debug, Clone)]
pub(crate) struct Asked {
    /// How many come.
    pub(crate) users: u32,
    /// Units there are.
    pub(crate) stock: u32,
    /// Units that one of them may have.
    pub(crate) limit: u32,
    /// Claims per second.
    pub(crate) rate: u32,
    /// Connections at most.
    pub(crate) connections: usize,
    /// Gateways; none: whatever runs with these settings, or a shop of its own.
    pub(crate) urls: Vec<String>,
    /// Whether production is meant.
    pub(crate) yes: bool,
}

/// Why nothing could be played, or nothing can be said of it.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Cannot {
    /// The settings are production's, and nobody said yes.
    #[error("this is production: a rehearsal writes users, orders and a sale into it; say --yes")]
    Production,
    /// A URL is not one of a gateway.
    #[error("{0}: {1}")]
    Url(String, String),
    /// The shop says that it is not ready.
    #[error("the shop at {0} is not ready")]
    NotReady(String),
    /// A gateway of another shop, or none.
    #[error("{0} is no gateway of this shop: {1}")]
    Stranger(String, &'static str),
    /// The rush would take longer than its tokens live.
    #[error("the claims would come for {0} s, and tokens live {1} s (auth.access_ttl_secs)")]
    TooLong(u64, u64),
    /// The shop of the rehearsal's own did not open.
    #[error("the rehearsal's own shop does not open: {0}")]
    OwnShop(String),
    /// Its settings cannot be read.
    #[error(transparent)]
    Settings(#[from] Faults),
    /// The shop's database or folders cannot be used.
    #[error(transparent)]
    Open(#[from] OpenError),
    /// The crowd cannot be made or dismissed.
    #[error(transparent)]
    Account(#[from] stampede_user::AccountError),
    /// There is no place for the goods.
    #[error(transparent)]
    Category(#[from] stampede_catalog::CategoryError),
    /// The goods cannot be made.
    #[error(transparent)]
    Product(#[from] stampede_catalog::ProductError),
    /// The goods cannot be taken away.
    #[error(transparent)]
    Stock(#[from] stampede_catalog::StockError),
    /// The sale cannot be made or ended.
    #[error(transparent)]
    Sale(#[from] stampede_seckill::SaleError),
    /// The orders cannot be cancelled.
    #[error(transparent)]
    Order(#[from] stampede_order::OrderError),
    /// The database failed.
    #[error("the database failed: {0}")]
    Database(#[from] sea_orm::DbErr),
    /// A file or a process failed.
    #[error(transparent)]
    Io(#[from] std::io::Error),
    /// Anything else, in one line.
    #[error("{0}")]
    Said(String),
}

/// Plays it, clears it away, and tells what happened.
///
/// # Errors
///
/// [`Cannot`]. Whatever had been made until then is cleared away as far as possible.
pub(crate) async fn play(
    asked: &Asked,
    settings: crate::settings::Settings,
) -> Result<Report, Cannot> {
    let progress = Arc::new(Progress::new());
    progress.step("looking for the shop");
    let stage = Stage::find(asked, settings).await?;
    let shop = Shop::open(stage.settings.clone()).await?;
    let mut cast = Cast::new();
    let act = Act {
        asked,
        stage: &stage,
        shop: &shop,
        progress,
    };
    let played = act.play(&mut cast).await;
    act.progress.step("clearing away");
    let cleared = cast.clear(&shop).await;
    act.progress.clear();
    let mut report = played?;
    report.cancelled_orders = cleared?;
    Ok(report)
}

/// What a rehearsal plays with.
struct Act<'a> {
    asked: &'a Asked,
    stage: &'a Stage,
    shop: &'a Shop,
    progress: Arc<Progress>,
}

impl Act<'_> {
    async fn play(&self, cast: &mut Cast) -> Result<Report, Cannot> {
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
        let audit = audit::verdict(&self.stage.settings).await;
        let audit = audit.map_err(|error| Cannot::Said(error.to_string()))?;
        Ok(Report::of(&report::Facts {
            asked: self.asked,
            cast,
            own: self.stage.is_own(),
            targets: &self.stage.targets,
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
        let ttl = Duration::from_secs(self.stage.settings.auth.access_ttl_secs);
        if last + TOKENS_OUTLAST <= ttl {
            return Ok(());
        }
        Err(Cannot::TooLong(last.as_secs(), ttl.as_secs()))
    }

    /// Every gateway knows the sale, and takes the tokens.
    async fn introduce(&self, claims: &Claims) -> Result<(), Cannot> {
        for target in self.stage.targets.iter() {
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
            targets: Arc::clone(&self.stage.targets),
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
        settle(claims, &self.stage.targets, answers).await
    }

    async fn judge(
        &self,
        cast: &Cast,
        arrivals: &Arrivals,
        settled: &Settled,
    ) -> Result<Verdict, Cannot> {
        let books = Books::read(self.shop.db.reader(), cast.sale_id()?).await?;
        let came = settled.answers.iter().flatten().count();
        let terms = Terms {
            stock: self.asked.stock.into(),
            limit: self.asked.limit.into(),
            demand: arrivals.demand(came),
        };
        let answers = settled.answers.iter().enumerate();
        let heard = answers.map(|(place, answer)| (*answer, cast.crowd[arrivals.who(place)]));
        Ok(books.judge(heard, terms))
    }
}

async fn says(line: &mut Line, ask: client::Ask, status: StatusCode) -> bool {
    matches!(line.ask(ask).await, Ok(reply) if reply.status == status)
}

/// The order in which they come is of the rehearsal's name.
fn seed(run: &str) -> i64 {
    i64::from_str_radix(run, 16).unwrap_or(1)
}

/// A rate at which a sale is a rush and two cores keep up: everybody within two
/// seconds, up to what one machine answers.
pub(crate) fn usual_rate(users: u32) -> u32 {
    /// Claims per second.
    const MOST: u32 = 10_000;
    (users / 2).clamp(1, MOST)
}
