//! Values that a workspace's fields have, to choose from in forms.

use crate::cards::plain;
use crate::ipc::{Named, Values};
use chancery_model::{Kind, Workspace};
use std::collections::HashMap;
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
    let languages = snippets().filter_map(|snippet| snippet.lang.as_deref());
    let languages = languages.chain(workspace.briefings.values().filter_map(|briefing| briefing.lang.as_deref()));
    Values {
        topics: by_use(snippets().flat_map(|snippet| snippet.topics.iter().map(String::as_str))),
        actors: by_use(snippets().flat_map(|snippet| snippet.actors.iter().map(String::as_str))),
        areas: named(Kind::Area),
        programmes: named(Kind::Programme),
        images: images(workspace),
        languages: by_use(languages.chain([workspace.config.language.as_str()])),
    }
}

fn number(snippet: &chancery_model::Snippet) -> f64 {
    snippet.field_number("number").unwrap_or(f64::INFINITY)
}

fn by_use<'a>(values: impl Iterator<Item = &'a str>) -> Vec<String> {
    let mut counts: HashMap<&str, usize> = HashMap::new();
    for value in values {
        *counts.entry(value).or_default() += 1;
    }
    let mut values: Vec<_> = counts.into_iter().collect();
    values.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(b.0)));
    values.into_iter().map(|(value, _)| value.to_owned()).collect()
}

fn images(workspace: &Workspace) -> Vec<String> {
    let files = WalkDir::new(workspace.root.join("images")).sort_by_file_name().into_iter().filter_map(Result::ok);
    let files = files.filter(|entry| entry.file_type().is_file());
    let names = files.filter_map(|entry| chancery_workspace::paths::relative(&workspace.root, entry.path()));
    let is_picture = |name: &String| {
        let ending = name.rsplit('.').next().unwrap_or_default().to_ascii_lowercase();
        PICTURES.contains(&ending.as_str())
    };
    names.filter(is_picture).collect()
}
