//! `stampede audit`

use std::time::{Duration, Instant};

use clap::Args;
use sea_orm::{DatabaseTransaction, DbErr};
use secrecy::ExposeSecret;
use serde_json::{Value, json};
use stampede_kernel::{Clock, SaleId, SystemClock};
use stampede_migration::Standing;
use stampede_persistence::audit::{Audit as Questions, Findings, Verdict};
use stampede_persistence::{Database, Pool};
use stampede_rehearsal::AuditResult;
use stampede_seckill::{Gate, InvalidRedisUrl, RedisGate, SaleError, audit_gate, repair};
use stampede_settings::{Settings, masked};

use super::{CommandError, say};

/// The audit queries of every crate.
const CRATES: [Questions; 8] = [
    stampede_persistence::audit::AUDIT,
    stampede_payment::AUDIT,
    stampede_user::AUDIT,
    stampede_catalog::AUDIT,
    stampede_order::AUDIT,
    stampede_promotion::AUDIT,
    stampede_seckill::AUDIT,
    stampede_notify::AUDIT,
];

/// The text of each invariant; docs/AUDIT.md also has those that are checked elsewhere.
const INVARIANTS: [(&str, &str); 20] = [
    (
        "I1",
        "every transfer sums to nothing, and so do all together",
    ),
    (
        "I2",
        "a wallet holds the sum of its entries, never less than nothing",
    ),
    (
        "I3",
        "the wallets hold what the shop gave, no more and no less",
    ),
    (
        "I4",
        "a SKU's units are the sum of its journal, never below nothing",
    ),
    (
        "I5",
        "an order is paid by one payment and refunded once at most",
    ),
    ("I6", "a key has one effect, and its answer is that effect"),
    (
        "I10",
        "an order's history is a legal path to where it stands",
    ),
    ("I11", "nothing belongs to what does not exist"),
    (
        "I12",
        "an e-mail proof is open once and an address has one owner",
    ),
    ("I13", "copies say what their originals say"),
    (
        "J1",
        "a sale has sold what its tickets say, never more than there is",
    ),
    ("J2", "nobody has more of a sale than one buyer may"),
    ("J3", "a ticket is one order, or a recorded refusal"),
    ("J4", "a sale's units came out of the SKU and go back to it"),
    ("J5", "the gate of a sale keeps the same books"),
    ("J6", "whom the gate admitted is being served"),
    ("J7", "units that were freed found their way back"),
    (
        "P1",
        "an order's totals add up, the discounts of its lines too, and its delivery is paid",
    ),
    (
        "P2",
        "a promotion is used by orders that stand, never above its limits",
    ),
    ("J8", "nobody won before a sale began or after it was over"),
];

/// Checks every invariant in one snapshot of the database, and the gates of sales
/// beside it.
#[derive(Debug, Args)]
#[command(after_help = "\
The audit reads one consistent snapshot, changes nothing and blocks nobody, so the shop may
be open. Gates in Redis are compared with the database; a gate in the memory of a process is
compared by that process (GET /admin/seckill/:id/live).

--repair first rebuilds the gate of every sale that has not ended. The database is the
record: no number in it changes. Claims under way are checked again by the new gate.

Examples:
  stampede audit
  stampede audit --repair
  stampede audit --json | jq .breaches
  stampede audit --database-url postgres://audit:secret@replica.example/shop

Exit codes:
  0  clean
  1  at least one breach
  2  the audit could not run")]
pub(super) struct Audit {
    /// Print the result as one JSON object: clean, breaches, checked, `took_ms`.
    #[arg(long)]
    json: bool,
    /// Rebuild the gates of all open sales from the database first.
    #[arg(long)]
    repair: bool,
}

pub(super) async fn run(audit: Audit, settings: &Settings) -> Result<(), CommandError> {
    let unchecked = |error: Unchecked| CommandError::Unchecked(error.to_string());
    if audit.repair {
        for line in repaired(settings).await.map_err(unchecked)? {
            tracing::info!("{line}");
        }
    }
    let started = Instant::now();
    let report = examine(settings).await.map_err(unchecked)?;
    let shown = if audit.json {
        report.json(started.elapsed()).to_string()
    } else {
        report.table(started.elapsed())
    };
    say(&shown);
    match report.breaches() {
        0 => Ok(()),
        found => Err(CommandError::Breach(found)),
    }
}

/// Audits the shop with these settings, for a rehearsal's report.
///
/// # Errors
///
/// The reason why the audit could not run.
pub(super) async fn verdict(settings: &Settings) -> Result<AuditResult, String> {
    let started = Instant::now();
    let report = examine(settings).await;
    let report = report.map_err(|error| format!("the audit could not check: {error}"))?;
    Ok(AuditResult {
        breaches: report.breaches(),
        report: report.json(started.elapsed()),
    })
}

