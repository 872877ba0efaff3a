//! What lists show of snippets, sources, briefings and packs.

use crate::copies;
use crate::ipc::{BriefingCard, SnippetCard, SourceCard, TemplateCard};
use crate::uses::Uses;
use chancery_compose::cite::{Citer, Style};
use chancery_compose::field_texts;
use chancery_compose::query::Translations;
use chancery_compose::views::{self, Drawn, Shown, ViewContext};
use chancery_compose::words::Words;
use chancery_markup::{BlockKind, Options, parse_inline, plain_text};
use chancery_model::{Briefing, Date, Kind, Snippet, Source, SourceRef, Workspace};
use chancery_template::{Pack, PackKind};
use chancery_workspace::{Changed, linked_document};
use std::collections::{HashMap, HashSet};
use std::path::Path;

/// How many letters of the body a card shows.
const EXCERPT: usize = 280;

/// Makes cards of a workspace's things, in the workspace's language.
pub struct Cards {
    words: Words,
    citer: Citer,
    superseded: HashSet<String>,
    /// Linked documents by source.
    documents: HashMap<String, String>,
    default_marking: Option<String>,
    language: String,
    today: (i16, u8, u8),
}

impl Cards {
    /// Returns the maker for a workspace as it is now.
    pub fn new(workspace: &Workspace, today: (i16, u8, u8)) -> Self {
        let words = Words::for_lang(&workspace.config.language);
        let style = Style::named(&workspace.config.csl).unwrap_or_default();
        let superseded = workspace.snippets.values().flat_map(|snippet| snippet.supersedes.iter().cloned()).collect();
        Self {
            words,
            citer: Citer::new(style, workspace, words),
            superseded,
            documents: documents(workspace),
            default_marking: workspace.config.default_marking.clone(),
            language: workspace.config.language.clone(),
            today,
        }
    }

    /// Takes over what changed in the workspace.
    pub fn follow(&mut self, changed: &Changed, workspace: &Workspace) {
        if changed.config || !changed.removed.is_empty() {
            *self = Self::new(workspace, self.today);
        } else if changed.sources {
            self.citer.update(workspace);
            self.documents = documents(workspace);
        }
        self.superseded.extend(changed.snippets.iter().flat_map(|snippet| snippet.supersedes.iter().cloned()));
    }

    /// Returns a snippet's card.
    pub fn snippet(&self, snippet: &Snippet, uses: &Uses, workspace: &Workspace) -> SnippetCard {
        let sources = snippet.sources.iter();
        let texts = self.texts(snippet, workspace);
        SnippetCard {
            id: snippet.id.clone(),
            file: snippet.file.clone(),
            kind: snippet.kind,
            title: plain(&snippet.title),
            short: snippet.short.as_deref().map(plain),
            excerpt: excerpt(snippet.body()),
            date: self.date(snippet),
            edtf: snippet.date.map(|date| date.to_string()),
            sources: sources.filter_map(|source| self.citer.short(&source.key, source.locator.as_deref())).collect(),
            value: self.value(snippet),
            marking: snippet.marking.clone().or_else(|| self.default_marking.clone()),
            topics: snippet.topics.clone(),
            actors: snippet.actors.clone(),
            fields: texts.iter().map(|(name, _)| name.clone()).collect(),
            texts: texts.into_iter().collect(),
            overdue: snippet.review.and_then(|review| self.overdue(review)),
            conflict: !snippet.conflicts.is_empty(),
            superseded: self.superseded.contains(&snippet.id),
            used: uses.count(&snippet.id),
            copy_of: copies::origin(snippet),
            origin_changed: copies::is_behind(snippet, workspace),
            lang: snippet.lang.clone().unwrap_or_else(|| self.language.clone()),
        }
    }

    /// Returns a source's card.
    pub fn source(&self, source: &Source, used: u32) -> SourceCard {
        let list = self.citer.list(std::slice::from_ref(&source.key));
        let reference = list.first().map(|entry| chancery_compose::cite::plain(&entry.runs)).unwrap_or_default();
        SourceCard {
            key: source.key.clone(),
            short: self.citer.short(&source.key, None).unwrap_or_else(|| source.key.clone()),
            title: source.entry.title().map(ToString::to_string).unwrap_or_default(),
            reference,
            document: self.documents.get(&source.key).cloned(),
            url: source.entry.url_any().map(|url| url.value.to_string()),
            file: source.file.clone(),
            line: source.line,
            used,
        }
    }

