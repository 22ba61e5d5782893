//! Query strings of lists.
#![no_main]

use libfuzzer_sys::fuzz_target;
use stampede_gateway::outside;

fuzz_target!(|query: &str| {
    outside::list_query(query);
    outside::paging(query);
    outside::lang(query);
    outside::path_id(query);
});
