//! The templates of `static/`: `document.html`, which every page extends, and `pages/*.html`.

use std::collections::BTreeSet;

use minijinja::value::{Kwargs, ValueKind};
use minijinja::{
    AutoEscape, Environment, Error, ErrorKind, Output, State, UndefinedBehavior, Value,
    escape_formatter,
};
use stampede_kernel::currency::{decimals, grouped};

use crate::files::{Files, has_extension};
use crate::storefront::StorefrontError;

/// The template that all others extend.
pub(crate) const DOCUMENT: &str = "document.html";

/// Compiles the templates. They find files by `asset(name)`, write amounts by
/// `money(currency)` and times by `instant`, and put values into texts by `fill(n=…)`.
///
/// The texts of templates live as long as the process: a folder that is edited leaves some
/// kilobytes behind with each edit.
pub(crate) fn environment(
    sources: &Files,
    base: String,
    assets: BTreeSet<String>,
) -> Result<Environment<'static>, StorefrontError> {
    let mut environment = Environment::new();
    environment.set_auto_escape_callback(|_| AutoEscape::Html);
    environment.set_formatter(write_escaped);
    environment.set_undefined_behavior(UndefinedBehavior::Chainable);
    environment.add_filter("money", money);
    environment.add_filter("fill", fill);
    environment.add_filter("instant", instant);
    environment.add_filter("srcset", srcset);
    environment.add_function("asset", move |name: &str| {
        assets.contains(name).then(|| format!("{base}/{name}"))
    });
    let templates = sources
        .iter()
        .filter(|(name, _)| has_extension(name, "html"));
    for (name, source) in templates {
        let source = String::from_utf8_lossy(source).into_owned();
        environment.add_template(name.clone().leak(), source.leak())?;
    }
    let document = environment.get_template(DOCUMENT);
    if document.is_err() {
        return Err(StorefrontError::Missing(DOCUMENT));
    }
    Ok(environment)
}

/// Writes a value into HTML, in text and in quoted attributes. Unlike minijinja's own escaping it leaves slashes alone:
/// they are safe there, and addresses stay legible. What is none or missing is written as nothing.
fn write_escaped(out: &mut Output, state: &mut State, value: &Value) -> Result<(), Error> {
    if value.is_none() || value.is_undefined() {
        return Ok(());
    }
    let Some(text) = value.as_str().filter(|_| !value.is_safe()) else {
        return escape_formatter(out, state, value);
    };
    let mut rest = text;
    while let Some(at) = rest.find(['&', '<', '>', '"', '\'']) {
        let (plain, sign) = rest.split_at(at);
        out.write_str(plain)?;
        out.write_str(match sign.as_bytes()[0] {
            b'&' => "&amp;",
            b'<' => "&lt;",
            b'>' => "&gt;",
            b'"' => "&quot;",
            _ => "&#39;",
        })?;
        rest = &sign[1..];
    }
    out.write_str(rest)?;
    Ok(())
}

/// An amount as shelves show it: `$1,649`, `$399.50`, `¥980`, `CHF 12`.
fn money(minor: i64, currency: &str) -> String {
    let places = decimals(currency);
    let unit = 10_u64.pow(places);
    let (whole, part) = (minor.unsigned_abs() / unit, minor.unsigned_abs() % unit);
    let sign = if minor < 0 { "\u{2212}" } else { "" };
    let symbol = symbol(currency);
    let whole = grouped(whole);
    if part == 0 {
        return format!("{sign}{symbol}{whole}");
    }
    let width = usize::try_from(places).unwrap_or_default();
    format!("{sign}{symbol}{whole}.{part:0width$}")
}

/// An instant for people whose time zone is not known: `2026-11-27 20:00 UTC`.
fn instant(rfc3339: &str) -> String {
    let minute: String = rfc3339.chars().take(16).collect();
    format!("{} UTC", minute.replace('T', " "))
}

/// The variants of a picture with their widths, so that the browser chooses: `/media/…/thumb.jpg 160w, …`.
/// A picture that is smaller than a variant has it no wider than itself.
#[expect(clippy::needless_pass_by_value, reason = "the form of a filter")]
fn srcset(image: Value) -> Result<String, Error> {
    let side = |name| {
        image
            .get_attr(name)
            .map(|side| side.as_i64().unwrap_or(1).max(1))
    };
    let (width, height) = (side("width")?, side("height")?);
    let longer = width.max(height);
    let variants = image.get_attr("variants")?;
    let mut all = Vec::new();
    for (name, edge) in [("thumb", 160), ("small", 400), ("large", longer)] {
        let shown = (width * edge.min(longer) + longer / 2) / longer;
        all.push(format!("{} {shown}w", variants.get_attr(name)?));
    }
    Ok(all.join(", "))
}

