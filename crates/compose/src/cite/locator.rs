//! Locators: where in a source a statement stands.

use crate::words::{Lang, Words};
use hayagriva::citationberg::taxonomy::Locator as CslLocator;

/// What a locator counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum LocatorKind {
    /// `p.`, `pp.`, or a bare number.
    Page,
    /// `sec.`, `§`: a number or a heading.
    Section,
    /// `para.`, `¶`.
    Paragraph,
    /// `ch.`
    Chapter,
    /// `fig.`
    Figure,
    /// `tab.`, `table`
    Table,
    /// `n.`, `note`
    Note,
    /// `vol.`
    Volume,
    /// `no.`
    Issue,
    /// `part`
    Part,
    /// `art.`
    Article,
    /// `app.`
    Appendix,
    /// `col.`
    Column,
    /// `l.`, `line`
    Line,
    /// `box`
    Box,
    /// What is printed as it is: “list of areas”.
    Other,
}

/// One part of a locator: `para. 2` in `sec. 3, para. 2`.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct LocatorPart {
    /// What it counts.
    pub kind: LocatorKind,
    /// The number, range or heading, as written; hyphens in ranges are en dashes.
    pub value: String,
}

/// Where in a source a statement stands, from the whole to the part.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Locator {
    /// The parts, in the order written; never empty.
    pub parts: Vec<LocatorPart>,
}

/// Labels in front of a value, longest first where one begins another.
const LABELS: &[(&str, LocatorKind)] = &[
    ("pages", LocatorKind::Page),
    ("page", LocatorKind::Page),
    ("pp.", LocatorKind::Page),
    ("pp", LocatorKind::Page),
    ("p.", LocatorKind::Page),
    ("p", LocatorKind::Page),
    ("sections", LocatorKind::Section),
    ("section", LocatorKind::Section),
    ("secs.", LocatorKind::Section),
    ("sec.", LocatorKind::Section),
    ("sec", LocatorKind::Section),
    ("§§", LocatorKind::Section),
    ("§", LocatorKind::Section),
    ("paragraphs", LocatorKind::Paragraph),
    ("paragraph", LocatorKind::Paragraph),
    ("paras.", LocatorKind::Paragraph),
    ("para.", LocatorKind::Paragraph),
    ("para", LocatorKind::Paragraph),
    ("¶¶", LocatorKind::Paragraph),
    ("¶", LocatorKind::Paragraph),
    ("chapters", LocatorKind::Chapter),
    ("chapter", LocatorKind::Chapter),
    ("chaps.", LocatorKind::Chapter),
    ("chap.", LocatorKind::Chapter),
    ("chs.", LocatorKind::Chapter),
    ("ch.", LocatorKind::Chapter),
    ("figures", LocatorKind::Figure),
    ("figure", LocatorKind::Figure),
    ("figs.", LocatorKind::Figure),
    ("fig.", LocatorKind::Figure),
    ("tables", LocatorKind::Table),
    ("table", LocatorKind::Table),
    ("tab.", LocatorKind::Table),
    ("notes", LocatorKind::Note),
    ("note", LocatorKind::Note),
    ("nn.", LocatorKind::Note),
    ("n.", LocatorKind::Note),
    ("vols.", LocatorKind::Volume),
    ("vol.", LocatorKind::Volume),
    ("nos.", LocatorKind::Issue),
    ("no.", LocatorKind::Issue),
    ("parts", LocatorKind::Part),
    ("part", LocatorKind::Part),
    ("articles", LocatorKind::Article),
    ("article", LocatorKind::Article),
    ("arts.", LocatorKind::Article),
    ("art.", LocatorKind::Article),
    ("appendix", LocatorKind::Appendix),
    ("app.", LocatorKind::Appendix),
    ("annex", LocatorKind::Appendix),
    ("cols.", LocatorKind::Column),
    ("col.", LocatorKind::Column),
    ("lines", LocatorKind::Line),
    ("line", LocatorKind::Line),
    ("ll.", LocatorKind::Line),
    ("l.", LocatorKind::Line),
    ("box", LocatorKind::Box),
];

/// Korean labels, which stand behind the number.
const KOREAN: &[(&str, LocatorKind)] = &[
    ("쪽", LocatorKind::Page),
    ("면", LocatorKind::Page),
    ("절", LocatorKind::Section),
    ("문단", LocatorKind::Paragraph),
    ("단락", LocatorKind::Paragraph),
    ("장", LocatorKind::Chapter),
    ("권", LocatorKind::Volume),
    ("호", LocatorKind::Issue),
    ("조", LocatorKind::Article),
    ("행", LocatorKind::Line),
];

