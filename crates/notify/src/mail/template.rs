//! E-mail templates in several languages.

use std::path::Path;

use minijinja::value::Serde;
use minijinja::{Environment, UndefinedBehavior, Value, context};
use serde::Serialize;
use stampede_kernel::Language;

use super::{Mail, MailError, SetupError};

/// An e-mail template.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EmailTemplate {
    /// Asks the owner of an address to confirm it.
    ProofBind,
    /// Asks to confirm that the address is taken off the account.
    ProofUnbind,
    /// Asks to confirm a new password.
    ProofPassword,
    /// Lets a forgotten password be set anew.
    ProofReset,
    /// Says what was ordered, and that it waits for payment.
    OrderPlaced,
    /// Says that the money has arrived.
    OrderPaid,
    /// Says that nothing will come, and why.
    OrderCancelled,
    /// Says that it is on its way.
    OrderShipped,
    /// Says that the money went back.
    OrderRefunded,
    /// Tells an admin that a webhook was switched off.
    WebhookOff,
}

impl EmailTemplate {
    /// All templates.
    pub const ALL: [Self; 10] = [
        Self::ProofBind,
        Self::ProofUnbind,
        Self::ProofPassword,
        Self::ProofReset,
        Self::OrderPlaced,
        Self::OrderPaid,
        Self::OrderCancelled,
        Self::OrderShipped,
        Self::OrderRefunded,
        Self::WebhookOff,
    ];

    /// Returns the base name of its files.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::ProofBind => "proof_bind",
            Self::ProofUnbind => "proof_unbind",
            Self::ProofPassword => "proof_password",
            Self::ProofReset => "proof_reset",
            Self::OrderPlaced => "order_placed",
            Self::OrderPaid => "order_paid",
            Self::OrderCancelled => "order_cancelled",
            Self::OrderShipped => "order_shipped",
            Self::OrderRefunded => "order_refunded",
            Self::WebhookOff => "webhook_off",
        }
    }
}

/// Facts about the shop for every mail.
#[derive(Debug, Clone)]
pub struct Shop {
    /// Its name.
    pub name: String,
    /// The fallback where a template does not exist in the reader's language.
    pub language: Language,
}

/// The three files of a template.
const PARTS: [&str; 3] = ["subject.txt", "txt", "html"];

/// Embeds the files of templates, by language.
macro_rules! texts {
    ($($language:literal: $($letter:literal),+;)+) => {
        [$($(
            (
                concat!($language, "/", $letter, ".subject.txt"),
                include_str!(concat!("../../templates/", $language, "/", $letter, ".subject.txt")),
            ),
            (
                concat!($language, "/", $letter, ".txt"),
                include_str!(concat!("../../templates/", $language, "/", $letter, ".txt")),
            ),
            (
                concat!($language, "/", $letter, ".html"),
                include_str!(concat!("../../templates/", $language, "/", $letter, ".html")),
            ),
        )+)+]
    };
}

/// The embedded templates: path below `templates/`, and text.
const EMBEDDED: [(&str, &str); 90] = texts! {
    "en": "proof_bind", "proof_unbind", "proof_password", "proof_reset",
        "order_placed", "order_paid", "order_cancelled", "order_shipped", "order_refunded",
        "webhook_off";
    "zh": "proof_bind", "proof_unbind", "proof_password", "proof_reset",
        "order_placed", "order_paid", "order_cancelled", "order_shipped", "order_refunded",
        "webhook_off";
    "ja": "proof_bind", "proof_unbind", "proof_password", "proof_reset",
        "order_placed", "order_paid", "order_cancelled", "order_shipped", "order_refunded",
        "webhook_off";
};
/// Layouts that templates extend: the HTML of all mails, and both parts of mails about
/// orders.
const LAYOUTS: [(&str, &str); 3] = [
    ("layout.html", include_str!("../../templates/layout.html")),
    ("order.html", include_str!("../../templates/order.html")),
    ("order.txt", include_str!("../../templates/order.txt")),
];

/// Renders e-mail templates. Files ending in `.html` are escaped, others are not.
#[derive(Debug)]
pub struct Templates {
    environment: Environment<'static>,
    shop: Shop,
}