/// The sign of a currency, or its code with a space.
fn symbol(currency: &str) -> String {
    let sign = match currency {
        "USD" | "CAD" | "AUD" | "NZD" | "HKD" | "SGD" | "TWD" | "MXN" => "$",
        "EUR" => "€",
        "GBP" => "£",
        "JPY" | "CNY" => "¥",
        "KRW" => "₩",
        "INR" => "₹",
        code => return format!("{code}\u{a0}"),
    };
    sign.to_owned()
}

/// The exact amount for machines: `1649.00`.
pub(crate) fn decimal(minor: i64, currency: &str) -> String {
    let places = decimals(currency);
    let unit = 10_u64.pow(places);
    let (whole, part) = (minor.unsigned_abs() / unit, minor.unsigned_abs() % unit);
    let width = usize::try_from(places).unwrap_or_default();
    match places {
        0 => whole.to_string(),
        _ => format!("{whole}.{part:0width$}"),
    }
}

/// Puts values into a text: `{{ t.left | fill(n=3) }}` with `{n} left`. A text with the forms `one` and
/// `other` is chosen by `n`.
#[expect(clippy::needless_pass_by_value, reason = "the form of a filter")]
fn fill(text: Value, values: Kwargs) -> Result<String, Error> {
    let mut chosen = text.clone();
    if text.kind() == ValueKind::Map {
        let one = values.peek::<Option<i64>>("n")? == Some(1);
        let form = text.get_attr(if one { "one" } else { "other" })?;
        chosen = if form.is_undefined() {
            text.get_attr("other")?
        } else {
            form
        };
    }
    let text = chosen.as_str();
    let text = text.ok_or_else(|| Error::new(ErrorKind::InvalidOperation, "a text is missing"))?;
    let mut filled = text.to_owned();
    for name in values.args() {
        let value: Value = values.get(name)?;
        filled = filled.replace(&format!("{{{name}}}"), &value.to_string());
    }
    values.assert_all_used()?;
    Ok(filled)
}

#[cfg(test)]
mod tests {
    use minijinja::context;

    use super::*;

    fn rendered(template: &str, values: Value) -> String {
        let mut environment = Environment::new();
        environment.add_filter("fill", fill);
        environment.render_str(template, values).unwrap()
    }

    #[test]
    fn an_amount_on_a_shelf_drops_empty_cents_and_one_for_machines_does_not() {
        for (minor, currency, shelf, machine) in [
            (164_900, "USD", "$1,649", "1649.00"),
            (39_950, "USD", "$399.50", "399.50"),
            (980, "JPY", "¥980", "980"),
            (1_005, "KWD", "KWD\u{a0}1.005", "1.005"),
            (5, "EUR", "€0.05", "0.05"),
        ] {
            assert_eq!(money(minor, currency), shelf);
            assert_eq!(decimal(minor, currency), machine);
        }
    }

    #[test]
    fn a_picture_names_its_variants_with_their_widths() {
        let variants = context! { thumb => "/t", small => "/s", large => "/l" };
        let image = context! { width => 533, height => 800, variants };

        assert_eq!(srcset(image).unwrap(), "/t 107w, /s 267w, /l 533w");
    }

    #[test]
    fn an_instant_is_written_to_the_minute() {
        assert_eq!(instant("2026-11-27T20:00:00.000Z"), "2026-11-27 20:00 UTC");
    }

    #[test]
    fn what_means_something_in_html_is_written_as_text() {
        let mut environment = Environment::new();
        environment.set_auto_escape_callback(|_| AutoEscape::Html);
        environment.set_formatter(write_escaped);
        let values = context! {
            text => "<a href='/x'>\"é\" & co</a>",
            safe => Value::from_safe_string("<b>".to_owned()),
            number => 7,
        };

        let written = environment.render_str(
            "{{ text }}{{ safe }}{{ number }}{{ none }}{{ missing }}",
            values,
        );

        assert_eq!(
            written.unwrap(),
            "&lt;a href=&#39;/x&#39;&gt;&quot;é&quot; &amp; co&lt;/a&gt;<b>7"
        );
    }

    #[test]
    fn a_text_takes_its_values_and_its_form() {
        let things = context! { t => context! { one => "{n} thing", other => "{n} things" } };

        assert_eq!(rendered("{{ t | fill(n=1) }}", things.clone()), "1 thing");
        assert_eq!(rendered("{{ t | fill(n=3) }}", things), "3 things");
        let text = context! { t => "{a} of {b}" };
        assert_eq!(rendered("{{ t | fill(a=1, b='{a}') }}", text), "1 of {a}");
    }
}