impl Locator {
    /// Returns the locator that a citation spells, and what follows it: `p. 4, on motives`.
    ///
    /// Text without a label is a locator that is printed as it is.
    pub fn parse(text: &str) -> Option<Self> {
        let mut parts: Vec<LocatorPart> = Vec::new();
        for piece in text.split(',').map(str::trim).filter(|piece| !piece.is_empty()) {
            let part = LocatorPart::parse(piece);
            // A heading goes on past its commas, and numbers may be listed: `pp. 3, 5`.
            let goes_on = part.kind == LocatorKind::Other || (is_number(piece) && part.kind == LocatorKind::Page);
            match parts.last_mut().filter(|_| goes_on) {
                Some(last) => last.value = format!("{}, {}", last.value, part.value),
                None => parts.push(part),
            }
        }
        (!parts.is_empty()).then_some(Self { parts })
    }

    /// Returns the locator as a reader of that language expects it: “pp. 3–4”; `3–4쪽`.
    pub fn text(&self, words: Words) -> String {
        self.parts.iter().map(|part| part.text(words)).collect::<Vec<_>>().join(", ")
    }

    /// Returns what CSL calls this locator; none where CSL's own words would not do.
    pub(super) fn csl(&self, words: Words) -> Option<CslLocator> {
        let [part] = self.parts.as_slice() else { return None };
        match (words.lang(), part.kind) {
            (Lang::Ko, _) => None,
            (_, LocatorKind::Page) => Some(CslLocator::Page),
            (_, LocatorKind::Section) => Some(CslLocator::Section),
            (_, LocatorKind::Paragraph) => Some(CslLocator::Paragraph),
            (_, LocatorKind::Chapter) => Some(CslLocator::Chapter),
            (_, LocatorKind::Figure) => Some(CslLocator::Figure),
            (_, LocatorKind::Note) => Some(CslLocator::Note),
            (_, LocatorKind::Volume) => Some(CslLocator::Volume),
            (_, LocatorKind::Issue) => Some(CslLocator::Issue),
            (_, LocatorKind::Part) => Some(CslLocator::Part),
            (_, LocatorKind::Column) => Some(CslLocator::Column),
            (_, LocatorKind::Line) => Some(CslLocator::Line),
            _ => None,
        }
    }
}

impl LocatorPart {
    fn parse(piece: &str) -> Self {
        let labelled = LABELS.iter().find_map(|(label, kind)| {
            let head = piece.get(..label.len())?;
            let rest = piece[label.len()..].trim_start();
            let spaced = rest.len() < piece.len() - label.len() || rest.starts_with(|c: char| c.is_ascii_digit());
            let closed = label.ends_with(['.', '§', '¶']) || spaced;
            (head.eq_ignore_ascii_case(label) && closed && !rest.is_empty()).then_some((*kind, rest))
        });
        let (kind, value) = labelled.or_else(|| korean(piece)).unwrap_or_else(|| match is_number(piece) {
            true => (LocatorKind::Page, piece),
            false => (LocatorKind::Other, piece),
        });
        let value = if is_number(value) { value.replace("--", "–").replace('-', "–") } else { value.to_owned() };
        Self { kind, value }
    }

    /// Whether the value counts more than one.
    fn is_plural(&self) -> bool {
        is_number(&self.value) && self.value.contains(['–', ',', '&'])
    }

    fn text(&self, words: Words) -> String {
        match words.lang() {
            Lang::En => self.english(),
            Lang::Ko => self.korean(),
        }
    }

    fn english(&self) -> String {
        let (one, many) = match self.kind {
            LocatorKind::Page => ("p.", "pp."),
            LocatorKind::Section => ("sec.", "secs."),
            LocatorKind::Paragraph => ("para.", "paras."),
            LocatorKind::Chapter => ("ch.", "chs."),
            LocatorKind::Figure => ("fig.", "figs."),
            LocatorKind::Table => ("table", "tables"),
            LocatorKind::Note => ("n.", "nn."),
            LocatorKind::Volume => ("vol.", "vols."),
            LocatorKind::Issue => ("no.", "nos."),
            LocatorKind::Part => ("part", "parts"),
            LocatorKind::Article => ("art.", "arts."),
            LocatorKind::Appendix => ("app.", "apps."),
            LocatorKind::Column => ("col.", "cols."),
            LocatorKind::Line => ("line", "lines"),
            LocatorKind::Box => ("box", "boxes"),
            LocatorKind::Other => return self.value.clone(),
        };
        format!("{}\u{a0}{}", if self.is_plural() { many } else { one }, self.value)
    }

