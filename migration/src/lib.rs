//! The schema, one file per step.
//!
//! Steps only expand: a column is added in one release and its predecessor is
//! dropped in a later one, so that the previous binary runs on this schema.

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
mod run;
mod schema;

pub use run::{MigrateError, Standing, down, standing, status, up};

use sea_orm_migration::prelude::*;

/// Every step, oldest first.
#[derive(Debug)]
pub struct Migrator;

impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![
            Box::new(m0001_platform::Migration),
            Box::new(m0002_image::Migration),
            Box::new(m0003_ledger::Migration),
            Box::new(m0004_user::Migration),
            Box::new(m0005_catalog::Migration),
            Box::new(m0006_order::Migration),
            Box::new(m0007_webhook_event::Migration),
            Box::new(m0008_sale::Migration),
            Box::new(m0009_rehearsal::Migration),
            Box::new(m0010_job_kind::Migration),
            Box::new(m0011_job_policy::Migration),
            Box::new(m0012_webhook_off::Migration),
            Box::new(m0013_people::Migration),
            Box::new(m0018_image_shown::Migration),
        ]
    }
}
