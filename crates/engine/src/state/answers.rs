//! Answers to the window’s questions.

use super::edits::as_shown;
use super::{Machine, Open};
use crate::ipc::{CopyChanges, Failure, FoundText, PagePoint, Query, QueryReply, TextPoint};
use crate::state::opening::info;
use crate::state::preview::Typed;
use crate::{cards, copies, forms, search, values};
use chancery_model::Workspace;
use chancery_typeset::{Found, Link};
use chancery_workspace::{paths, same_sources};
use std::sync::Arc;
use tokio::sync::oneshot;

type Answer = oneshot::Sender<Result<QueryReply, Failure>>;

impl Machine {
    /// Answers a question; those that the worker has to answer go on beside the machine.
    pub(super) fn answer(&mut self, query: Query, reply: Answer) {
        let result = match query {
            Query::TextAt { briefing, page, x, y } => return self.text_at(&briefing, page, x, y, reply),
            Query::PageAt { briefing, file, offset } => return self.page_at(&briefing, &file, offset, reply),
            Query::Workspace => {
                Ok(QueryReply::Workspace { workspace: self.open.as_ref().map(|open| info(&open.desk)) })
            }
            Query::Recent => Ok(QueryReply::Recent { folders: self.recent.folders() }),
            Query::Kept => Ok(QueryReply::Kept { texts: self.memory.texts().clone() }),
            Query::Problems => Ok(QueryReply::Problems { problems: self.problems() }),
            Query::Pages => {
                Ok(QueryReply::Pages { pages: self.open.as_ref().and_then(|open| open.preview.pages.clone()) })
            }
            query => self.opened().and_then(|open| open.answer(query)),
        };
        let _ = reply.send(result);
    }

    fn text_at(&mut self, briefing: &str, page: u32, x: f64, y: f64, reply: Answer) {
        let Some(typed) = self.typed(briefing) else {
            let _ = reply.send(Ok(QueryReply::TextAt { found: None }));
            return;
        };
        let worker = self.shared.worker.clone();
        self.shared.spawn(async move {
            let found = worker.text_at((page as usize).saturating_sub(1), x, y).await.ok().flatten();
            let found = found.and_then(|found| place_of(&typed, &found));
            let _ = reply.send(Ok(QueryReply::TextAt { found }));
        });
    }

    fn page_at(&mut self, briefing: &str, file: &str, offset: u32, reply: Answer) {
        let Some(typed) = self.typed(briefing) else {
            let _ = reply.send(Ok(QueryReply::PageAt { points: Vec::new() }));
            return;
        };
        let text = text_of(&typed, file);
        let places = text
            .and_then(|text| crate::Document::new(text).byte(offset))
            .map_or_else(Vec::new, |byte| typed.draft.composed.map.places(file, byte));
        let worker = self.shared.worker.clone();
        self.shared.spawn(async move {
            let mut points = Vec::new();
            for (file, offset) in places {
                points.extend(worker.page_at(&file, offset).await.unwrap_or_default());
            }
            let point = |p: chancery_typeset::Point| PagePoint { page: p.page as u32 + 1, x: p.x, y: p.y };
            let _ = reply.send(Ok(QueryReply::PageAt { points: points.into_iter().map(point).collect() }));
        });
    }

    fn typed(&self, briefing: &str) -> Option<Arc<Typed>> {
        let typed = self.open.as_ref()?.preview.good.clone()?;
        (typed.draft.briefing.file == briefing).then_some(typed)
    }
}

