//! Answers of the API from the cache, in the best languages that the shop has.

use std::sync::Arc;

use stampede_api::{Audience, Render};
use stampede_http::content::Content;
use stampede_http::problem::Problem;
use stampede_kernel::Language;

use super::{Key, ResponseCache, Subject};

impl ResponseCache {
    /// The answer about `subject` in the best of the audience's languages that the shop is known to
    /// have; `load` gets the language to search in.
    ///
    /// A load may show the first text in a further language; then the response is looked up
    /// again.
    pub(crate) async fn rendered<T: Render, E>(
        &self,
        audience: &Audience,
        subject: Subject,
        load: impl AsyncFn(Language) -> Result<T, E>,
    ) -> Result<Arc<Content>, Problem>
    where
        Problem: From<E>,
    {
        let mut languages = self.shop_languages().among(audience.languages());
        loop {
            let key = Key {
                subject: subject.clone(),
                languages,
            };
            let build = async {
                let thing = load(languages.first_or(audience.shop().language)).await?;
                self.shop_languages().note(thing.texts());
                audience.render_in(&thing, languages)
            };
            let page = self.page(key, build).await?;
            let known = self.shop_languages().among(audience.languages());
            if known == languages {
                return Ok(page);
            }
            languages = known;
        }
    }
}
