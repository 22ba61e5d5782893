//! Fixed sets of questions must give the same answers on every database: their order in three
//! languages, and in many scripts what must be found and that nothing else is.

use std::collections::{BTreeMap, BTreeSet};

use sea_orm::{ActiveValue::Set, EntityTrait};
use serde::{Deserialize, Serialize};
use stampede_catalog::{Filter, Search, SearchQuery, SearchSettings, Sort, Text, Texts};
use stampede_kernel::{CategoryId, Language, Money, ProductId, Timestamp};
use stampede_persistence::entity::{category, product};
use stampede_test_support::TestDb;

const PRODUCTS: &str = include_str!("relevance/products.json");
const SCRIPTS: &str = include_str!("relevance/scripts.json");
const QUESTIONS: &str = include_str!("relevance/questions.json");

#[derive(Deserialize)]
struct Catalogue {
    categories: Vec<Branch>,
    products: Vec<Thing>,
}

#[derive(Deserialize)]
struct Branch {
    slug: String,
    name: BTreeMap<Language, String>,
    parent: Option<String>,
}

#[derive(Deserialize)]
struct Thing {
    slug: String,
    category: String,
    text: Texts,
    price: i64,
}

/// What is asked and which products come first, in order.
#[derive(Debug, Serialize, Deserialize, PartialEq, Eq)]
struct Question {
    language: Language,
    q: String,
    first: Vec<String>,
}

#[tokio::test]
async fn the_relevance_set_gives_its_answers() {
    let catalogue: Catalogue = serde_json::from_str(PRODUCTS).expect("the catalogue");
    let questions: Vec<Question> = serde_json::from_str(QUESTIONS).expect("the questions");
    let shop = TestDb::open().await;
    insert(&shop, &catalogue).await;
    let search = Search::open(shop.db.clone(), SearchSettings::default()).await;
    let search = search.expect("the index is built");

    let answers: Vec<Question> = questions
        .iter()
        .map(|asked| Question {
            language: asked.language,
            q: asked.q.clone(),
            first: first(&search, &catalogue, asked),
        })
        .collect();

    for (answer, asked) in answers.iter().zip(&questions) {
        assert_eq!(
            answer,
            asked,
            "{}",
            serde_json::to_string_pretty(&answers).unwrap()
        );
    }
}

/// A catalogue whose names are in many languages, and what is asked of it.
#[derive(Deserialize)]
struct Scripts {
    products: Vec<Named>,
    questions: Vec<Asked>,
}

#[derive(Deserialize)]
struct Named {
    slug: String,
    texts: Texts,
}

/// What is asked and all that must be found; everything else must not be.
#[derive(Debug, Deserialize)]
struct Asked {
    language: Language,
    q: String,
    found: BTreeSet<String>,
}

#[tokio::test]
async fn questions_in_many_scripts_find_what_they_must_and_nothing_else() {
    let Scripts {
        products,
        questions,
    } = serde_json::from_str(SCRIPTS).expect("the catalogue");
    let languages: BTreeSet<_> = questions.iter().map(|asked| asked.language).collect();
    assert!(questions.len() >= 60 && languages.len() >= 10);
    let things = products.into_iter().map(|named| Thing {
        slug: named.slug,
        category: "goods".into(),
        text: named.texts,
        price: 100,
    });
    let catalogue = Catalogue {
        categories: vec![Branch {
            slug: "goods".into(),
            name: BTreeMap::from([(Language::EN, "Everything".into())]),
            parent: None,
        }],
        products: things.collect(),
    };
    let shop = TestDb::open().await;
    insert(&shop, &catalogue).await;
    let search = Search::open(shop.db.clone(), SearchSettings::default()).await;
    let search = search.expect("the index is built");

    let wrong: Vec<_> = questions
        .iter()
        .filter_map(|asked| {
            let question = Question {
                language: asked.language,
                q: asked.q.clone(),
                first: Vec::new(),
            };
            let found: BTreeSet<_> = first(&search, &catalogue, &question).into_iter().collect();
            (found != asked.found).then_some((asked, found))
        })
        .collect();

    assert!(wrong.is_empty(), "{wrong:#?}");
}

fn first(search: &Search, catalogue: &Catalogue, asked: &Question) -> Vec<String> {
    let find = SearchQuery {
        q: Some(asked.q.clone()),
        filter: Filter::default(),
        sort: Sort::Relevance,
        offset: 0,
        limit: 4,
        language: asked.language,
    };
    let found = search.find(&find).expect("an answer").ids;
    let slug = |id: ProductId| catalogue.products[index(id.0)].slug.clone();
    found.into_iter().map(slug).collect()
}

async fn insert(shop: &TestDb, catalogue: &Catalogue) {
    let id_of = |slug: &str| {
        let place = catalogue
            .categories
            .iter()
            .position(|branch| branch.slug == slug);
        CategoryId(number(place.expect("a known category")))
    };
    let branches = catalogue
        .categories
        .iter()
        .map(|branch| category::ActiveModel {
            id: Set(id_of(&branch.slug)),
            parent_id: Set(branch.parent.as_deref().map(id_of)),
            name: Set(branch.name[&Language::EN].clone()),
            translations: Set(Some(names(branch))),
            image_id: Set(None),
            created_at: Set(Timestamp(0)),
        });
    category::Entity::insert_many(branches)
        .exec_without_returning(shop.db.reader())
        .await
        .expect("categories");
    let things = (0..).zip(&catalogue.products).map(|(place, thing)| {
        let own = thing.text[&Language::EN].clone();
        product::ActiveModel {
            id: Set(ProductId(number(place))),
            category_id: Set(id_of(&thing.category)),
            name: Set(own.name.unwrap_or_default()),
            title: Set(own.title.unwrap_or_default()),
            info: Set(own.info.unwrap_or_default()),
            translations: Set(serde_json::to_string(&thing.text).ok()),
            on_sale: Set(true),
            pay_price: Set(Money::new(thing.price).expect("a price")),
            view: Set(0),
            created_at: Set(Timestamp(0)),
            updated_at: Set(Timestamp(0)),
        }
    });
    product::Entity::insert_many(things)
        .exec_without_returning(shop.db.reader())
        .await
        .expect("products");
}

fn names(branch: &Branch) -> String {
    let texts = branch.name.iter().map(|(language, name)| {
        let text = Text {
            name: Some(name.clone()),
            ..Text::default()
        };
        (*language, text)
    });
    serde_json::to_string(&texts.collect::<Texts>()).expect("JSON")
}

/// Ids count from 1.
fn number(place: usize) -> i64 {
    i64::try_from(place).expect("a small catalogue") + 1
}

fn index(id: i64) -> usize {
    usize::try_from(id - 1).expect("ids count from 1")
}