impl Templates {
    /// Loads the embedded templates, overridden by files in `folder`, which are named
    /// as in `templates/`, such as `de/proof_bind.subject.txt`. A language is available
    /// when it has all three files of a template.
    ///
    /// # Errors
    ///
    /// When a file cannot be read, parsed or rendered: at start, not at the first mail.
    pub fn load(shop: Shop, folder: Option<&Path>) -> Result<Self, SetupError> {
        let mut environment = Environment::new();
        environment.set_undefined_behavior(UndefinedBehavior::Strict);
        for (name, text) in EMBEDDED.into_iter().chain(LAYOUTS) {
            environment.add_template(name, text)?;
        }
        if let Some(folder) = folder {
            add_files(&mut environment, folder)?;
        }
        let templates = Self { environment, shop };
        templates.try_all()?;
        Ok(templates)
    }

    /// Renders `template` as a mail to `to`, in `language`, else the shop's language,
    /// else English.
    pub fn write(
        &self,
        template: EmailTemplate,
        to: String,
        language: Language,
        facts: &impl Serialize,
    ) -> Result<Mail, MailError> {
        let language = [language, self.shop.language]
            .into_iter()
            .find(|language| self.has_language(*language, template))
            .unwrap_or(Language::EN);
        let part = |part| self.render(language, template, part, facts);
        Ok(Mail {
            subject: part("subject.txt")?.trim().to_owned(),
            text: part("txt")?,
            html: part("html")?,
            to,
            language,
        })
    }

    fn render(
        &self,
        language: Language,
        template: EmailTemplate,
        part: &str,
        facts: &impl Serialize,
    ) -> Result<String, minijinja::Error> {
        self.environment
            .get_template(&name(language, template, part))?
            .render(self.with_shop(language, Value::from(Serde(facts))))
    }

    fn with_shop(&self, language: Language, facts: Value) -> Value {
        context! { shop => self.shop.name.as_str(), language => language.as_str(), ..facts }
    }

    fn has_language(&self, language: Language, template: EmailTemplate) -> bool {
        let exists = |part| {
            let name = name(language, template, part);
            self.environment.get_template(&name).is_ok()
        };
        PARTS.into_iter().all(exists)
    }

    /// Renders every template with sample facts.
    fn try_all(&self) -> Result<(), minijinja::Error> {
        let line = context! { name => "Tea", num => 2, total => "25.00 USD" };
        let facts = context! {
            nick_name => "Alice", token => "token", email => "a@example.com",
            order => "order", lines => [line], total => "25.00 USD", reason => "buyer",
            webhook => 1, url => "https://example.com/hook", since => "2026-11-22T08:30:00.000Z",
        };
        for (_, template) in self.environment.templates() {
            template.render(self.with_shop(self.shop.language, facts.clone()))?;
        }
        Ok(())
    }
}

fn name(language: Language, template: EmailTemplate, part: &str) -> String {
    format!("{language}/{}.{part}", template.as_str())
}

/// Adds the known files of `folder`: its layouts, and templates in subfolders named by
/// a language.
fn add_files(environment: &mut Environment<'static>, folder: &Path) -> Result<(), SetupError> {
    let unreadable = |error| SetupError::Unreadable(folder.to_owned(), error);
    for (layout, _) in LAYOUTS {
        add_file(environment, folder, layout.to_owned())?;
    }
    for entry in std::fs::read_dir(folder).map_err(unreadable)? {
        let code = entry.map_err(unreadable)?.file_name();
        let Some(language) = code.to_str().filter(|code| code.len() == 2) else {
            continue;
        };
        let Ok(language) = Language::parse(language) else {
            continue;
        };
        for template in EmailTemplate::ALL {
            for part in PARTS {
                add_file(environment, folder, name(language, template, part))?;
            }
        }
    }
    Ok(())
}

fn add_file(
    environment: &mut Environment<'static>,
    folder: &Path,
    name: String,
) -> Result<(), SetupError> {
    let file = folder.join(&name);
    match std::fs::read_to_string(&file) {
        Ok(text) => Ok(environment.add_template_owned(name, text)?),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(()),
        Err(error) => Err(SetupError::Unreadable(file, error)),
    }
}