    /// Returns a briefing's card.
    pub fn briefing(&self, briefing: &Briefing, root: &Path) -> BriefingCard {
        let modified = root.join(&briefing.file).metadata().and_then(|metadata| metadata.modified()).ok();
        let millis = modified.and_then(|time| time.duration_since(std::time::UNIX_EPOCH).ok());
        BriefingCard {
            file: briefing.file.clone(),
            title: plain(&briefing.title),
            template: briefing.template.as_ref().map(|template| template.name.clone()),
            date: briefing.date.map(|date| self.words.date_short(date)),
            marking: briefing.marking.clone().or_else(|| self.default_marking.clone()),
            modified: millis.map_or(0.0, |time| time.as_secs_f64() * 1e3),
        }
    }

    /// Returns a view as the workspace's language has it.
    pub fn view(&self, workspace: &Workspace, name: &str, body: &str) -> Drawn {
        let context = ViewContext {
            workspace,
            translations: &Translations::new(workspace, &self.language),
            words: self.words,
            citer: &self.citer,
            shown: &Shown::default(),
        };
        views::draw(name, body, false, &context)
    }

    /// Returns what an embed shows of a snippet's fields, as plain text.
    fn texts(&self, snippet: &Snippet, workspace: &Workspace) -> Vec<(String, String)> {
        let cited = |source: &SourceRef| self.citer.short(&source.key, source.locator.as_deref());
        let title = |id: &str| workspace.snippets.get(id).map_or_else(|| id.to_owned(), |named| named.title.clone());
        let texts = field_texts(snippet, self.words, cited, title).into_iter();
        texts.map(|(name, text)| (name, plain(&text))).collect()
    }

    fn date(&self, snippet: &Snippet) -> Option<String> {
        snippet.date_text.clone().or_else(|| snippet.date.map(|date| self.words.date_short(date)))
    }

    fn value(&self, snippet: &Snippet) -> Option<String> {
        if !matches!(snippet.kind, Kind::Figure | Kind::Deal) {
            return None;
        }
        let field = snippet.field_text("value")?;
        let number = self.words.number(&field.value);
        Some(match field.unit {
            Some(unit) => format!("{number} {unit}"),
            None => number,
        })
    }

    /// Returns the days since the review was due; none where it is not.
    fn overdue(&self, review: Date) -> Option<u32> {
        let days = |(year, month, day): (i16, u8, u8)| {
            jiff::civil::Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
        };
        let late = days(self.today)?.since(days(review.last()?)?).ok()?.get_days();
        u32::try_from(late).ok().filter(|late| *late > 0)
    }
}

/// Returns the documents that sources link to, by key.
fn documents(workspace: &Workspace) -> HashMap<String, String> {
    let mut texts: HashMap<&str, String> = HashMap::new();
    let mut documents = HashMap::new();
    for source in workspace.sources.values().filter(|source| source.file.ends_with(".bib")) {
        let read = || std::fs::read_to_string(workspace.root.join(&source.file)).unwrap_or_default();
        let text = texts.entry(&source.file).or_insert_with(read);
        // Telling entries apart takes longer than this look.
        if text.contains("file") {
            documents.extend(linked_document(text, &source.key).map(|document| (source.key.clone(), document)));
        }
    }
    documents
}

/// Returns a pack's card.
pub fn template(pack: &Pack) -> TemplateCard {
    let picture = pack.thumbnail().and_then(|(path, bytes)| {
        let kind = match Path::new(path).extension()?.to_str()? {
            "png" => "png",
            "jpg" | "jpeg" => "jpeg",
            "webp" => "webp",
            _ => return None,
        };
        Some(format!("data:image/{kind};base64,{}", BASE64.encode(bytes)))
    });
    TemplateCard {
        name: pack.package.name.clone(),
        version: pack.package.version.to_string(),
        kind: match pack.kind() {
            PackKind::Note => "note".to_owned(),
            PackKind::Deck => "deck".to_owned(),
        },
        description: pack.manifest.description.clone(),
        descriptions: pack.descriptions().map(|(language, text)| (language.to_owned(), text.to_owned())).collect(),
        thumbnail: picture,
        origin: pack.origin.name().to_owned(),
    }
}

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;

/// Returns inline Markdown as plain text.
pub fn plain(markdown: &str) -> String {
    let document = parse_inline(markdown, 0, &Options::default());
    let words = document.blocks.iter().filter_map(|block| match &block.kind {
        BlockKind::Paragraph(inlines) => Some(plain_text(inlines)),
        _ => None,
    });
    words.collect::<Vec<_>>().join(" ")
}

/// Returns the beginning of a body as plain text, without the marks of Markdown that read badly in a line.
fn excerpt(body: &str) -> String {
    let first = body.trim_start().split("\n\n").next().unwrap_or_default();
    let text = plain(first);
    match text.char_indices().nth(EXCERPT) {
        Some((end, _)) => format!("{}…", text[..end].trim_end()),
        None => text,
    }
}
