//! What happens to every request, whatever its route.

pub(crate) mod request_id;