impl Open {
    fn answer(&mut self, query: Query) -> Result<QueryReply, Failure> {
        let (desk, catalogue) = (&self.desk, &mut self.catalogue);
        Ok(match query {
            Query::Library { filter, offset, limit } => {
                QueryReply::Library { page: catalogue.page(desk, &filter, offset, limit)? }
            }
            Query::Cards { ids } => QueryReply::Cards { cards: catalogue.cards(desk, ids.iter().map(String::as_str)) },
            Query::Complete { what, text, limit } => catalogue.complete(desk, what, &text, limit as usize),
            Query::Sources { text } => QueryReply::Sources { sources: catalogue.sources(desk, &text) },
            Query::Briefings => QueryReply::Briefings { briefings: catalogue.briefings(desk) },
            Query::Templates => {
                let packs = desk.library().list();
                QueryReply::Templates { templates: packs.iter().map(|pack| cards::template(pack)).collect() }
            }
            Query::Uses { id } => QueryReply::Uses { uses: catalogue.uses(desk, &id) },
            Query::View { name, body } => {
                let (titles, problems) = catalogue.view(desk, &name, &body);
                QueryReply::View { count: u32::try_from(titles.len()).unwrap_or(u32::MAX), titles, problems }
            }
            Query::Slides => QueryReply::Slides { slides: self.preview.slides() },
            Query::Search { search: wanted, limit } => {
                QueryReply::Search { found: search::search(desk.workspace(), &wanted, limit as usize) }
            }
            Query::Versions { file } => QueryReply::Versions { versions: self.documents.versions(&file) },
            Query::VersionText { number } => QueryReply::Text { text: self.documents.version_text(number) },
            Query::Text { file } => QueryReply::Text { text: self.text(&file) },
            Query::Form { kind } => QueryReply::Form { schema: forms::front_matter(kind) },
            Query::SettingsForm { template } => QueryReply::Form { schema: desk.settings_form(template.as_deref()) },
            Query::ViewForm { name } => QueryReply::Form { schema: forms::view(&name) },
            Query::Values => QueryReply::Values { values: values::values(desk.workspace()) },
            Query::Citations { key } => QueryReply::Uses { uses: catalogue.citations(desk, &key) },
            Query::CopyChanges { id } => QueryReply::CopyChanges { changes: copy_changes(desk.workspace(), &id) },
            Query::SameSources => QueryReply::SameSources { groups: same_sources(desk.workspace()) },
            Query::Workspace
            | Query::Recent
            | Query::Kept
            | Query::Problems
            | Query::Pages
            | Query::TextAt { .. }
            | Query::PageAt { .. } => {
                return Err(Failure::usage("question", "the machine answers this question itself"));
            }
        })
    }
}

impl Open {
    /// Returns a file's text as it is now, with LF; none where the workspace has no such text file.
    fn text(&self, file: &str) -> Option<String> {
        if let Some(document) = self.documents.get(file) {
            return Some(document.text());
        }
        let text = self.desk.session().text(file).map(|text| text.to_string());
        let read = || std::fs::read_to_string(paths::resolve(self.desk.root(), file)?).ok();
        Some(as_shown(&text.or_else(read)?))
    }
}

/// Returns what the origin of a copy says anew.
fn copy_changes(workspace: &Workspace, id: &str) -> Option<CopyChanges> {
    let copy = workspace.snippets.get(id)?;
    let origin = workspace.snippets.get(&copies::origin(copy)?)?;
    Some(copies::changes(copy, origin))
}

/// Returns the text of a file as it was typeset.
fn text_of(typed: &Typed, file: &str) -> Option<String> {
    if typed.draft.briefing.file == file {
        return Some(typed.draft.briefing.text.to_string());
    }
    let stem = std::path::Path::new(file).file_stem()?.to_str()?;
    typed.workspace.snippets.get(stem).map(|snippet| snippet.text.to_string())
}

/// Returns the place in the analyst’s files of what stands under a point.
fn place_of(typed: &Typed, found: &Found) -> Option<FoundText> {
    let link = match &found.link {
        Some(Link::Url(url)) => Some(url.clone()),
        _ => None,
    };
    let map = &typed.draft.composed.map;
    let own = |file: &str, offset: usize| map.origin(file, offset..offset);
    let origin = own(&found.file, found.offset)
        .or_else(|| found.within.as_ref().and_then(|(file, offset)| own(file, *offset)))?;
    let briefing = &typed.draft.briefing;
    let place = TextPoint {
        file: briefing.file.clone(),
        offset: crate::Document::new(briefing.text.to_string()).offset(origin.briefing.start),
    };
    let snippet = origin.snippet.as_ref().map(|snippet| snippet.id.clone());
    let inner = origin.snippet.and_then(|snippet| {
        let text = typed.workspace.snippets.get(&snippet.id)?.text.to_string();
        Some(TextPoint { file: snippet.file, offset: crate::Document::new(text).offset(snippet.range.start) })
    });
    Some(FoundText { place, origin: inner, snippet, link })
}
