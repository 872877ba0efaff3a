//! Writes the composed Typst of a briefing: `cargo run -p chancery-compose --example compose -- WORKSPACE BRIEFING OUT`.

use chancery_compose::{Cache, Folder, Mode, Request, compose};
use chancery_model::PackRef;
use chancery_template::{Library, Lock};
use std::error::Error;
use std::fs;
use std::path::PathBuf;
use std::time::Instant;

fn main() -> Result<(), Box<dyn Error>> {
    let mut args = std::env::args().skip(1);
    let (Some(root), Some(file), Some(out)) = (args.next(), args.next(), args.next()) else {
        return Err("usage: compose WORKSPACE BRIEFING OUT".into());
    };
    let root = PathBuf::from(root);
    let loaded = chancery_workspace::load(&root)?;
    let workspace = &loaded.workspace;
    let briefing = workspace.briefings.get(&file).ok_or("no such briefing")?;
    let library = Library::new(Some(&root), None);
    let named = briefing.template.clone().or_else(|| workspace.config.template.clone());
    let pack = library.find(&named.unwrap_or_else(|| PackRef::parse("policy-brief", 0..0)), &Lock::default())?;
    let images = Folder::new(&root);
    let request = Request {
        workspace,
        revision: Some(1),
        briefing,
        pack: &pack,
        library: &library,
        set: &[],
        mode: Mode::Export,
        today: (2026, 11, 21),
        images: &images,
    };
    let mut cache = Cache::default();
    let start = Instant::now();
    let composed = compose(&request, &mut cache);
    let cold = start.elapsed();
    let start = Instant::now();
    compose(&request, &mut cache);
    eprintln!("composed in {cold:?}, again in {:?}", start.elapsed());
    for problem in &composed.problems {
        let place = problem.place.as_ref().map(|p| format!("{}:{}:{}", p.file, p.line, p.column)).unwrap_or_default();
        eprintln!(
            "{:?}[{}] {place}: {} {}",
            problem.severity,
            problem.code,
            problem.message,
            problem.hint.as_deref().unwrap_or("")
        );
    }
    for (path, bytes) in &composed.files {
        let path = PathBuf::from(&out).join(path);
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder)?;
        }
        fs::write(path, bytes)?;
    }
    Ok(())
}
