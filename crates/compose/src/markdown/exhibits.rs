//! Views as tables, and snippets as paragraphs.

use super::writer::grid;
use super::{Markdown, escape, words};
use crate::data::{
    Comparison, Deals, Evidence, Exhibit, Figures, Line, Priorities, Rich, Shape, SnippetData, SourceData, Timeline,
};
use chancery_markup::Align;
use serde::de::DeserializeOwned;
use serde_json::Value;

/// The data of a block with its prose written.
pub(super) struct Filled<'p> {
    prose: &'p [String],
}

impl Filled<'_> {
    /// Returns rich text as Markdown.
    pub fn rich(&self, rich: &Rich) -> String {
        match rich {
            Rich::Text(text) => escape::text(text),
            Rich::Prose { prose } => self.prose.get(*prose).cloned().unwrap_or_default(),
        }
    }

    /// Returns rich text as Markdown; nothing where there is none.
    pub fn maybe(&self, rich: Option<&Rich>) -> String {
        rich.map(|rich| self.rich(rich)).unwrap_or_default()
    }
}

impl Markdown<'_> {
    /// Returns a view.
    pub(super) fn exhibit(&mut self, block: &str, data: &Value, prose: &[String]) -> String {
        let filled = Filled { prose };
        let written = match block {
            "timeline" => read(data).map(|data| self.timeline(&data, &filled)),
            "comparison" => read(data).map(|data| self.comparison(&data, &filled)),
            "figures" => read(data).map(|data| self.figures(&data, &filled)),
            "deals" => read(data).map(|data| self.deals(&data, &filled)),
            "priorities" => read(data).map(|data| self.priorities(&data, &filled)),
            "evidence" => read(data).map(|data| self.evidence(&data, &filled)),
            "recommendations" => read(data).map(|data| self.recommendations(&data, &filled)),
            "acronyms" => read(data).map(|data| self.acronyms(&data, &filled)),
            "sources" => read(data).map(|data| self.sources(&data, &filled)),
            _ => None,
        };
        written.unwrap_or_default()
    }

    fn timeline(&self, data: &Timeline, filled: &Filled<'_>) -> String {
        let event = |event: &crate::data::TimelineEvent| {
            let cited = in_parentheses(&event.sources);
            format!(
                "- **{}** {}{cited}",
                escape::text(&event.date_text),
                super::writer::one_line(&filled.rich(&event.text))
            )
        };
        let events: Vec<String> = data.events.iter().map(event).collect();
        self.framed(&data.exhibit, filled, events.join("\n"))
    }

    fn comparison(&self, data: &Comparison, filled: &Filled<'_>) -> String {
        let words = self.scene.words;
        let side = |side: &crate::data::Side| match &side.sub {
            Some(sub) => format!("{} ({})", filled.rich(&side.label), filled.rich(sub)),
            None => filled.rich(&side.label),
        };
        let head: Vec<String> =
            std::iter::once(words::dimension(words).to_owned()).chain(data.sides.iter().map(side)).collect();
        let row = |row: &crate::data::ComparisonRow| {
            let shared = || vec![filled.maybe(row.shared.as_ref()); data.sides.len()];
            let cells = row
                .cells
                .as_ref()
                .map_or_else(shared, |cells| cells.iter().map(|cell| filled.maybe(cell.as_ref())).collect());
            std::iter::once(filled.rich(&row.dimension)).chain(cells).collect()
        };
        let rows: Vec<Vec<String>> = data.rows.iter().map(row).collect();
        self.framed(&data.exhibit, filled, grid(&head, &[], &rows))
    }

    fn figures(&self, data: &Figures, filled: &Filled<'_>) -> String {
        let words = self.scene.words;
        let value_head = [words::label(words).to_owned(), words::figure(words).to_owned()];
        let content = match &data.shape {
            Shape::Bar { bars, extra, .. } => {
                let head: Vec<String> =
                    value_head.into_iter().chain(extra.as_ref().map(|extra| escape::text(extra))).collect();
                let row = |bar: &crate::data::Bar| {
                    let value = [Some(bar.text.as_str()), bar.tag.as_deref()]
                        .into_iter()
                        .flatten()
                        .collect::<Vec<_>>()
                        .join(" ");
                    let mut cells = vec![escape::text(&bar.label), escape::text(&value)];
                    if extra.is_some() {
                        cells.push(escape::text(bar.extra.as_deref().unwrap_or_default()));
                    }
                    cells
                };
                grid(&head, &[Align::Left, Align::Right, Align::Right], &bars.iter().map(row).collect::<Vec<_>>())
            }
            Shape::Line { lines, .. } => lines_table(lines),
            Shape::Table { columns, rows } => {
                let head: Vec<String> = columns.iter().map(|column| filled.rich(&column.label)).collect();
                let align: Vec<Align> =
                    columns.iter().map(|column| if column.numeric { Align::Right } else { Align::Left }).collect();
                let cells =
                    |row: &crate::data::FigureRow| row.cells.iter().map(|cell| filled.maybe(cell.as_ref())).collect();
                grid(&head, &align, &rows.iter().map(cells).collect::<Vec<_>>())
            }
            Shape::Numbers { items } => {
                let item = |item: &crate::data::FigureItem| {
                    let unit = item.unit.as_ref().map(|unit| format!(" {}", escape::text(unit))).unwrap_or_default();
                    let date =
                        item.date_text.as_ref().map(|date| format!(" ({})", escape::text(date))).unwrap_or_default();
                    let label = filled.maybe(item.label.as_ref());
                    let label = if label.is_empty() { label } else { format!(": {label}") };
                    format!("- **{}{unit}**{label}{date}", escape::text(&item.text))
                };
                items.iter().map(item).collect::<Vec<_>>().join("\n")
            }
        };
        self.framed(&data.exhibit, filled, content)
    }

    fn deals(&self, data: &Deals, filled: &Filled<'_>) -> String {
        let words = self.scene.words;
        let value = data.value_head.as_ref().map_or_else(|| words::value(words).to_owned(), |head| escape::text(head));
        let head = [words::buyer(words), words::date(words), words::items(words)].map(str::to_owned);
        let head: Vec<String> = head.into_iter().chain([value, words::status(words).to_owned()]).collect();
        let row = |deal: &crate::data::Deal| {
            let items: Vec<String> = deal.items.iter().map(|item| escape::text(item)).collect();
            vec![
                escape::text(&deal.buyer),
                escape::text(&deal.date_text),
                items.join(", "),
                escape::text(deal.value_text.as_deref().unwrap_or("–")),
                escape::text(&deal.status_text),
            ]
        };
        let align = [Align::Left, Align::Left, Align::Left, Align::Right, Align::Left];
        let mut content = grid(&head, &align, &data.rows.iter().map(row).collect::<Vec<_>>());
        let total = |total: &crate::data::Total| {
            format!("{}, {}: {}", words::total(words), escape::text(&total.label), escape::text(&total.text))
        };
        let totals: Vec<String> = data.totals.iter().map(total).collect();
        if !totals.is_empty() {
            content.push_str(&format!("\n\n{}", totals.join("; ")));
        }
        self.framed(&data.exhibit, filled, content)
    }

    fn priorities(&self, data: &Priorities, filled: &Filled<'_>) -> String {
        let words = self.scene.words;
        let criteria =
            data.criteria.iter().map(|c| format!("{} ({})", escape::text(&c.title), escape::text(&c.weight_text)));
        let head: Vec<String> = [words::rank(words).to_owned(), words::area(words).to_owned()]
            .into_iter()
            .chain(criteria)
            .chain([words::total(words).to_owned(), words::ranks(words).to_owned()])
            .collect();
        let row = |area: &crate::data::Area| {
            let score =
                |score: &crate::data::Score| score.score.map_or_else(|| "–".to_owned(), |score| score.to_string());
            let ranks =
                if area.low == area.high { area.low.to_string() } else { format!("{}–{}", area.low, area.high) };
            [area.rank.to_string(), filled.rich(&area.area)]
                .into_iter()
                .chain(area.scores.iter().map(score))
                .chain([escape::text(&area.total_text), ranks])
                .collect::<Vec<_>>()
        };
        let mut align = vec![Align::Right, Align::Left];
        align.extend(std::iter::repeat_n(Align::Right, data.criteria.len() + 2));
        let mut content = grid(&head, &align, &data.rows.iter().map(row).collect::<Vec<_>>());
        let range = filled.maybe(data.range_text.as_ref());
        if !range.is_empty() {
            content.push_str(&format!("\n\n{range}"));
        }
        let unranked: Vec<String> = data.unranked.iter().map(|area| filled.rich(&area.area)).collect();
        if !unranked.is_empty() {
            content.push_str(&format!("\n\n{}: {}", words::no_evidence(words), unranked.join("; ")));
        }
        self.framed(&data.exhibit, filled, content)
    }

    fn evidence(&self, data: &Evidence, filled: &Filled<'_>) -> String {
        let words = self.scene.words;
        let head = [words::passage(words), words::snippet(words), words::sources(words), words::other_reading(words)];
        let row = |row: &crate::data::EvidenceRow| {
            let conflicts: Vec<String> = row.conflicts.iter().map(|conflict| filled.rich(&conflict.text)).collect();
            let id = row.id.as_deref().map(escape::code).unwrap_or_default();
            vec![filled.rich(&row.passage), id, cited(&row.sources), conflicts.join("; ")]
        };
        let rows: Vec<Vec<String>> = data.rows.iter().map(row).collect();
        self.framed(&data.exhibit, filled, grid(&head.map(str::to_owned), &[], &rows))
    }

    /// Returns a snippet: title and label, text, what belongs to its kind, sources.
    pub(super) fn snippet(&self, data: &SnippetData, prose: &[String]) -> String {
        let words = self.scene.words;
        let filled = Filled { prose };
        let about = [Some(&data.kind_text), data.date_text.as_ref(), data.status_text.as_ref()];
        let about: Vec<String> = about.into_iter().flatten().map(|text| escape::text(text)).collect();
        let mut parts = vec![format!("**{}** ({})", filled.rich(&data.title), about.join(" · "))];
        if let Some(value) = &data.value {
            let unit = value.unit.as_ref().map(|unit| format!(" {}", escape::text(unit))).unwrap_or_default();
            parts.push(format!("**{}{unit}**", escape::text(&value.text)));
        }
        parts.push(filled.maybe(data.body.as_ref()));
        if let Some(likelihood) = &data.likelihood {
            let [low, high] = likelihood.range;
            parts.push(format!("{} ({low}–{high} %)", escape::text(&likelihood.term)));
        }
        let row = |row: &crate::data::Row| format!("- {}: {}", escape::text(&row.label), filled.rich(&row.value));
        parts.push(data.rows.iter().map(row).collect::<Vec<_>>().join("\n"));
        let other =
            |other: &crate::data::Other| format!("{}: {}", words::other_reading(words), filled.rich(&other.text));
        parts.extend(data.other.iter().map(other));
        parts.push(self.source_line(&data.sources));
        joined(parts)
    }

    /// Returns an exhibit's content with its caption and foot.
    fn framed(&self, exhibit: &Exhibit, filled: &Filled<'_>, content: String) -> String {
        let mut parts = self.headed(exhibit.title.as_ref(), filled);
        let unit = filled.maybe(exhibit.unit_line.as_ref());
        if !unit.is_empty() {
            parts.push(format!("*{unit}*"));
        }
        parts.push(content);
        parts.push(filled.maybe(exhibit.caption.as_ref()));
        parts.push(self.noted(exhibit.note.as_ref(), filled));
        parts.push(self.source_line(&exhibit.sources));
        joined(parts)
    }

    pub(super) fn headed(&self, title: Option<&Rich>, filled: &Filled<'_>) -> Vec<String> {
        title.map(|title| format!("**{}**", filled.rich(title))).into_iter().collect()
    }

    pub(super) fn noted(&self, note: Option<&Rich>, filled: &Filled<'_>) -> String {
        note.map(|note| format!("{}: {}", words::note(self.scene.words), filled.rich(note))).unwrap_or_default()
    }

    fn source_line(&self, sources: &[SourceData]) -> String {
        let word = if sources.len() == 1 { words::source(self.scene.words) } else { words::sources(self.scene.words) };
        if sources.is_empty() { String::new() } else { format!("{word}: {}", cited(sources)) }
    }
}

