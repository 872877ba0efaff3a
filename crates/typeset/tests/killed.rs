//! A worker that somebody else ends.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]
#![cfg(target_os = "linux")]

mod common;

use chancery_typeset::{Worker, WorkerConfig, WorkerError};
use common::{config, main, pages, typeset};
use std::fs;
use std::process::Command;

/// The child processes of this test, of which its worker is the only one.
fn children() -> Vec<u32> {
    let stat = |pid: u32| fs::read_to_string(format!("/proc/{pid}/stat")).ok();
    let parent = |stat: &str| stat.rsplit(')').next()?.split_whitespace().nth(1)?.parse::<u32>().ok();
    let state = |stat: &str| stat.rsplit(')').next().and_then(|rest| rest.split_whitespace().next().map(str::to_owned));
    let pids = fs::read_dir("/proc").unwrap().flatten().filter_map(|entry| entry.file_name().to_str()?.parse().ok());
    let alive = pids.filter(|pid| {
        let stat = stat(*pid).unwrap_or_default();
        parent(&stat) == Some(std::process::id()) && state(&stat).as_deref() != Some("Z")
    });
    alive.collect()
}

fn kill(pid: u32) {
    assert!(Command::new("kill").args(["-9", &pid.to_string()]).status().unwrap().success());
}

#[tokio::test]
async fn another_takes_its_place() {
    let worker = Worker::new(config());
    let first = typeset(&worker, main(&pages(3, "good"))).await.unwrap();
    let [pid] = children()[..] else { panic!("{:?}", children()) };
    kill(pid);
    tokio::time::sleep(std::time::Duration::from_millis(200)).await;
    let png = worker.image(first.pages[2].hash, 200).await.unwrap().expect("kept");
    assert_eq!(common::size(&png), (200, 100));

    let second =
        worker.typeset(main(&pages(3, "better")), chancery_typeset::Wanted { eager: 0..1, scale: 1.0 }).await.unwrap();
    assert_eq!((second.pages.len(), second.image.is_some()), (3, true));
    let [other] = children()[..] else { panic!("{:?}", children()) };
    assert_ne!(pid, other);

    let endless = "#for i in range(10000) { for j in range(10000) { for k in range(10000) { let x = k } } }";
    let (broken, ()) = tokio::join!(typeset(&worker, main(endless)), async {
        tokio::time::sleep(std::time::Duration::from_millis(300)).await;
        kill(other);
    });
    assert!(matches!(&broken, Err(WorkerError::Died(words)) if words.contains("signal")), "{broken:?}");
    typeset(&worker, main(&pages(3, "best"))).await.expect("it goes on");

    drop(worker);
    tokio::time::sleep(std::time::Duration::from_millis(500)).await;
    assert!(children().is_empty(), "it ends with its client");

    let ended = Worker::new(config());
    typeset(&ended, main("x")).await.unwrap();
    ended.end().await;
    assert!(children().is_empty(), "its end is waited for");

    let missing = Worker::new(WorkerConfig::new("/no/such/program"));
    assert!(matches!(typeset(&missing, main("x")).await, Err(WorkerError::Io(_))));
    let other_program = Worker::new(WorkerConfig::new("true"));
    let error = typeset(&other_program, main("x")).await.expect_err("not a worker");
    assert!(matches!(error, WorkerError::Died(_) | WorkerError::Io(_)), "{error:?}");
}
