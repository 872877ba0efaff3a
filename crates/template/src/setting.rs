//! Settings: what a pack lets a briefing choose, and the values that count.

use chancery_model::{Node, Value};
use indexmap::IndexMap;

/// How a setting's value is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SettingType {
    /// `"#1f3a5f"` or `"#abc"`.
    Color,
    /// One line of text.
    Text,
    /// Inline Markdown.
    Markdown,
    /// A number.
    Number,
    /// A number with `pt`, `mm`, `cm` or `in`; a plain number counts as points.
    Length,
    /// `true` or `false`; `yes` and `no` on the command line.
    Boolean,
    /// One of the names in [`SettingSpec::choices`].
    Choice,
    /// A picture in the workspace.
    Image,
}

/// A setting as a manifest declares it.
#[derive(Debug, Clone, PartialEq)]
pub struct SettingSpec {
    /// Its name.
    pub name: String,
    /// How its value is written.
    pub kind: SettingType,
    /// What a form shows.
    pub label: String,
    /// The same in other languages than the manifest's, by BCP 47 tag.
    pub labels: IndexMap<String, String>,
    /// The value where nobody sets one.
    pub default: Option<SettingValue>,
    /// The names allowed, for [`SettingType::Choice`].
    pub choices: Vec<String>,
}

/// A value of a setting's type.
#[derive(Debug, Clone, PartialEq)]
pub enum SettingValue {
    /// Six hexadecimal digits behind `#`.
    Color(String),
    /// Plain text.
    Text(String),
    /// Inline Markdown.
    Markdown(String),
    /// A finite number.
    Number(f64),
    /// Points.
    Length(f64),
    /// Yes or no.
    Boolean(bool),
    /// One of the choices.
    Choice(String),
    /// A picture's path inside the workspace.
    Image(String),
}

impl SettingType {
    /// The names of all types, in order.
    pub const NAMES: [&'static str; 8] =
        ["color", "text", "markdown", "number", "length", "boolean", "choice", "image"];

    const ALL: [Self; 8] =
        [Self::Color, Self::Text, Self::Markdown, Self::Number, Self::Length, Self::Boolean, Self::Choice, Self::Image];

    /// Returns the type of that name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }

    /// Returns its name in manifests.
    pub fn name(self) -> &'static str {
        Self::NAMES[self as usize]
    }

    /// Returns how to write a value of it.
    pub fn example(self) -> &'static str {
        match self {
            Self::Color => "a colour is written \"#1f3a5f\"",
            Self::Text => "write one line of text in quotes",
            Self::Markdown => "write one line of Markdown in quotes",
            Self::Number => "write a number, such as 1.5",
            Self::Length => "a length is written \"9.8pt\", \"20mm\", \"2cm\" or \"1in\"",
            Self::Boolean => "write true or false",
            Self::Choice => "write one of the choices in quotes",
            Self::Image => "write the path of a picture in the workspace, such as \"images/logo.svg\"",
        }
    }
}

impl SettingSpec {
    /// Returns the value that a node writes; none where it is not of the type.
    pub fn read(&self, node: &Node) -> Option<SettingValue> {
        match (&node.value, self.kind) {
            (Value::Bool(yes), SettingType::Boolean) => Some(SettingValue::Boolean(*yes)),
            (Value::Number(number), SettingType::Number | SettingType::Length | SettingType::Text) => {
                self.read_text(number)
            }
            (Value::Text(_), SettingType::Boolean) => None,
            (Value::Text(text), _) => self.read_text(text),
            _ => None,
        }
    }

    /// Returns the value that a text writes, as on the command line.
    pub fn read_text(&self, text: &str) -> Option<SettingValue> {
        let plain = text.trim();
        match self.kind {
            SettingType::Color => color(plain).map(SettingValue::Color),
            SettingType::Text => one_line(text).map(SettingValue::Text),
            SettingType::Markdown => Some(SettingValue::Markdown(text.to_owned())),
            SettingType::Number => finite(plain).map(SettingValue::Number),
            SettingType::Length => length(plain).map(SettingValue::Length),
            SettingType::Boolean => boolean(plain).map(SettingValue::Boolean),
            SettingType::Choice => {
                self.choices.iter().find(|choice| *choice == plain).cloned().map(SettingValue::Choice)
            }
            SettingType::Image => (!plain.is_empty()).then(|| SettingValue::Image(plain.to_owned())),
        }
    }
}

fn one_line(text: &str) -> Option<String> {
    (!text.contains(['\n', '\r'])).then(|| text.to_owned())
}

fn color(text: &str) -> Option<String> {
    let digits = text.strip_prefix('#')?;
    if !digits.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return None;
    }
    match digits.len() {
        3 => Some(digits.chars().fold("#".to_owned(), |hex, digit| hex + &digit.to_string().repeat(2)).to_lowercase()),
        6 => Some(text.to_lowercase()),
        _ => None,
    }
}

fn finite(text: &str) -> Option<f64> {
    text.replace('_', "").parse().ok().filter(|number: &f64| number.is_finite())
}

/// Points, to a thousandth.
fn length(text: &str) -> Option<f64> {
    const UNITS: [(&str, f64); 4] = [("pt", 1.0), ("mm", 72.0 / 25.4), ("cm", 72.0 / 2.54), ("in", 72.0)];
    let (number, factor) = UNITS
        .iter()
        .find_map(|(unit, factor)| Some((text.strip_suffix(unit)?.trim_end(), *factor)))
        .unwrap_or((text, 1.0));
    finite(number).map(|number| (number * factor * 1000.0).round() / 1000.0)
}

fn boolean(text: &str) -> Option<bool> {
    match text {
        "true" | "yes" => Some(true),
        "false" | "no" => Some(false),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn spec(kind: SettingType) -> SettingSpec {
        let choices = vec!["none".to_owned(), "pages".to_owned()];
        SettingSpec { name: "x".into(), kind, label: "X".into(), labels: IndexMap::new(), default: None, choices }
    }

    #[test]
    fn values_are_read_by_type() {
        let read = |kind, text: &str| spec(kind).read_text(text);
        assert_eq!(read(SettingType::Color, "#AbC"), Some(SettingValue::Color("#aabbcc".into())));
        assert_eq!(read(SettingType::Color, "navy"), None);
        assert_eq!(read(SettingType::Color, "#1f3a5é"), None);
        assert_eq!(read(SettingType::Length, "20mm"), Some(SettingValue::Length(56.693)));
        assert_eq!(read(SettingType::Length, "9.8"), Some(SettingValue::Length(9.8)));
        assert_eq!(read(SettingType::Length, "2em"), None);
        assert_eq!(read(SettingType::Number, "inf"), None);
        assert_eq!(read(SettingType::Boolean, "no"), Some(SettingValue::Boolean(false)));
        assert_eq!(read(SettingType::Choice, "pages"), Some(SettingValue::Choice("pages".into())));
        assert_eq!(read(SettingType::Choice, "page"), None);
    }
}
