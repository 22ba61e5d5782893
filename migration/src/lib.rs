//! The schema, one file per step.
//!
//! Steps only expand: a column is added in one release and its predecessor is
//! dropped in a later one, so that the previous binary runs on this schema.

mod definition;
mod history;
mod m0001_platform;
mod m0002_image;
mod m0003_ledger;
mod m0004_user;
mod m0005_catalog;
mod m0006_order;
mod m0007_webhook_event;
mod m0008_sale;
mod m0009_rehearsal;
mod m0010_job_kind;
mod m0011_job_policy;
mod m0012_webhook_off;
mod m0013_people;
mod m0018_image_shown;
mod m0019_price_history;
mod m0020_audit_run;
mod m0021_totals;
mod m0022_promotion;
mod m0023_delivery;
mod run;
mod schema;

pub use run::{MigrateError, Standing, down, standing, status, steps, up};

use schema::Migration;

/// Every step, oldest first.
const STEPS: [&dyn Migration; 19] = [
    &m0001_platform::Step,
    &m0002_image::Step,
    &m0003_ledger::Step,
    &m0004_user::Step,
    &m0005_catalog::Step,
    &m0006_order::Step,
    &m0007_webhook_event::Step,
    &m0008_sale::Step,
    &m0009_rehearsal::Step,
    &m0010_job_kind::Step,
    &m0011_job_policy::Step,
    &m0012_webhook_off::Step,
    &m0013_people::Step,
    &m0018_image_shown::Step,
    &m0019_price_history::Step,
    &m0020_audit_run::Step,
    &m0021_totals::Step,
    &m0022_promotion::Step,
    &m0023_delivery::Step,
];