    fn korean(&self) -> String {
        let value = &self.value;
        let after = |word: &str| match is_number(value) {
            true => format!("{value}{word}"),
            false => format!("“{value}” {word}"),
        };
        match self.kind {
            LocatorKind::Page => after("쪽"),
            LocatorKind::Section => after("절"),
            LocatorKind::Paragraph => after("문단"),
            LocatorKind::Chapter => after("장"),
            LocatorKind::Volume => after("권"),
            LocatorKind::Issue => after("호"),
            LocatorKind::Part => after("부"),
            LocatorKind::Article => after("조"),
            LocatorKind::Column => after("단"),
            LocatorKind::Line => after("행"),
            LocatorKind::Figure => format!("그림 {value}"),
            LocatorKind::Table => format!("표 {value}"),
            LocatorKind::Note => format!("각주 {value}"),
            LocatorKind::Appendix => format!("부록 {value}"),
            LocatorKind::Box => format!("글상자 {value}"),
            LocatorKind::Other => value.clone(),
        }
    }
}

fn korean(piece: &str) -> Option<(LocatorKind, &str)> {
    KOREAN.iter().find_map(|(label, kind)| {
        let value = piece.strip_suffix(label)?.trim_end();
        let value = value.strip_prefix('제').unwrap_or(value).trim_matches(['“', '”', '"', '‘', '’', '\'']);
        let named =
            matches!(kind, LocatorKind::Section | LocatorKind::Chapter) && piece.ends_with(&format!(" {label}"));
        (!value.is_empty() && (is_number(value) || named)).then_some((*kind, value))
    })
}

/// Whether a value is a number, a range or a list of them; `xii`, `4a`, `3 f.` too.
fn is_number(value: &str) -> bool {
    let digit = value.chars().any(|c| c.is_ascii_digit());
    let roman = value.chars().all(|c| matches!(c, 'i' | 'v' | 'x' | 'l' | 'c' | '–' | '-'));
    let allowed = |c: char| c.is_ascii_digit() || matches!(c, '-' | '–' | ',' | ' ' | '.' | '&' | '/' | ':');
    let word = |w: &str| w.chars().all(allowed) || matches!(w, "f." | "ff." | "f" | "ff") || starts_with_digit(w);
    !value.is_empty() && (roman || (digit && value.split(' ').all(word)))
}

/// `4a`, `A.2` are counted as numbers; `2022` at the head of a heading is not followed by words.
fn starts_with_digit(word: &str) -> bool {
    word.starts_with(|c: char| c.is_ascii_digit()) && word.chars().filter(|c| c.is_alphabetic()).count() <= 1
}

#[cfg(test)]
mod tests {
    use super::*;

    fn both(text: &str) -> (String, String) {
        let locator = Locator::parse(text).expect("a locator");
        let plain = |tag: &str| locator.text(Words::for_lang(tag)).replace('\u{a0}', " ");
        (plain("en"), plain("ko"))
    }

    #[test]
    fn locators_are_read_and_written_in_both_languages() {
        let cases = [
            ("p. 4", "p. 4", "4쪽"),
            ("pp. 3-4", "pp. 3–4", "3–4쪽"),
            ("4", "p. 4", "4쪽"),
            ("pp. 3, 5", "pp. 3, 5", "3, 5쪽"),
            ("sec. NATO's motives", "sec. NATO's motives", "“NATO's motives” 절"),
            ("sec. Seoul, Brussels and beyond", "sec. Seoul, Brussels and beyond", "“Seoul, Brussels and beyond” 절"),
            ("§ 2", "sec. 2", "2절"),
            (
                "sec. The Yoon administration, para. 2",
                "sec. The Yoon administration, para. 2",
                "“The Yoon administration” 절, 2문단",
            ),
            ("ch. 3", "ch. 3", "3장"),
            ("Fig. 1", "fig. 1", "그림 1"),
            ("4쪽", "p. 4", "4쪽"),
            ("제2장", "ch. 2", "2장"),
            ("list of areas", "list of areas", "list of areas"),
            ("p. xii", "p. xii", "xii쪽"),
            ("n. 5", "n. 5", "각주 5"),
        ];
        for (text, en, ko) in cases {
            assert_eq!(both(text), (en.to_owned(), ko.to_owned()), "{text}");
        }
    }

    #[test]
    fn nothing_is_no_locator() {
        assert_eq!(Locator::parse(""), None);
        assert_eq!(Locator::parse(" , "), None);
    }
}