/// The audit could not run.
#[derive(Debug, thiserror::Error)]
enum Unchecked {
    #[error("the database cannot be read: {0}")]
    Database(#[from] DbErr),
    #[error("{0} has no shop in it")]
    Empty(String),
    #[error("the schema is older than this release; run `stampede migrate up`")]
    Older,
    #[error("the schema is newer than this release; run that release")]
    Newer,
    #[error("the media folder cannot be read: {0}")]
    Media(#[from] stampede_media::MediaError),
    #[error("{0}")]
    Redis(#[from] InvalidRedisUrl),
    #[error("the sales cannot be read: {0}")]
    Sale(#[from] SaleError),
}

/// Reloads the gates; returns the result for each sale.
async fn repaired(settings: &Settings) -> Result<Vec<String>, Unchecked> {
    let db = connect(settings, Pool::default()).await?;
    let gate = redis(settings)?;
    let gate = gate.as_ref().map(|gate| -> &dyn Gate { gate });
    let sales = repair(&db, gate, SystemClock.now()).await?;
    db.close().await?;
    let told = |(sale, loaded): (SaleId, bool)| {
        if loaded {
            format!("sale {sale}: its gate is loaded anew")
        } else {
            format!("sale {sale}: its gate is fenced, and whoever sells loads it")
        }
    };
    Ok(sales.into_iter().map(told).collect())
}

async fn examine(settings: &Settings) -> Result<Report, Unchecked> {
    let pool = Pool {
        connections: 1,
        read_only: true,
        ..Pool::default()
    };
    let db = connect(settings, pool).await?;
    let tx = db.snapshot().await?;
    let mut report = Report::of(&tx, settings).await?;
    tx.rollback().await?;
    if let Some(gate) = redis(settings)? {
        let found = audit_gate(&db, &gate).await?;
        report.findings.join(found.findings);
        report.gates = Some(found.unchecked);
    }
    db.close().await?;
    Ok(report)
}

async fn connect(settings: &Settings, pool: Pool) -> Result<Database, Unchecked> {
    let url = settings.database.url.expose_secret();
    let db = Database::connect(url, pool).await?;
    match stampede_migration::standing(db.reader()).await? {
        Standing::Current => {}
        Standing::Absent => return Err(Unchecked::Empty(masked(url))),
        Standing::Older => return Err(Unchecked::Older),
        Standing::Newer => return Err(Unchecked::Newer),
    }
    Ok(db)
}

/// The gate of `redis.url`, if one is set.
fn redis(settings: &Settings) -> Result<Option<RedisGate>, InvalidRedisUrl> {
    let url = settings.redis.url.expose_secret();
    (!url.is_empty()).then(|| RedisGate::at(url)).transpose()
}

struct Report {
    findings: Findings,
    /// Whether the media folder was the database's.
    files: bool,
    /// Sales that could not be compared with their gate, and why; `None` where
    /// the gate is in the memory of a process.
    gates: Option<Vec<(SaleId, String)>>,
}

impl Report {
    async fn of(tx: &DatabaseTransaction, settings: &Settings) -> Result<Self, Unchecked> {
        let mut findings = Findings::default();
        for questions in CRATES {
            findings.join(questions.run(tx).await?);
        }
        let pictures = stampede_media::audit(tx, &settings.media_folder()).await?;
        let files = pictures.is_some();
        findings.join(pictures.unwrap_or_default());
        Ok(Self {
            findings,
            files,
            gates: None,
        })
    }

    fn breaches(&self) -> u64 {
        let verdicts = self.findings.verdicts.values();
        verdicts.map(|verdict| verdict.breaches).sum()
    }

    fn json(&self, took: Duration) -> Value {
        let clean = self.breaches() == 0;
        json!({
            "clean": clean,
            "breaches": self.findings.breaches,
            "checked": {
                "invariants": self.findings.verdicts,
                "rows": self.findings.rows,
                "media_files": self.files,
                "gates": self.gates.is_some(),
                "gates_not_compared": self.gates.iter().flatten()
                    .map(|(sale, why)| json!({ "sale": sale, "why": why }))
                    .collect::<Vec<_>>(),
            },
            "took_ms": u64::try_from(took.as_millis()).unwrap_or(u64::MAX),
        })
    }

    fn table(&self, took: Duration) -> String {
        let mut lines = Vec::new();
        for (invariant, claim) in INVARIANTS {
            let verdict = self.findings.verdicts.get(invariant);
            lines.push(line(invariant, claim, verdict.copied().unwrap_or_default()));
            let breaches = self.findings.breaches.iter();
            let broken = breaches.filter(|breach| breach.invariant == invariant);
            lines.extend(broken.map(|one| format!("       {}: {}", one.subject, one.detail)));
        }
        let rows = self.findings.rows.iter().filter(|(_, rows)| **rows > 0);
        let rows: Vec<_> = rows
            .map(|(table, rows)| format!("{rows} {table}"))
            .collect();
        lines.push(format!("rows   {}", rows.join(", ")));
        if !self.files {
            lines.push("files  not looked at: the media folder is not this database's".to_owned());
        }
        match &self.gates {
            None => lines.push("gates  in the memory of the process that sells".to_owned()),
            Some(left_out) => lines.extend(
                (left_out.iter())
                    .map(|(sale, why)| format!("gates  sale {sale} not compared: {why}")),
            ),
        }
        let verdict = match self.breaches() {
            0 => "clean".to_owned(),
            found => format!("{found} breaches"),
        };
        lines.push(format!("{verdict} in {:.1} s", took.as_secs_f64()));
        lines.join("\n")
    }
}

fn line(invariant: &str, claim: &str, verdict: Verdict) -> String {
    let Verdict { checks, breaches } = verdict;
    let outcome = match breaches {
        0 => "clean".to_owned(),
        found => format!("{found} breaches"),
    };
    format!("{invariant:<5}  {claim:<68}  {checks:>2} checks  {outcome}")
}
