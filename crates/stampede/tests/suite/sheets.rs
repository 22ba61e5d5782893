//! `stampede import` and `stampede export`, and what commands leave behind.

use std::path::Path;
use std::process::{Command, Output, Stdio};

use stampede_test_support::TestDb;

use crate::process::stampede;

struct Fixture {
    db: TestDb,
    folder: tempfile::TempDir,
}

impl Fixture {
    async fn open() -> Self {
        let db = TestDb::open().await;
        let folder = tempfile::tempdir().unwrap();
        Self { db, folder }
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = stampede(&self.db, &self.folder);
        command.args(arguments).stderr(Stdio::piped());
        command
    }

    fn run(&self, arguments: &[&str]) -> (Option<i32>, String) {
        told(&self.command(arguments).output().unwrap())
    }

    fn write(&self, name: &str, table: &str) {
        std::fs::write(self.folder.path().join(name), table).unwrap();
    }

    fn exported(&self) -> String {
        let (status, table) = self.run(&["export"]);
        assert_eq!(status, Some(0), "{table}");
        table
    }
}

fn told(output: &Output) -> (Option<i32>, String) {
    let text = [output.stdout.as_slice(), output.stderr.as_slice()].concat();
    (
        output.status.code(),
        String::from_utf8_lossy(&text).into_owned(),
    )
}

#[actix_web::test]
async fn a_sheet_that_is_exported_makes_the_same_shop_elsewhere() {
    let fixture = Fixture::open().await;
    fixture.write(
        "goods.csv",
        "name,category,price,num,options,name_zh\n\
         TV / Hi-Fi,Audio\\/Video,100,1,Size: M,\n\
         =1+1,\\/,200,0,,绿茶\n",
    );
    let (status, text) = fixture.run(&["import", "goods.csv"]);
    assert_eq!(status, Some(0), "{text}");
    assert!(text.contains("2 products were added"), "{text}");
    let (status, _) = fixture.run(&["export", "out.csv"]);
    assert_eq!(status, Some(0));
    let table = std::fs::read_to_string(fixture.folder.path().join("out.csv")).unwrap();
    assert!(
        table.contains("'=1+1") && table.contains(r"Audio\/Video"),
        "{table}"
    );

    let again = fixture.run(&["import", "out.csv"]);
    assert!(again.1.contains("2 left as they are"), "{}", again.1);
    let copy = Fixture::open().await;
    copy.write("out.csv", &table);
    let (status, text) = copy.run(&["import", "out.csv", "--dry-run"]);
    assert_eq!(
        (status, text.contains("would be")),
        (Some(0), true),
        "{text}"
    );
    assert_eq!(copy.run(&["import", "out.csv"]).0, Some(0));
    assert_eq!(copy.exported(), table);
    let (status, text) = copy.run(&["audit"]);
    assert_eq!(status, Some(0), "{text}");
}

#[actix_web::test]
async fn a_bad_sheet_is_told_by_line_column_and_value_and_leaves_nothing() {
    let fixture = Fixture::open().await;
    fixture.write(
        "bad.csv",
        "name,category,price,num\nOne,New,100,1\nTwo,New,0,1\nThree,,x,-1\n",
    );

    let (status, text) = fixture.run(&["import", "bad.csv"]);

    assert_eq!(status, Some(1));
    for fault in [
        "4 faults",
        "line 3, price \"0\": must be above 0",
        "line 4, category \"\": a new product needs one",
        "line 4, price \"x\": is not a whole number",
        "line 4, num \"-1\"",
    ] {
        assert!(text.contains(fault), "{fault} is not in {text}");
    }
    assert_eq!(fixture.exported().lines().count(), 1);
    let (status, text) = fixture.run(&["import", "absent.csv"]);
    assert_eq!(
        (status, text.contains("absent.csv")),
        (Some(1), true),
        "{text}"
    );
}

#[actix_web::test]
async fn an_import_that_is_killed_before_its_commit_leaves_nothing() {
    let fixture = Fixture::open().await;
    let rows: Vec<_> = (0..500)
        .map(|n| format!("Good {n},New/{n},100,1\n"))
        .collect();
    fixture.write(
        "goods.csv",
        &format!("name,category,price,num\n{}", rows.concat()),
    );
    assert_eq!(fixture.run(&["migrate", "up"]).0, Some(0));

    let killed = fixture
        .command(&["import", "goods.csv"])
        .env("FAILPOINTS", "import.commit=panic")
        .output()
        .unwrap();
    assert_eq!(killed.status.code(), None, "{:?}", told(&killed));

    assert_eq!(fixture.exported().lines().count(), 1);
    let (status, text) = fixture.run(&["audit"]);
    assert_eq!(status, Some(0), "{text}");
    let (status, text) = fixture.run(&["import", "goods.csv"]);
    assert_eq!(status, Some(0), "{text}");
    assert!(
        text.contains("500 categories") || text.contains("501 categories"),
        "{text}"
    );
}

/// `stampede` in development, with a data folder that is not there yet.
fn developing(folder: &Path, arguments: &[&str]) -> (Option<i32>, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_stampede"))
        .env_clear()
        .env("STAMPEDE__DATA_DIR", folder.join("data"))
        .args(arguments)
        .current_dir(folder)
        .output();
    told(&output.unwrap())
}

#[test]
fn commands_that_read_make_nothing() {
    let folder = tempfile::tempdir().unwrap();
    for (arguments, status) in [
        (&["config", "check"][..], 0),
        (&["audit"], 2),
        (&["export"], 1),
        (&["export", "goods.csv"], 1),
        (&["healthcheck", "--port", "1"], 1),
        (&["openapi"], 0),
    ] {
        let (told, text) = developing(folder.path(), arguments);
        assert_eq!(told, Some(status), "{arguments:?}: {text}");
        let left: Vec<_> = std::fs::read_dir(folder.path()).unwrap().collect();
        assert!(left.is_empty(), "{arguments:?} left {left:?}");
    }
}

#[test]
fn commands_that_write_do_not_furnish_the_demo() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(
        folder.path().join("goods.csv"),
        "name,category,price\nSencha,Tea,100\n",
    )
    .unwrap();

    let (status, text) = developing(folder.path(), &["import", "goods.csv"]);
    assert_eq!(status, Some(0), "{text}");
    let (status, text) = developing(folder.path(), &["seed", "--products", "1"]);
    assert_eq!(status, Some(0), "{text}");

    let (_, table) = developing(folder.path(), &["export"]);
    assert_eq!(table.lines().count(), 3, "{table}");
}
