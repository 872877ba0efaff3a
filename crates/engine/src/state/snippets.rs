//! A snippet's life: renamed, deleted, copied, settled with its origin, changed with others.

use super::{Machine, Open};
use crate::copies;
use crate::ipc::{ActionReply, Failure, FieldChange, FieldChangeHow, Settling};
use crate::starters::Starter;
use chancery_model::{FieldForm, Node, Snippet, common_fields, nearest};
use chancery_workspace::change::{FileChange, WorkspaceEdit};
use chancery_workspace::edit::{FieldValue, set_field};
use chancery_workspace::uses::{self, RenameError};
use std::sync::Arc;

impl Machine {
    /// Gives a snippet another id.
    pub(super) fn rename_snippet(&mut self, id: &str, to: &str) -> Result<ActionReply, Failure> {
        self.change_files(|open| {
            uses::rename(open.desk.workspace(), id, to).map_err(|error| {
                let code = match error {
                    RenameError::Unknown(_) => "unknown-snippet",
                    RenameError::Taken(_) => "taken",
                    RenameError::NotAnId(_) => "not-an-id",
                };
                Failure::input(code, error.to_string())
            })
        })
    }

    /// Deletes snippets.
    pub(super) fn delete_snippets(&mut self, ids: &[String]) -> Result<ActionReply, Failure> {
        self.change_files(|open| {
            let gone = |id: &String| {
                let snippet = find(open, id)?;
                Ok(FileChange::delete(snippet.file.clone(), snippet.text.to_string()))
            };
            let files = ids.iter().map(gone).collect::<Result<_, Failure>>()?;
            Ok(WorkspaceEdit { label: format!("Delete {}", ids.join(", ")), files })
        })
    }

    /// Makes a copy of a snippet, one that remembers its origin where it is `detached`.
    pub(super) fn copy_snippet(&mut self, id: &str, detached: bool) -> Result<ActionReply, Failure> {
        let open = self.opened()?;
        let origin = find(open, id)?;
        let folder = origin.file.rsplit_once('/').map_or("snippets", |(folder, _)| folder).to_owned();
        let text = origin.text.to_string();
        let text = if detached { copies::settled(&text, &origin) } else { text };
        self.make(Starter { folder, stem: format!("{id}-copy"), text })
    }

    /// Settles a copy with its origin.
    pub(super) fn settle_copy(&mut self, id: &str, how: Settling) -> Result<ActionReply, Failure> {
        self.change_files(|open| {
            let copy = find(open, id)?;
            let origin = copies::origin(&copy)
                .ok_or_else(|| Failure::input("no-copy", format!("`{id}` is no copy of another snippet")))?;
            let origin = find(open, &origin)?;
            let text = match how {
                Settling::Update => copies::settled(&copies::updated(&copy, &origin), &origin),
                Settling::Keep => copies::settled(&copy.text, &origin),
            };
            let files = FileChange::rewrite(&copy.file, &copy.text, &text).into_iter().collect();
            Ok(WorkspaceEdit { label: format!("Settle {id}"), files })
        })
    }

    /// Changes fields of several snippets.
    pub(super) fn set_fields(&mut self, ids: &[String], changes: &[FieldChange]) -> Result<ActionReply, Failure> {
        self.change_files(|open| {
            let mut files = Vec::new();
            for id in ids {
                let snippet = find(open, id)?;
                let text =
                    changes.iter().fold(snippet.text.to_string(), |text, change| changed(&snippet, &text, change));
                files.extend(FileChange::rewrite(&snippet.file, &snippet.text, &text));
            }
            let fields: Vec<&str> = changes.iter().map(|change| change.field.as_str()).collect();
            Ok(WorkspaceEdit { label: format!("Change {}", fields.join(", ")), files })
        })
    }
}

/// Returns a snippet's text after a change of one field.
fn changed(snippet: &Snippet, text: &str, change: &FieldChange) -> String {
    let has: Vec<String> = snippet.field_list(&change.field);
    let list = || {
        let kept = has.iter().filter(|value| change.how == FieldChangeHow::Add || !change.values.contains(value));
        let mut values: Vec<String> = kept.cloned().collect();
        if change.how == FieldChangeHow::Add {
            values.extend(change.values.iter().filter(|value| !has.contains(value)).cloned());
        }
        values
    };
    let values = if change.how == FieldChangeHow::Set { change.values.clone() } else { list() };
    if change.how != FieldChangeHow::Set && values == has {
        return text.to_owned();
    }
    let value = match (form(snippet, &change.field), values.as_slice()) {
        (_, []) => None,
        (FieldForm::List | FieldForm::Snippets | FieldForm::Sources, _) => Some(FieldValue::List(values)),
        (FieldForm::Date | FieldForm::Number | FieldForm::Boolean, [value, ..]) => {
            Some(FieldValue::Plain(value.clone()))
        }
        (_, [value]) => Some(FieldValue::Text(value.clone())),
        (_, _) => Some(FieldValue::List(values)),
    };
    set_field(text, &change.field, value.as_ref())
}

fn form(snippet: &Snippet, field: &str) -> FieldForm {
    let known = common_fields().iter().chain(snippet.kind.own_fields()).find(|spec| spec.name == field);
    let written = || {
        if snippet.field(field).map(Node::items).is_some_and(|items| items.len() > 1) {
            FieldForm::List
        } else {
            FieldForm::Text
        }
    };
    known.map_or_else(written, |spec| spec.form)
}

/// Returns a snippet of the open workspace.
pub(super) fn find(open: &Open, id: &str) -> Result<Arc<Snippet>, Failure> {
    let snippets = &open.desk.workspace().snippets;
    snippets.get(id).cloned().ok_or_else(|| {
        let failure = Failure::input("unknown-snippet", format!("the workspace has no snippet `{id}`"));
        match nearest(id, snippets.values().map(|snippet| snippet.id.as_str())) {
            Some(near) => failure.hint(format!("Did you mean `{near}`?")),
            None => failure,
        }
    })
}
