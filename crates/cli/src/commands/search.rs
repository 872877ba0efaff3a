//! `chancery search`: finds snippets.

use crate::Done;
use crate::context::Options;
use crate::report::Report;
use chancery_engine::ipc::{Failure, LibraryFilter, SnippetCard};
use chancery_engine::{Catalogue, EngineConfig};
use chancery_model::Kind;
use clap::builder::PossibleValuesParser;
use std::path::Path;

/// Finds snippets.
#[derive(clap::Args)]
pub struct Arguments {
    /// Words of the title, the text, the actors or the id
    query: String,
    /// Only this kind
    #[arg(long, value_parser = PossibleValuesParser::new(Kind::NAMES))]
    kind: Option<String>,
    /// Only this topic
    #[arg(long)]
    topic: Option<String>,
    /// At most so many
    #[arg(long, default_value_t = 20)]
    limit: u32,
}

/// Searches.
pub fn run(arguments: &Arguments, options: &Options) -> Done {
    let desk = options.open(Path::new("."))?;
    let mut catalogue = Catalogue::new(&desk, &EngineConfig::for_user(None)?)?;
    let filter = LibraryFilter {
        text: arguments.query.clone(),
        kinds: arguments.kind.as_deref().and_then(Kind::parse).into_iter().collect(),
        topics: arguments.topic.clone().into_iter().collect(),
        ..LibraryFilter::default()
    };
    let page = catalogue.page(&desk, &filter, 0, arguments.limit)?;
    let report = Report::new(options.json, desk.root());
    for card in &page.cards {
        report.object("snippet", serde_json::to_value(card).unwrap_or_default());
        report.line(line(card));
    }
    if page.cards.is_empty() && !options.json {
        return Err(Failure::input("nothing-found", format!("no snippet was found for `{}`", arguments.query)).into());
    }
    Ok(())
}

/// Returns a card as lines for people.
pub fn line(card: &SnippetCard) -> String {
    let about = [Some(card.kind.name().to_owned()), card.date.clone(), card.sources.first().cloned()];
    let about: Vec<String> = about.into_iter().flatten().collect();
    format!("{}\n    {}\n    {}", card.id, card.title, about.join(" · "))
}
