//! Views: blocks computed from the snippets that a query selects.
//!
//! [`draw`] turns the body of a view into the data of a block (`docs/packs.md`) and the prose that goes into it. It is
//! a pure function of the body's text and the [`ViewContext`]; places are bytes of the body, so that a result holds
//! wherever the view moves to. `sources`, `acronyms` and `evidence` need to know what the rest of the briefing
//! shows ([`collects`]): they are drawn last.

mod acronyms;
mod axis;
mod builder;
mod comparison;
mod deals;
mod evidence;
mod figures;
mod polytope;
mod priorities;
mod ranking;
mod recommendations;
mod snippet;
mod sources;
mod spec;
mod timeline;

pub use builder::{Origin, Prose, snippet_label, source_label};
pub use ranking::{Ranked, Ranking, Scores, Stay};
pub use snippet::{SnippetBlock, snippet_block};
pub use spec::{VIEWS, ViewSpec, view};

use crate::cite::Citer;
use crate::query::{Finding, Translations};
use crate::words::Words;
use builder::Builder;
use chancery_model::{Problem, Workspace, nearest};
use std::collections::BTreeSet;

/// What views are drawn from.
#[derive(Debug, Clone, Copy)]
pub struct ViewContext<'a> {
    /// The workspace.
    pub workspace: &'a Workspace,
    /// Snippets in the briefing's language.
    pub translations: &'a Translations,
    /// The words of the briefing's language.
    pub words: Words,
    /// Finished citations.
    pub citer: &'a Citer,
    /// What the briefing shows beside this view.
    pub shown: &'a Shown,
}

/// What a briefing shows.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Shown {
    /// Its views: name and body, in order.
    pub views: Vec<(String, String)>,
    /// Ids of snippets that have a label on these pages.
    pub labelled: BTreeSet<String>,
    /// Keys of the works it cites, views included, in order of their first citation; for `sources`.
    pub cited: Vec<String>,
    /// Its text, embeds included, without formatting; for `acronyms`.
    pub text: String,
    /// Its passages, in order; for `evidence`.
    pub passages: Vec<Passage>,
}

/// A passage of a briefing and what it rests on.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Passage {
    /// What it says, without formatting.
    pub text: String,
    /// The snippet that it embeds.
    pub snippet: Option<String>,
    /// What it cites: key and locator.
    pub sources: Vec<(String, Option<String>)>,
}

/// A view, ready to be drawn by a block.
#[derive(Debug, Clone, PartialEq)]
pub struct Drawn {
    /// The block's name.
    pub block: &'static str,
    /// The block's data; none where there is nothing to show.
    pub data: Option<serde_json::Value>,
    /// The pieces of content that the data refers to.
    pub prose: Vec<Prose>,
    /// What stands in the preview where there is nothing to show.
    pub placeholder: String,
    /// What is wrong, with places in the body.
    pub findings: Vec<Finding>,
    /// Ids of the snippets that it shows or rests on, in order.
    pub snippets: Vec<String>,
    /// Keys of the works that it cites, in order.
    pub cited: Vec<String>,
}

impl Shown {
    /// Returns whether these pages hold a list of sources that citations can lead to.
    pub fn lists_sources(&self) -> bool {
        self.views.iter().any(|(name, _)| name == "sources")
    }
}

impl Drawn {
    /// Puts labels on the items that stand for these snippets, so that references lead to them.
    ///
    /// Only timelines and recommendations have such items. A label may stand on a page once: the caller chooses.
    pub fn label(&mut self, ids: &BTreeSet<String>) {
        let Some(data) = &mut self.data else { return };
        let lists = match self.block {
            "timeline" => data.get_mut("events").into_iter().collect::<Vec<_>>(),
            "recommendations" => {
                let groups = data.get_mut("groups").and_then(serde_json::Value::as_array_mut);
                groups.into_iter().flatten().filter_map(|group| group.get_mut("items")).collect()
            }
            _ => Vec::new(),
        };
        let mut left = ids.clone();
        for item in lists.into_iter().filter_map(serde_json::Value::as_array_mut).flatten() {
            let id = item.get("id").and_then(serde_json::Value::as_str).map(str::to_owned);
            if let Some(id) = id.filter(|id| left.remove(id))
                && let Some(item) = item.as_object_mut()
            {
                item.insert("label".to_owned(), snippet_label(&id).into());
            }
        }
    }
}

/// Returns whether a view shows what the rest of the briefing embeds and cites, and so is drawn after it.
pub fn collects(name: &str) -> bool {
    matches!(name, "acronyms" | "sources" | "evidence")
}

/// Draws the view of that name; `repeated` where the briefing has shown the same view before.
pub fn draw(name: &str, body: &str, repeated: bool, context: &ViewContext) -> Drawn {
    let Some(spec) = view(name) else { return unknown(name) };
    let mut builder = Builder::new(spec, spec.read(body), context);
    let data = match spec.name {
        "timeline" => timeline::draw(&mut builder),
        "comparison" => comparison::draw(&mut builder),
        "figures" => figures::draw(&mut builder),
        "deals" => deals::draw(&mut builder),
        "recommendations" => recommendations::draw(&mut builder),
        "priorities" => priorities::draw(&mut builder),
        "acronyms" => acronyms::draw(&mut builder),
        "sources" => sources::draw(&mut builder, repeated),
        _ => evidence::draw(&mut builder),
    };
    builder.finish(data)
}

fn unknown(name: &str) -> Drawn {
    let problem = Problem::error("unknown-view", format!("there is no view `{{{name}}}`"));
    let near = nearest(name, VIEWS.iter().map(|view| view.name));
    let all = || VIEWS.iter().map(|view| view.name).collect::<Vec<_>>().join(", ");
    let problem =
        problem.hint(near.map_or_else(|| format!("one of {}", all()), |near| format!("did you mean `{near}`?")));
    Drawn {
        block: "",
        data: None,
        prose: Vec::new(),
        placeholder: format!("{{{name}}}"),
        findings: vec![Finding { span: 0..0, problem }],
        snippets: Vec::new(),
        cited: Vec::new(),
    }
}
