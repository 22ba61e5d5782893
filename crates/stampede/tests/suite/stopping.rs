//! How a process begins and ends: its limit of open files, and what it says before it stops.

use std::time::Duration;

use stampede_test_support::TestDb;
use tokio::time::{sleep, timeout};

use crate::process::{Gateway, stampede};

/// Far more than anything here takes.
const LONG: Duration = Duration::from_secs(40);
const PAUSE: Duration = Duration::from_millis(100);

/// The status of `path`, or 0 when nobody answers.
async fn status(shop: &Gateway, path: &str) -> u16 {
    let answer = reqwest::get(format!("{}{path}", shop.base)).await;
    answer.map_or(0, |answer| answer.status().as_u16())
}

#[cfg(unix)]
#[actix_web::test]
async fn a_shop_that_is_told_to_stop_says_so_before_it_does_and_a_second_word_is_enough() {
    let (db, folder) = (TestDb::open().await, tempfile::tempdir().unwrap());
    let notice = [("STAMPEDE__SERVER__DRAIN_NOTICE_SECS", "60")];
    let shop = Gateway::with(&db, &folder, &notice);
    assert_eq!(status(&shop, "/api/v1/ping").await, 200);

    shop.terminate();
    let draining = async {
        while status(&shop, "/readyz").await != 503 {
            sleep(PAUSE).await;
        }
    };
    timeout(LONG, draining).await.expect("/readyz says no");
    assert_eq!(status(&shop, "/api/v1/ping").await, 200);

    shop.terminate();
    let ended = tokio::task::spawn_blocking(|| shop.died());
    let by_a_signal = timeout(LONG, ended).await.expect("the process ends");
    assert!(!by_a_signal.unwrap(), "it ends in order");
}

#[cfg(target_os = "linux")]
#[actix_web::test]
async fn the_limit_of_open_files_is_raised_as_far_as_it_goes() {
    let (db, folder) = (TestDb::open().await, tempfile::tempdir().unwrap());
    let like = stampede(&db, &folder);
    let mut command = std::process::Command::new("sh");
    command
        .args(["-c", "ulimit -Sn 200 && exec \"$0\" \"$@\""])
        .arg(like.get_program())
        .envs(
            like.get_envs()
                .filter_map(|(name, value)| Some((name, value?))),
        )
        .current_dir(folder.path())
        .stdout(std::process::Stdio::piped())
        .stderr(std::process::Stdio::null());

    let shop = Gateway::serving(&mut command);

    let limits = std::fs::read_to_string(format!("/proc/{}/limits", shop.id())).unwrap();
    let files = limits
        .lines()
        .find(|line| line.starts_with("Max open files"));
    let numbers: Vec<&str> = files.unwrap().split_whitespace().skip(3).collect();
    assert_eq!(numbers[0], numbers[1], "{limits}");
    assert_ne!(numbers[0], "200");
}
