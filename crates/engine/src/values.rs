//! Values that a workspace's fields have, to choose from in forms.

use crate::cards::plain;
use crate::ipc::{Named, Values};
use chancery_model::{Kind, Node, Snippet, Workspace};
use std::collections::HashMap;
use std::hash::Hash;
use std::sync::Arc;
use walkdir::WalkDir;

/// Endings of pictures that briefings can show.
const PICTURES: [&str; 6] = ["png", "jpg", "jpeg", "gif", "webp", "svg"];

/// Returns the values, the most used first.
pub fn values(workspace: &Workspace) -> Values {
    let snippets = || workspace.snippets.values();
    let named = |kind: Kind| {
        let mut all: Vec<_> = snippets().filter(|snippet| snippet.kind == kind).collect();
        all.sort_by(|a, b| number(a).total_cmp(&number(b)).then_with(|| a.id.cmp(&b.id)));
        all.into_iter().map(|snippet| Named { id: snippet.id.clone(), title: plain(&snippet.title) }).collect()
    };
    let of_kind = |kind: Kind| snippets().filter(move |snippet| snippet.kind == kind);
    let languages = snippets().filter_map(|snippet| snippet.lang.as_deref());
    let languages = languages.chain(workspace.briefings.values().filter_map(|briefing| briefing.lang.as_deref()));
    Values {
        topics: by_use(snippets().flat_map(|snippet| snippet.topics.iter().map(String::as_str))),
        actors: by_use(snippets().flat_map(|snippet| snippet.actors.iter().map(String::as_str))),
        areas: named(Kind::Area),
        programmes: named(Kind::Programme),
        images: images(workspace),
        languages: by_use(languages.chain([workspace.config.language.as_str()])),
        roles: by_use(of_kind(Kind::Actor).filter(|actor| actor.field("from").is_some()).filter_map(text_of("role"))),
        series: by_use(of_kind(Kind::Figure).filter_map(text_of("series"))),
        dimensions: by_use(of_kind(Kind::Comparison).filter_map(text_of("dimension"))),
        sides: by_use(of_kind(Kind::Comparison).flat_map(|snippet| snippet.sides().into_keys())),
    }
}

fn number(snippet: &chancery_model::Snippet) -> f64 {
    snippet.field_number("number").unwrap_or(f64::INFINITY)
}

/// Returns what tells a field's text.
fn text_of(name: &'static str) -> impl Fn(&Arc<Snippet>) -> Option<String> {
    move |snippet| snippet.field(name).and_then(Node::text)
}

fn by_use<T: Into<String> + Hash + Eq + Ord>(values: impl Iterator<Item = T>) -> Vec<String> {
    let mut counts: HashMap<T, usize> = HashMap::new();
    for value in values {
        *counts.entry(value).or_default() += 1;
    }
    let mut values: Vec<_> = counts.into_iter().collect();
    values.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    values.into_iter().map(|(value, _)| value.into()).collect()
}

fn images(workspace: &Workspace) -> Vec<String> {
    let files = WalkDir::new(workspace.root.join(crate::picture::FOLDER))
        .sort_by_file_name()
        .into_iter()
        .filter_map(Result::ok);
    let files = files.filter(|entry| entry.file_type().is_file());
    let names = files.filter_map(|entry| chancery_workspace::paths::relative(&workspace.root, entry.path()));
    let is_picture = |name: &String| {
        let ending = name.rsplit('.').next().unwrap_or_default().to_ascii_lowercase();
        PICTURES.contains(&ending.as_str())
    };
    names.filter(is_picture).collect()
}
