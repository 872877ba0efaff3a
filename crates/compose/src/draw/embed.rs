//! Embeds.

use super::{Drawer, origin};
use crate::data::Variant;
use crate::field::{self, FieldValue};
use crate::query::Pick;
use crate::views::snippet_block;
use chancery_markup::{EmbedCall, Field, FileRef, Scope, Writer, write_inlines};
use chancery_model::{Problem, Snippet, nearest};
use std::ops::Range;
use std::sync::Arc;

const VARIANTS: [&str; 3] = ["short", "title", "full"];

impl Drawer<'_> {
    /// Writes an embed that stands alone in its paragraph.
    pub(super) fn block_embed(&mut self, call: &EmbedCall, scope: &Scope<'_>, out: &mut Writer) {
        if call.field.is_some() {
            return self.inline_embed(call, scope, out);
        }
        let Some(pick) = self.embedded(call, scope) else { return self.missing_block(&call.to_string(), out) };
        let variant = self.variant(call, scope).unwrap_or(Variant::Full);
        if variant == Variant::Short && pick.text.short.is_none() {
            self.no_short(&pick.text, call, scope);
            return self.missing_block(&call.to_string(), out);
        }
        self.around(&pick, |drawer| drawer.snippet(&pick, variant, call, scope, out));
    }

    /// Writes an embed within a line: the short variant, another, or the value of a field.
    pub(super) fn inline_embed(&mut self, call: &EmbedCall, scope: &Scope<'_>, out: &mut Writer) {
        let Some(pick) = self.embedded(call, scope) else { return self.missing(&call.to_string(), out) };
        self.around(&pick, |drawer| match &call.field {
            Some(field) => drawer.field_value(&pick, field, call, scope, out),
            None => drawer.in_line(&pick, call, scope, out),
        });
    }

    fn in_line(&mut self, pick: &Pick, call: &EmbedCall, scope: &Scope<'_>, out: &mut Writer) {
        match self.variant(call, scope).unwrap_or(Variant::Short) {
            Variant::Title => self.write_field(&pick.text, "title", scope, out),
            Variant::Full => self.body_in_line(&pick.text, call, scope, out),
            Variant::Short => match &pick.text.short {
                Some(short) => {
                    self.write_field(&pick.text, "short", scope, out);
                    self.out.words += crate::count::words_of(short);
                }
                None => {
                    self.no_short(&pick.text, call, scope);
                    self.missing(&call.to_string(), out);
                }
            },
        }
    }

    /// Writes a snippet as a block.
    fn snippet(&mut self, pick: &Pick, variant: Variant, call: &EmbedCall, scope: &Scope<'_>, out: &mut Writer) {
        let labelled = self.scene.placed.get(pick.id()) == Some(&(scope.document.file, call.span.start));
        let block = snippet_block(pick, variant, labelled, &self.scene.context);
        self.check_sources(&pick.text);
        self.check_shown(&block.snippets, scope.document.file, &call.span);
        if variant == Variant::Short {
            self.out.words += crate::count::words_of(pick.text.short.as_deref().unwrap_or_default());
        }
        // Structs of strings and numbers always serialise.
        let json = serde_json::to_vec_pretty(&block.data).unwrap_or_default();
        let place = origin(scope.document.file, &call.span);
        out.within(&place, |out| self.draw_data("snippet", json, &block.prose, None, out));
    }

    /// Returns the snippet that an embed shows, unless there is none or it is around the embed already.
    fn embedded(&mut self, call: &EmbedCall, scope: &Scope<'_>) -> Option<Pick> {
        let file = scope.document.file;
        let Some(snippet) = self.scene.snippet(&call.target).cloned() else {
            self.unknown_snippet(&call.target, file, &call.target_span);
            return None;
        };
        self.check_marking(&snippet, file, &call.span);
        if let Some(at) = self.stack.iter().position(|id| *id == snippet.id) {
            let mut circle = [&self.stack[at..], std::slice::from_ref(&snippet.id)].concat();
            circle.dedup();
            let circle = circle.join(" → ");
            let problem = Problem::error("embed-circle", format!("`{}` embeds itself: {circle}", snippet.id))
                .hint("take one of these embeds out, or link with `[[…]]` instead");
            self.find(file, &call.span, problem);
            return None;
        }
        Some(self.scene.pick(&snippet))
    }

    /// Runs `draw` with the snippet around what it draws; headings go below the one that the embed stands under.
    pub(super) fn around<T>(&mut self, pick: &Pick, draw: impl FnOnce(&mut Self) -> T) -> T {
        let below = chancery_markup::Levels::below(self.levels.current());
        let levels = std::mem::replace(&mut self.levels, below);
        let outside = self.stack.len();
        self.stack.push(pick.facts.id.clone());
        if pick.text.id != pick.facts.id {
            self.stack.push(pick.text.id.clone());
        }
        let result = draw(self);
        self.stack.truncate(outside);
        self.levels = levels;
        result
    }

    fn variant(&mut self, call: &EmbedCall, scope: &Scope<'_>) -> Option<Variant> {
        match call.variant.as_deref()?.trim() {
            "short" => Some(Variant::Short),
            "title" => Some(Variant::Title),
            "full" => Some(Variant::Full),
            other => {
                let problem = Problem::warning("unknown-variant", format!("`|{other}` is no variant of a snippet"));
                let hint = match nearest(other, VARIANTS) {
                    Some(near) => format!("did you mean `|{near}`?"),
                    None => "variants are `|short`, `|title` and `|full`".to_owned(),
                };
                self.find(scope.document.file, &call.span, problem.hint(hint));
                None
            }
        }
    }

    fn body_in_line(&mut self, snippet: &Arc<Snippet>, call: &EmbedCall, scope: &Scope<'_>, out: &mut Writer) {
        let parsed = self.texts.snippet(snippet);
        let Some(inlines) = super::prose::line(&parsed.document) else {
            let message = format!("the body of `{}` has several blocks and cannot stand in a line", snippet.id);
            let hint = "put the embed into a paragraph of its own, or use `|short`";
            self.find(scope.document.file, &call.span, Problem::error("block-in-line", message).hint(hint));
            return self.missing(&call.to_string(), out);
        };
        self.take_findings(&parsed.document);
        self.out.words += parsed.words;
        write_inlines(inlines, &Scope { document: &parsed.document, ..*scope }, self, out);
    }

    fn field_value(&mut self, pick: &Pick, field: &Field, call: &EmbedCall, scope: &Scope<'_>, out: &mut Writer) {
        let snippet = if pick.text.field(&field.name).is_some() { &pick.text } else { &pick.facts };
        let Some(value) = field::value(snippet, &field.name, self.scene.words) else {
            self.no_field(snippet, field, call, scope);
            return self.missing(&call.to_string(), out);
        };
        let file = self.texts.file(&snippet.file);
        let place = snippet.field(&field.name).map(|node| origin(file, &node.span));
        self.out.words += 1;
        match value {
            FieldValue::Text(text, unit) => {
                let unit = unit.map(|unit| pick.field_text("unit").unwrap_or(unit));
                match unit.filter(|_| field.with_unit) {
                    Some(unit) => self.with_unit(&text, &unit, place.as_ref(), out),
                    None => out.plain(&text, place.as_ref()),
                }
            }
            FieldValue::Markdown(_) => self.write_field(snippet, &field.name, scope, out),
            FieldValue::Snippets(ids) => {
                let titles: Vec<String> = ids.iter().map(|id| self.title(id)).collect();
                out.plain(&self.scene.words.enumeration(&titles), place.as_ref());
            }
            FieldValue::Sources => {
                let short =
                    |source: &chancery_model::SourceRef| self.scene.citer.short(&source.key, source.locator.as_deref());
                let texts: Vec<String> = snippet.sources.iter().filter_map(short).collect();
                out.plain(&texts.join("; "), place.as_ref());
            }
        }
    }

    /// Writes a number with its unit, on one line where the unit follows the number.
    fn with_unit(&mut self, number: &str, unit: &str, place: Option<&chancery_markup::Origin>, out: &mut Writer) {
        let whole = self.scene.words.with_unit(number, unit);
        match whole.strip_prefix(number).and_then(|rest| rest.strip_prefix(' ')) {
            Some(unit) => {
                let write = |out: &mut Writer| {
                    out.code("#kit.value(");
                    out.literal(number);
                    out.code(", unit: ");
                    out.literal(unit);
                    out.code(")");
                };
                match place {
                    Some(place) => out.within(place, write),
                    None => write(out),
                }
            }
            None => out.plain(&whole, place),
        }
    }

    /// Returns a snippet's title as plain text; its id where there is no such snippet.
    pub(super) fn title(&self, id: &str) -> String {
        let Some(snippet) = self.scene.snippet(id) else { return id.to_owned() };
        let title = &self.scene.pick(snippet).text.title;
        crate::plain::of_markdown(title, self.scene.request, self.scene.words)
    }

    pub(crate) fn take_findings(&mut self, document: &chancery_markup::Document) {
        for finding in &document.findings {
            self.find(document.file, &finding.span, finding.problem.clone());
        }
    }

    /// Notes that a snippet is marked higher than the briefing, at the embed or view in the briefing.
    pub(super) fn check_marking(&mut self, snippet: &Snippet, file: FileRef, span: &Range<usize>) {
        let Some(marking) = self.scene.marked_higher(snippet) else { return };
        let message = format!("`{}` is marked {marking}, higher than this briefing", snippet.id);
        let hint = format!("mark the briefing {marking}, or leave the snippet out");
        let problem = Problem::error("marking-too-low", message).hint(hint);
        match self.outer.clone() {
            Some(outer) => self.find(crate::texts::Texts::BRIEFING, &outer, problem),
            None => self.find(file, span, problem),
        }
    }

    /// Notes which snippets of a block or view are marked higher than the briefing.
    pub(super) fn check_shown(&mut self, ids: &[String], file: FileRef, span: &Range<usize>) {
        for id in ids {
            if let Some(snippet) = self.scene.snippet(id).cloned() {
                self.check_marking(&snippet, file, span);
            }
        }
    }

    pub(super) fn unknown_snippet(&mut self, target: &str, file: FileRef, span: &Range<usize>) {
        let problem = Problem::error("unknown-snippet", format!("there is no snippet `{target}`"));
        let problem = match self.scene.nearest_snippet(target) {
            Some(near) => problem.hint(format!("did you mean `{near}`?")),
            None => problem.hint("a snippet's id is the name of its file, without `.md`"),
        };
        self.find(file, span, problem);
    }

    fn no_short(&mut self, snippet: &Snippet, call: &EmbedCall, scope: &Scope<'_>) {
        let message = format!("`{}` has no `short`, which an embed within a line shows", snippet.id);
        let hint = format!("add `short:` to {}, or write `![[{}|title]]`", snippet.file, snippet.id);
        self.find(scope.document.file, &call.span, Problem::error("missing-short", message).hint(hint));
    }

    fn no_field(&mut self, snippet: &Snippet, field: &Field, call: &EmbedCall, scope: &Scope<'_>) {
        let message = format!("`{}` has no field `{}` that can be printed", snippet.id, field.name);
        let hint = match nearest(&field.name, field::names(snippet)) {
            Some(near) if near != field.name => format!("did you mean `#{near}`?"),
            _ => format!("it has {}", field::names(snippet).collect::<Vec<_>>().join(", ")),
        };
        self.find(scope.document.file, &call.span, Problem::error("unknown-embed-field", message).hint(hint));
    }
}
