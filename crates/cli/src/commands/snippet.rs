//! `chancery snippet`: looks at snippets and where they are used.

use super::search::line;
use crate::Done;
use crate::context::Options;
use crate::report::Report;
use chancery_engine::ipc::{Failure, LibraryFilter};
use chancery_engine::{Catalogue, Desk, EngineConfig};
use chancery_model::{Snippet, nearest};
use serde_json::json;
use std::path::Path;
use std::sync::Arc;

/// Looks at snippets.
#[derive(clap::Subcommand)]
pub enum Arguments {
    /// List all snippets
    List,
    /// Show a snippet as it is written
    Show {
        /// Its id
        id: String,
    },
    /// Show where a snippet is used
    Uses {
        /// Its id
        id: String,
    },
}

/// Looks.
pub fn run(arguments: &Arguments, options: &Options) -> Done {
    let desk = options.open(Path::new("."))?;
    let mut catalogue = Catalogue::new(&desk, &EngineConfig::for_user(None)?)?;
    let report = Report::new(options.json, desk.root());
    match arguments {
        Arguments::List => {
            for card in catalogue.page(&desk, &LibraryFilter::default(), 0, u32::MAX)?.cards {
                report.object("snippet", serde_json::to_value(&card).unwrap_or_default());
                report.line(line(&card));
            }
        }
        Arguments::Show { id } => {
            let snippet = find(&desk, id)?;
            report.line(snippet.text.trim_end());
            let card = catalogue.cards(&desk, [snippet.id.as_str()]).into_iter().next();
            let mut object = serde_json::to_value(card).unwrap_or_default();
            object["text"] = json!(&*snippet.text);
            report.object("snippet", object);
        }
        Arguments::Uses { id } => {
            find(&desk, id)?;
            for place in catalogue.uses(&desk, id) {
                report.line(format!("{}:{}: {}", place.file, place.line, place.text));
                report.object("use", serde_json::to_value(&place).unwrap_or_default());
            }
        }
    }
    Ok(())
}

fn find(desk: &Desk, id: &str) -> Result<Arc<Snippet>, Failure> {
    let snippets = &desk.workspace().snippets;
    if let Some(snippet) = snippets.get(id) {
        return Ok(snippet.clone());
    }
    let failure = Failure::input("unknown-snippet", format!("the workspace has no snippet `{id}`"));
    Err(match nearest(id, snippets.keys().map(String::as_str)) {
        Some(near) => failure.hint(format!("Did you mean `{near}`?")),
        None => failure,
    })
}
