//! Citation styles: CSL, from hayagriva's archive or a file of the workspace.

use hayagriva::archive::{ArchivedStyle, LOCALES};
use hayagriva::citationberg::{self, IndependentStyle, Locale, LocaleCode, StyleClass};
use serde::de::{Error as _, IgnoredAny, MapAccess, Visitor};
use serde::{Deserialize, Deserializer};
use std::fmt;
use std::sync::{Arc, LazyLock};
use thiserror::Error;

/// A citation style with the locale that it is used in.
#[derive(Debug, Clone)]
pub struct Style {
    pub(super) csl: Arc<IndependentStyle>,
    name: String,
}

/// Why a citation style cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum StyleError {
    /// No style of that name is carried.
    #[error("there is no citation style `{name}`")]
    Unknown {
        /// The name as given.
        name: String,
        /// The nearest name that is carried.
        nearest: Option<String>,
    },
    /// The file is not CSL.
    #[error("`{name}` is no citation style: {reason}")]
    Invalid {
        /// The file.
        name: String,
        /// What the CSL reader says.
        reason: String,
    },
    /// The file only points to another style.
    #[error("`{name}` depends on another style and holds none itself")]
    Dependent {
        /// The file.
        name: String,
    },
}

/// The languages of the locales that hayagriva carries, in its order.
static LANGUAGES: LazyLock<Vec<LocaleCode>> = LazyLock::new(|| {
    let code = |bytes: &&[u8]| ciborium::from_reader::<Head, _>(*bytes).map(|head| head.0);
    LOCALES.iter().map(|bytes| code(bytes).unwrap_or_else(|_| LocaleCode(String::new()))).collect()
});

/// The language of a locale, which stands near its start; reading on would take fifty times as long.
struct Head(LocaleCode);

impl<'de> Deserialize<'de> for Head {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(HeadVisitor)
    }
}

struct HeadVisitor;

impl<'de> Visitor<'de> for HeadVisitor {
    type Value = Head;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a CSL locale")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Head, A::Error> {
        while let Some(key) = map.next_key::<String>()? {
            if key == "@xml:lang" {
                return map.next_value().map(Head);
            }
            map.next_value::<IgnoredAny>()?;
        }
        Err(A::Error::missing_field("@xml:lang"))
    }
}

impl Default for Style {
    /// Returns the Chicago Manual of Style's notes, which a workspace that names no style gets.
    #[expect(clippy::expect_used, reason = "a name that hayagriva carries; a test asks for it")]
    fn default() -> Self {
        Self::named("chicago-notes").expect("chicago-notes is carried")
    }
}

/// A note style that prints next to nothing, and no two works alike.
static MENTION: LazyLock<Option<IndependentStyle>> = LazyLock::new(|| {
    let xml = r#"<style xmlns="http://purl.org/net/xbiblio/csl" class="note" version="1.0">
      <info><title>Mention</title><id>mention</id><updated>2024-01-01T00:00:00+00:00</updated></info>
      <citation><layout><group prefix="&#x2E19;"><text variable="title"/></group></layout></citation>
    </style>"#;
    IndependentStyle::from_xml(xml).ok()
});

impl Style {
    /// Returns a style for notes that are not shown, which costs little.
    pub(super) fn mention() -> Option<&'static IndependentStyle> {
        MENTION.as_ref()
    }

    /// Returns the style that hayagriva carries under a name.
    ///
    /// # Errors
    /// When it carries none of that name.
    pub fn named(name: &str) -> Result<Self, StyleError> {
        let unknown = || StyleError::Unknown {
            name: name.to_owned(),
            nearest: chancery_model::nearest(name, Self::names()).map(str::to_owned),
        };
        let archived = ArchivedStyle::by_name(name).ok_or_else(unknown)?;
        match archived.get() {
            citationberg::Style::Independent(csl) => Ok(Self { csl: Arc::new(csl), name: name.to_owned() }),
            citationberg::Style::Dependent(_) => Err(StyleError::Dependent { name: name.to_owned() }),
        }
    }

    /// Returns the style that the text of a `.csl` file holds.
    ///
    /// # Errors
    /// When the text is not CSL, or only points to another style.
    pub fn from_csl(file: &str, xml: &str) -> Result<Self, StyleError> {
        match citationberg::Style::from_xml(xml) {
            Ok(citationberg::Style::Independent(csl)) => Ok(Self { csl: Arc::new(csl), name: file.to_owned() }),
            Ok(citationberg::Style::Dependent(_)) => Err(StyleError::Dependent { name: file.to_owned() }),
            Err(error) => Err(StyleError::Invalid { name: file.to_owned(), reason: error.to_string() }),
        }
    }

    /// Returns the names of all styles that hayagriva carries.
    pub fn names() -> impl Iterator<Item = &'static str> {
        ArchivedStyle::all().iter().flat_map(|style| style.names().iter().copied())
    }

    /// Returns the name or file that the style was asked for by.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Returns whether its citations are notes.
    pub fn is_note(&self) -> bool {
        self.csl.settings.class == StyleClass::Note
    }

    /// The locale of a briefing's language, as CSL names it.
    pub(super) fn locale(tag: &str) -> LocaleCode {
        let lower = tag.to_ascii_lowercase();
        let primary = crate::words::primary(tag);
        let known =
            |test: &dyn Fn(&str) -> bool| LANGUAGES.iter().find(|code| test(&code.0.to_ascii_lowercase())).cloned();
        known(&|code| code == lower)
            .or_else(|| (primary == "en").then(LocaleCode::en_us))
            .or_else(|| known(&|code| crate::words::primary(code) == primary))
            .unwrap_or_else(LocaleCode::en_us)
    }

    /// Returns the words of a locale, and English ones for what it leaves out.
    pub(super) fn words(locale: &LocaleCode) -> Vec<Locale> {
        let wanted = |code: &LocaleCode| code == locale || *code == LocaleCode::en_us();
        let carried = LANGUAGES.iter().zip(LOCALES).filter(|(code, _)| wanted(code));
        carried.filter_map(|(_, bytes)| ciborium::from_reader(*bytes).ok()).collect()
    }
}
