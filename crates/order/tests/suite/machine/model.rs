//! The shop as it should be, in memory: what is in the wallets, on the shelf and
//! in the carts, where the orders stand, and what is answered.

use std::collections::{BTreeMap, HashMap};

use stampede_order::OrderStatus;

/// Minutes to pay in.
const PAY_WITHIN: i64 = 15;
/// Unpaid orders that a buyer may have.
pub(super) const OPEN_PER_USER: usize = 2;
/// Nobody's and nothing's: a buyer, SKU or order of this number does not exist.
pub(super) const ABSENT: usize = usize::MAX;

/// What a client asks for. Buyers, SKUs and orders are numbered from 0.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Ask {
    Place {
        buyer: usize,
        /// Whose address.
        address: usize,
        wants: Wants,
        expected: Option<i64>,
        key: u8,
    },
    Pay {
        buyer: usize,
        order: usize,
        pin: bool,
        key: u8,
    },
    Cancel {
        buyer: usize,
        order: usize,
    },
    Receive {
        buyer: usize,
        order: usize,
    },
    Ship {
        order: usize,
    },
    Refund {
        order: usize,
        restock: bool,
        key: Option<u8>,
    },
    TopUp {
        buyer: usize,
        amount: i64,
        key: Option<u8>,
    },
    MoveStock {
        sku: usize,
        delta: i64,
        key: Option<u8>,
    },
    Offer {
        sku: usize,
        price: i64,
        on_sale: bool,
    },
    PutInCart {
        buyer: usize,
        sku: usize,
        num: i64,
    },
    Wait {
        minutes: i64,
    },
    Expire,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Wants {
    FirstSkuOf(usize, i64),
    Items(Vec<(usize, i64)>),
    Cart,
}

