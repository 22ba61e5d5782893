//! The storefront of a process: the facts of its shop and the present state of its files.

use std::path::Path;
use std::sync::{Arc, LazyLock, PoisonError, RwLock};
use std::time::{Duration, Instant};

use stampede_kernel::{Country, Language};

use crate::files::Source;
use crate::site::Site;

/// How often a folder is looked at for changes: soon enough for whoever edits and reloads.
const LOOK_EVERY: Duration = Duration::from_millis(250);

/// The storefront cannot be opened.
#[derive(Debug, thiserror::Error)]
pub enum StorefrontError {
    /// A file cannot be read.
    #[error("the files of the storefront cannot be read: {0}")]
    Read(#[from] std::io::Error),
    /// The template of every page is missing.
    #[error("{0} is missing in the storefront's files")]
    Missing(&'static str),
    /// A file with JSON for the server is none.
    #[error("{name} of the storefront is not what it must be: {cause}")]
    Json {
        /// Its name.
        name: &'static str,
        /// Why.
        cause: serde_json::Error,
    },
    /// A template cannot be compiled.
    #[error("a template of the storefront has a fault: {0}")]
    Template(#[from] minijinja::Error),
}

/// What every page says about the shop.
#[derive(Debug, Clone)]
pub struct ShopFacts {
    /// Its name.
    pub name: String,
    /// ISO 4217 code of its currency.
    pub currency: String,
    /// Its own language.
    pub language: Language,
    /// Where an address is that names no country.
    pub country: Country,
    /// Whether it is the demo shop.
    pub demo: bool,
    /// Whether it runs on a developer's machine.
    pub development: bool,
    /// How long an order waits for its payment, in seconds.
    pub pay_within_secs: u64,
}

/// The storefront. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Storefront {
    pub(crate) facts: Arc<ShopFacts>,
    library: Arc<Library>,
}

/// The files, shared by all storefronts that have no folder of their own.
static BUILT_IN: LazyLock<Arc<Library>> =
    LazyLock::new(|| Arc::new(Library::new(Source::choose(None))));

impl Storefront {
    /// A storefront with the files of `folder`, or with the built-in ones, which are read when
    /// they are first needed.
    ///
    /// # Errors
    ///
    /// [`StorefrontError`] when `folder` has no storefront.
    pub fn open(folder: Option<&Path>, facts: ShopFacts) -> Result<Self, StorefrontError> {
        let facts = Arc::new(facts);
        let library = Arc::clone(&BUILT_IN);
        if folder.is_none() {
            return Ok(Self { facts, library });
        }
        let library = Arc::new(Library::new(Source::choose(folder)));
        library.site()?;
        Ok(Self { facts, library })
    }

    /// The present state of the files.
    ///
    /// # Errors
    ///
    /// [`StorefrontError`] when they were never right. A fault that an edit makes is logged, and the
    /// state before it stays.
    pub fn site(&self) -> Result<Arc<Site>, StorefrontError> {
        self.library.site()
    }

    /// Reads and compresses the files ahead of the first request.
    pub fn prepare(&self) {
        if let Ok(site) = self.site() {
            site.prepare();
        }
    }
}

/// Files, and the site that was last made of them.
#[derive(Debug)]
struct Library {
    source: Source,
    state: RwLock<Option<State>>,
}

#[derive(Debug)]
struct State {
    site: Arc<Site>,
    stamp: u64,
    looked: Instant,
}

impl Library {
    fn new(source: Source) -> Self {
        Self {
            source,
            state: RwLock::default(),
        }
    }

    fn site(&self) -> Result<Arc<Site>, StorefrontError> {
        let state = self.state.read().unwrap_or_else(PoisonError::into_inner);
        let fresh = state.as_ref().filter(|state| !self.is_due(state));
        if let Some(state) = fresh {
            return Ok(Arc::clone(&state.site));
        }
        drop(state);
        let mut state = self.state.write().unwrap_or_else(PoisonError::into_inner);
        let known = match state.take() {
            Some(known) if self.is_due(&known) => self.renewed(known),
            Some(known) => known,
            None => self.first()?,
        };
        let site = Arc::clone(&known.site);
        *state = Some(known);
        Ok(site)
    }

    /// Whether it is time to look for changes.
    fn is_due(&self, state: &State) -> bool {
        self.source != Source::Binary && state.looked.elapsed() >= LOOK_EVERY
    }

    fn first(&self) -> Result<State, StorefrontError> {
        let stamp = self.source.stamp()?;
        let site = Arc::new(Site::new(&self.source.read()?)?);
        let looked = Instant::now();
        Ok(State {
            site,
            stamp,
            looked,
        })
    }

    /// Reads the files again if one of them changed.
    fn renewed(&self, mut known: State) -> State {
        known.looked = Instant::now();
        let stamp = self.source.stamp();
        let Some(stamp) = stamp.ok().filter(|stamp| *stamp != known.stamp) else {
            return known;
        };
        known.stamp = stamp;
        let files = self.source.read().map_err(StorefrontError::from);
        match files.and_then(|files| Site::new(&files)) {
            Ok(site) => known.site = Arc::new(site),
            Err(error) => tracing::error!(%error, "the storefront stays as it was before the edit"),
        }
        known
    }
}