/// Returns the parts that are not empty, blank lines between them.
pub(super) fn joined(parts: Vec<String>) -> String {
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("\n\n")
}

/// Returns short citations with semicolons.
pub(super) fn cited(sources: &[SourceData]) -> String {
    sources.iter().map(|source| escape::text(&source.text)).collect::<Vec<_>>().join("; ")
}

/// Returns short citations in parentheses behind a blank; nothing where there are none.
pub(super) fn in_parentheses(sources: &[SourceData]) -> String {
    if sources.is_empty() { String::new() } else { format!(" ({})", cited(sources)) }
}

fn lines_table(lines: &[Line]) -> String {
    let mut years: Vec<f64> = lines.iter().flat_map(|line| &line.points).map(|point| point.x).collect();
    years.sort_by(f64::total_cmp);
    years.dedup();
    let head: Vec<String> =
        std::iter::once(String::new()).chain(lines.iter().map(|line| escape::text(&line.label))).collect();
    let value = |line: &Line, year: f64| {
        let point = line.points.iter().find(|point| point.x == year)?;
        point.text.clone().or_else(|| point.y.map(|y| y.to_string()))
    };
    let row = |year: &f64| {
        let values =
            lines.iter().map(|line| value(line, *year).map_or_else(|| "–".to_owned(), |text| escape::text(&text)));
        std::iter::once(year.floor().to_string()).chain(values).collect::<Vec<_>>()
    };
    let mut align = vec![Align::Left];
    align.extend(std::iter::repeat_n(Align::Right, lines.len()));
    grid(&head, &align, &years.iter().map(row).collect::<Vec<_>>())
}

/// Data was made from these structs, so that it reads as them.
fn read<T: DeserializeOwned>(data: &Value) -> Option<T> {
    serde_json::from_value(data.clone()).ok()
}