/// What is answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Response {
    Yes {
        /// The order it is about.
        order: Option<usize>,
        /// A total, a balance or a number of units, lines or orders.
        figure: i64,
        replayed: bool,
    },
    No(Denial),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Denial {
    Invalid,
    NotFound,
    AddressNotFound,
    ProductNotFound,
    Insufficient,
    EmptyCart,
    PriceChanged(i64),
    TooManyOpen,
    WrongStatus,
    Expired,
    BadPin,
    InsufficientFunds,
    KeyReused,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Good {
    pub(super) price: i64,
    pub(super) num: i64,
    pub(super) on_sale: bool,
}

#[derive(Debug, Clone)]
pub(super) struct Person {
    pub(super) balance: i64,
    pub(super) cart: BTreeMap<usize, i64>,
}

#[derive(Debug, Clone)]
pub(super) struct ModelOrder {
    pub(super) buyer: usize,
    lines: Vec<(usize, i64)>,
    pub(super) total: i64,
    pub(super) status: OrderStatus,
    pay_by: i64,
    ran_out: bool,
}

#[derive(Debug, Clone)]
pub(super) struct World {
    pub(super) people: Vec<Person>,
    pub(super) shelf: Vec<Good>,
    pub(super) orders: Vec<ModelOrder>,
    /// What was asked under a key and not refused, and what was answered.
    pub(super) kept: HashMap<String, (Ask, Response)>,
    /// Minutes since the beginning.
    now: i64,
    /// The answer to the last command.
    pub(super) said: Response,
}

impl World {
    pub(super) fn new(people: Vec<Person>, shelf: Vec<Good>) -> Self {
        Self {
            people,
            shelf,
            orders: Vec::new(),
            kept: HashMap::new(),
            now: 0,
            said: yes(None, 0),
        }
    }

    /// Does what is asked for, or nothing, and says what is answered.
    pub(super) fn serve(&mut self, ask: &Ask) -> Response {
        if let Some(no) = Self::refused_outright(ask) {
            return Response::No(no);
        }
        let key = key(ask);
        if let Some((first, said)) = key.as_ref().and_then(|key| self.kept.get(key)) {
            return match said {
                Response::Yes { order, figure, .. } if first == ask => Response::Yes {
                    order: *order,
                    figure: *figure,
                    replayed: true,
                },
                _ => Response::No(Denial::KeyReused),
            };
        }
        let said = self.act(ask).unwrap_or_else(Response::No);
        if let (Some(key), Response::Yes { .. }) = (key, said) {
            self.kept.insert(key, (ask.clone(), said));
        }
        said
    }

    /// What is wrong whatever the shop is like, before the key is looked at.
    fn refused_outright(ask: &Ask) -> Option<Denial> {
        let fits = |num: &i64| (1..=99).contains(num);
        let valid = match ask {
            Ask::Place { wants, .. } => match wants {
                Wants::FirstSkuOf(_, num) => fits(num),
                Wants::Items(items) => {
                    let skus: BTreeMap<_, _> = items.iter().copied().collect();
                    !items.is_empty()
                        && skus.len() == items.len()
                        && items.iter().all(|(_, num)| fits(num))
                }
                Wants::Cart => true,
            },
            Ask::TopUp { amount, .. } => *amount > 0,
            Ask::MoveStock { delta, .. } => *delta != 0,
            Ask::Pay { pin: false, .. } => return Some(Denial::BadPin),
            _ => true,
        };
        (!valid).then_some(Denial::Invalid)
    }

    fn act(&mut self, ask: &Ask) -> Result<Response, Denial> {
        match *ask {
            Ask::Place {
                buyer,
                address,
                ref wants,
                expected,
                ..
            } => self.place(buyer, address, wants, expected),
            Ask::Pay { buyer, order, .. } => self.pay(buyer, order),
            Ask::Cancel { buyer, order } => self.cancel(buyer, order),
            Ask::Receive { buyer, order } => {
                self.of_buyer(buyer, order)?;
                self.advance(order, OrderStatus::Shipped, OrderStatus::Completed)
            }
            Ask::Ship { order } => self.advance(order, OrderStatus::Paid, OrderStatus::Shipped),
            Ask::Refund { order, restock, .. } => self.refund(order, restock),
            Ask::TopUp { buyer, amount, .. } => {
                let person = self.people.get_mut(buyer).ok_or(Denial::NotFound)?;
                person.balance += amount;
                Ok(yes(None, person.balance))
            }
            Ask::MoveStock { sku, delta, .. } => {
                let good = self.shelf.get_mut(sku).ok_or(Denial::NotFound)?;
                if good.num + delta < 0 {
                    return Err(Denial::Insufficient);
                }
                good.num += delta;
                Ok(yes(None, good.num))
            }
            Ask::Offer {
                sku,
                price,
                on_sale,
            } => {
                let good = self.shelf.get_mut(sku).ok_or(Denial::NotFound)?;
                (good.price, good.on_sale) = (price, on_sale);
                Ok(yes(None, price))
            }
            Ask::PutInCart { buyer, sku, num } => self.put_in_cart(buyer, sku, num),
            Ask::Wait { minutes } => {
                self.now += minutes;
                Ok(yes(None, 0))
            }
            Ask::Expire => Ok(self.expire()),
        }
    }

    fn place(
        &mut self,
        buyer: usize,
        address: usize,
        wants: &Wants,
        expected: Option<i64>,
    ) -> Result<Response, Denial> {
        let open = |deal: &&ModelOrder| deal.buyer == buyer && deal.status == OrderStatus::Unpaid;
        if self.orders.iter().filter(open).count() >= OPEN_PER_USER {
            return Err(Denial::TooManyOpen);
        }
        if address != buyer {
            return Err(Denial::AddressNotFound);
        }
        let lines = self.lines(buyer, wants)?;
        for (sku, num) in &lines {
            let good = self.shelf.get(*sku).filter(|good| good.on_sale);
            if good.ok_or(Denial::ProductNotFound)?.num < *num {
                return Err(Denial::Insufficient);
            }
        }
        let total = self.cost(&lines);
        if expected.is_some_and(|expected| expected != total) {
            return Err(Denial::PriceChanged(total));
        }
        for (sku, num) in &lines {
            self.shelf[*sku].num -= num;
        }
        if *wants == Wants::Cart {
            self.people[buyer].cart.clear();
        }
        self.orders.push(ModelOrder {
            buyer,
            lines,
            total,
            status: OrderStatus::Unpaid,
            pay_by: self.now + PAY_WITHIN,
            ran_out: false,
        });
        Ok(yes(Some(self.orders.len() - 1), total))
    }

    /// What is wanted, by ascending SKU.
    fn lines(&self, buyer: usize, wants: &Wants) -> Result<Vec<(usize, i64)>, Denial> {
        let mut lines = match wants {
            Wants::FirstSkuOf(sku, num) => vec![(*sku, *num)],
            Wants::Items(items) => items.clone(),
            Wants::Cart => self.people[buyer]
                .cart
                .iter()
                .map(|(sku, num)| (*sku, *num))
                .collect(),
        };
        lines.sort_unstable();
        if lines.is_empty() {
            return Err(Denial::EmptyCart);
        }
        Ok(lines)
    }

    fn cost(&self, lines: &[(usize, i64)]) -> i64 {
        let cost = |(sku, num): &(usize, i64)| self.shelf.get(*sku).map_or(0, |at| at.price * num);
        lines.iter().map(cost).sum()
    }

    /// What this would cost now.
    pub(super) fn price(&self, buyer: usize, wants: &Wants) -> i64 {
        self.lines(buyer, wants)
            .map_or(0, |lines| self.cost(&lines))
    }

    fn pay(&mut self, buyer: usize, order: usize) -> Result<Response, Denial> {
        let now = self.now;
        let deal = self.of_buyer(buyer, order)?;
        let in_time = deal.pay_by > now;
        if deal.status != OrderStatus::Unpaid || !in_time {
            let expired = deal.ran_out || deal.status == OrderStatus::Unpaid;
            return Err(if expired {
                Denial::Expired
            } else {
                Denial::WrongStatus
            });
        }
        let total = deal.total;
        if self.people[buyer].balance < total {
            return Err(Denial::InsufficientFunds);
        }
        self.people[buyer].balance -= total;
        self.orders[order].status = OrderStatus::Paid;
        Ok(yes(Some(order), self.people[buyer].balance))
    }

    fn cancel(&mut self, buyer: usize, order: usize) -> Result<Response, Denial> {
        self.of_buyer(buyer, order)?;
        let said = self.advance(order, OrderStatus::Unpaid, OrderStatus::Cancelled)?;
        self.give_back(order);
        Ok(said)
    }

    fn refund(&mut self, order: usize, restock: bool) -> Result<Response, Denial> {
        let said = self.advance(order, OrderStatus::Paid, OrderStatus::Refunded)?;
        let ModelOrder { buyer, total, .. } = self.orders[order];
        self.people[buyer].balance += total;
        if restock {
            self.give_back(order);
        }
        Ok(said)
    }

    fn expire(&mut self) -> Response {
        let mut cancelled = 0;
        for order in 0..self.orders.len() {
            let deal = &mut self.orders[order];
            if deal.status == OrderStatus::Unpaid && deal.pay_by <= self.now {
                (deal.status, deal.ran_out) = (OrderStatus::Cancelled, true);
                self.give_back(order);
                cancelled += 1;
            }
        }
        yes(None, cancelled)
    }

    fn put_in_cart(&mut self, buyer: usize, sku: usize, num: i64) -> Result<Response, Denial> {
        let cart = &mut self.people[buyer].cart;
        if num == 0 {
            cart.remove(&sku);
        } else if self.shelf.get(sku).is_some_and(|good| good.on_sale) {
            cart.insert(sku, num);
        } else {
            return Err(Denial::NotFound);
        }
        Ok(yes(None, i64::try_from(cart.len()).unwrap()))
    }

    fn of_buyer(&self, buyer: usize, order: usize) -> Result<&ModelOrder, Denial> {
        let deal = self.orders.get(order);
        deal.filter(|deal| deal.buyer == buyer)
            .ok_or(Denial::NotFound)
    }

    fn advance(
        &mut self,
        order: usize,
        from: OrderStatus,
        to: OrderStatus,
    ) -> Result<Response, Denial> {
        let deal = self.orders.get_mut(order).ok_or(Denial::NotFound)?;
        if deal.status != from {
            return Err(Denial::WrongStatus);
        }
        deal.status = to;
        Ok(yes(Some(order), deal.total))
    }

    fn give_back(&mut self, order: usize) {
        for (sku, num) in &self.orders[order].lines {
            self.shelf[*sku].num += num;
        }
    }
}

pub(super) fn yes(order: Option<usize>, figure: i64) -> Response {
    Response::Yes {
        order,
        figure,
        replayed: false,
    }
}

/// A key is one user's and one route's.
fn key(ask: &Ask) -> Option<String> {
    match ask {
        Ask::Place { buyer, key, .. } => Some(format!("place {buyer} {key}")),
        Ask::Pay { buyer, key, .. } => Some(format!("pay {buyer} {key}")),
        Ask::Refund { key, .. } => key.map(|key| format!("refund {key}")),
        Ask::TopUp { key, .. } => key.map(|key| format!("top up {key}")),
        Ask::MoveStock { key, .. } => key.map(|key| format!("stock {key}")),
        _ => None,
    }
}
