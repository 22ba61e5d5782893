//! A crowd that does not go away before it has an answer, and the rest after it.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use futures::stream::{self, StreamExt};
use stampede_kernel::*;
use stampede_seckill::*;
use tokio::task::JoinHandle;

use crate::fixture::*;

/// How many stand at the counters at once.
const ABREAST: usize = 6;
/// How long the books may take to be exact again.
const PATIENCE: Duration = Duration::from_mins(2);

/// Gateways of one shop, each with a line of its own to one Redis.
pub(crate) struct TwoGateways {
    pub(crate) fixture: Fixture,
    pub(crate) gateways: Vec<Gateway>,
}

/// A gateway of several: somebody else may be loading what is behind, but not for long.
pub(crate) fn several() -> SaleSettings {
    SaleSettings {
        load_within: Duration::from_millis(100),
        ..SaleSettings::default()
    }
}

pub(crate) fn redis(url: &str) -> Arc<dyn Gate> {
    Arc::new(RedisGate::at(url).unwrap())
}

impl TwoGateways {
    /// Two gateways. The shop's clock begins with the machine's, by which Redis
    /// judges the window.
    pub(crate) async fn of(url: &str) -> Self {
        let clock = Arc::new(ManualClock::at(SystemClock.now()));
        let fixture = Fixture::behind(redis(url), clock, several()).await;
        let other = fixture.gateway(redis(url), several());
        let gateways = vec![fixture.open.clone(), other];
        Self { fixture, gateways }
    }

    /// Lets a crowd in: each buyer has a key, and asks under it until they know.
    pub(crate) fn crowd(&self, sale: SaleId, buyers: &[Buyer]) -> Crowd {
        let answered = Arc::new(AtomicUsize::new(0));
        let claims = buyers.iter().enumerate().map(|(place, buyer)| {
            let (gateways, buyer) = (self.gateways.clone(), *buyer);
            let answered = Arc::clone(&answered);
            async move {
                let answer = until_known(&gateways, sale, buyer, place).await;
                answered.fetch_add(1, Ordering::SeqCst);
                answer
            }
        });
        let claims = stream::iter(claims.collect::<Vec<_>>()).buffered(ABREAST);
        Crowd {
            answered,
            claims: tokio::spawn(claims.collect()),
        }
    }

    /// All units are sold and no more, every order was told to its buyer, tells the
    /// same at every gateway, and the books are exact.
    pub(crate) async fn all_sold(
        &self,
        sale: SaleId,
        buyers: &[Buyer],
        orders: &[Option<OrderId>],
    ) {
        self.at_rest(sale).await;
        let stock = self.fixture.stock_row(sale).await;
        assert_eq!(stock.taken, stock.total);
        let sold = orders.iter().flatten().count();
        assert_eq!(i64::try_from(sold).unwrap(), stock.total);
        self.told(sale, buyers, orders).await;
    }

    /// Every order that was told to its buyer is theirs, and told again at every gateway.
    pub(crate) async fn told(&self, sale: SaleId, buyers: &[Buyer], orders: &[Option<OrderId>]) {
        let told = i64::try_from(orders.iter().flatten().count()).unwrap();
        assert!(told <= self.fixture.taken(sale).await, "{told}");
        for gateway in &self.gateways {
            for (buyer, order) in buyers.iter().zip(orders) {
                let Some(order) = order else { continue };
                let (again, replayed) = won(outcome(gateway, &keyed(sale, *buyer)).await);
                assert!(replayed && again.id == *order);
            }
        }
    }

    /// Waits until sweeps have adopted what was left behind.
    pub(crate) async fn at_rest(&self, sale: SaleId) {
        let begun = Instant::now();
        while !self.rests(sale).await {
            assert!(begun.elapsed() < PATIENCE, "the books are not exact");
            self.fixture.open.sales.maintain().await;
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        self.fixture.sound(sale).await;
    }

    async fn rests(&self, sale: SaleId) -> bool {
        let stock = self.fixture.stock_row(sale).await;
        let books = self.fixture.open.gate.dump(sale, Epoch(stock.epoch)).await;
        books.is_ok_and(|books| books.left == stock.total - stock.taken)
    }
}

/// A crowd at its counters.
pub(crate) struct Crowd {
    answered: Arc<AtomicUsize>,
    claims: JoinHandle<Vec<Option<OrderId>>>,
}

impl Crowd {
    /// When so many have an answer; the others still ask.
    pub(crate) async fn answered(&self, count: usize) {
        while self.answered.load(Ordering::SeqCst) < count {
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
    }

    /// The order of each buyer who has one, when all have their answer.
    pub(crate) async fn orders(self) -> Vec<Option<OrderId>> {
        self.claims.await.unwrap()
    }
}

/// A buyer's claim under the one key that they have.
pub(crate) fn keyed(sale: SaleId, buyer: Buyer) -> NewClaim {
    wants(sale, buyer, 1, Some(&buyer.id.to_string()))
}

/// What a claim is told at this gateway when it is not told to come again.
pub(crate) async fn outcome(gateway: &Gateway, claim: &NewClaim) -> Result<Claimed, SaleError> {
    loop {
        match gateway.sales.claim(claim.clone()).await {
            Ok(Claimed::Pending(_)) | Err(SaleError::Busy) => {
                tokio::time::sleep(Duration::from_millis(20)).await;
            }
            outcome => return outcome,
        }
    }
}

async fn until_known(
    gateways: &[Gateway],
    sale: SaleId,
    buyer: Buyer,
    place: usize,
) -> Option<OrderId> {
    for gateway in gateways.iter().cycle().skip(place) {
        match gateway.sales.claim(keyed(sale, buyer)).await {
            Ok(Claimed::Won { order, .. }) => return Some(order.id),
            Err(SaleError::SoldOut) => return None,
            Ok(Claimed::Pending(_)) | Err(SaleError::Busy) => {
                tokio::time::sleep(Duration::from_millis(20)).await;
            }
            other => panic!("{other:?}"),
        }
    }
    None
}
