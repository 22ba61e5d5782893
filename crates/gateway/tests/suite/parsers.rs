//! No parser of outside bytes panics, whatever it is given.

use proptest::prelude::*;
use stampede_gateway::outside;
use stampede_http::client::TrustedProxies;
use stampede_kernel::Cursor;

/// Signs that mean something to one of the parsers, and anything else.
fn text() -> impl Strategy<Value = String> {
    let sign = prop_oneof![
        4 => proptest::sample::select(
            "\\\"{}[]:,;=&%*/-+.0123456789eEqu \t\nabz\u{0}\u{feff}é绿".chars().collect::<Vec<_>>()
        ),
        1 => any::<char>(),
    ];
    proptest::collection::vec(sign, 0..400).prop_map(String::from_iter)
}

/// JSON of any shape, often with something odd in it.
fn json() -> impl Strategy<Value = String> {
    let leaf = prop_oneof![
        Just("null".to_owned()),
        any::<bool>().prop_map(|flag| flag.to_string()),
        any::<i64>().prop_map(|number| number.to_string()),
        any::<f64>().prop_map(|number| number.to_string()),
        text().prop_map(|text| serde_json::to_string(&text).unwrap()),
        Just(r#""\ud800""#.to_owned()),
        Just("1e999".to_owned()),
    ];
    let name = proptest::sample::select(vec![
        "name",
        "title",
        "skus",
        "id",
        "price",
        "options",
        "translations",
        "en",
        "zh",
        "boss_id",
    ]);
    leaf.prop_recursive(6, 64, 6, move |inner| {
        let members = proptest::collection::vec((name.clone(), inner.clone()), 0..6);
        prop_oneof![
            proptest::collection::vec(inner, 0..6)
                .prop_map(|items| format!("[{}]", items.join(","))),
            members.prop_map(|members| {
                let members: Vec<_> = members
                    .iter()
                    .map(|(name, value)| format!("\"{name}\":{value}"))
                    .collect();
                format!("{{{}}}", members.join(","))
            }),
        ]
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn json_is_taken_or_refused(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        let serde_takes = serde_json::from_slice::<serde_json::Value>(&bytes).is_ok();
        prop_assert!(!outside::json_body(&bytes) || serde_takes || bytes.starts_with(b"\xef\xbb\xbf"));
        outside::json_product(&bytes);
    }

    #[test]
    fn json_of_any_shape_is_taken_or_refused(body in json()) {
        outside::json_body(body.as_bytes());
        outside::json_product(body.as_bytes());
    }

    #[test]
    fn a_refusal_repeats_no_value(secret in "[A-Z]{12}", shape in 0..6_u8) {
        let body = match shape {
            0 => format!(r#"{{"price":"{secret}"}}"#),
            1 => format!(r#"{{"name":{{"x":"{secret}"}}}}"#),
            2 => format!(r#"{{"skus":[{{"id":"{secret}"}}]}}"#),
            3 => format!(r#"["{secret}"]"#),
            4 => format!(r#"{{"on_sale":"{secret}","{secret} ":1}}"#),
            _ => format!(r#"{{"options {secret}":1}}"#),
        };
        let refusal = outside::json_refusal(body.as_bytes());
        prop_assert!(!refusal.is_empty());
        prop_assert!(!refusal.contains(&secret), "{}", refusal);
    }

    #[test]
    fn queries_are_taken_or_refused(query in text()) {
        outside::list_query(&query);
        outside::paging(&query);
        outside::lang(&query);
    }

    #[test]
    fn headers_are_read_or_passed_over(header in text(), bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        prop_assert!(outside::accept_language(&header) <= 16);
        outside::accept_encoding(&bytes);
        outside::accept_encoding(header.as_bytes());
        outside::if_none_match(&bytes, b"W/\"tag\"");
        let proxies = TrustedProxies(vec!["0.0.0.0/0".parse().unwrap()]);
        outside::forwarded_for(&header, &proxies, [192, 0, 2, 1].into());
        outside::path_id(&header);
    }

    #[test]
    fn a_key_is_taken_as_it_is_or_not_at_all(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        if let Some(key) = outside::idempotency_key(&bytes) {
            prop_assert_eq!(key.as_bytes(), &bytes[..]);
            prop_assert!((1..=255).contains(&key.len()));
            prop_assert!(key.bytes().all(|byte| byte.is_ascii_graphic()));
        }
    }

    #[test]
    fn a_cursor_that_was_made_up_leads_nowhere_and_ours_lead_back(made_up in text(), place in any::<i64>()) {
        prop_assert!(Cursor(made_up.clone()).place::<i64>("filters").is_err());
        prop_assert_eq!(Cursor::new(&made_up, &place).place::<i64>(&made_up), Ok(place));
    }
}
