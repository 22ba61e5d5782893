//! Problem codes are API: what docs/API.md lists is what there is.

use std::collections::HashSet;

use stampede_gateway::Code;

const DOCUMENT: &str = include_str!("../../../../docs/API.md");

#[test]
fn every_code_is_documented_with_its_status() {
    let listed: HashSet<(&str, u16)> = DOCUMENT
        .lines()
        .filter_map(|line| {
            let mut cells = line.split('|').map(str::trim).skip(1);
            let code = cells.next()?.strip_prefix('`')?.strip_suffix('`')?;
            Some((code, cells.next()?.parse().ok()?))
        })
        .collect();
    let known: HashSet<(&str, u16)> = Code::ALL
        .iter()
        .map(|code| (code.name(), code.status()))
        .collect();

    assert_eq!(known.len(), Code::ALL.len(), "two codes have one name");
    assert_eq!(listed, known);
}
