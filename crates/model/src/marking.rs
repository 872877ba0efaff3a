//! Markings: how widely a text may be shared.

use thiserror::Error;

/// The levels of a marking scheme, lowest first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MarkingScheme {
    /// `tlp`, `nato` or `custom`.
    pub name: String,
    /// The levels, lowest first.
    pub levels: Vec<String>,
}

/// Why a scheme could not be made.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum SchemeError {
    /// The name is none of the three.
    #[error("`{0}` is no marking scheme")]
    Unknown(String),
    /// A custom scheme without levels.
    #[error("a custom marking scheme needs `levels`, lowest first")]
    NoLevels,
}

const TLP: &[&str] = &["TLP:CLEAR", "TLP:GREEN", "TLP:AMBER", "TLP:AMBER+STRICT", "TLP:RED"];
const NATO: &[&str] =
    &["NATO UNCLASSIFIED", "NATO RESTRICTED", "NATO CONFIDENTIAL", "NATO SECRET", "COSMIC TOP SECRET"];

impl Default for MarkingScheme {
    fn default() -> Self {
        Self::named("tlp", TLP)
    }
}

impl MarkingScheme {
    /// Returns the scheme that `chancery.toml` names.
    ///
    /// # Errors
    /// When the name is unknown, or a custom scheme has no levels.
    pub fn new(name: &str, levels: &[String]) -> Result<Self, SchemeError> {
        match name {
            "tlp" => Ok(Self::named(name, TLP)),
            "nato" => Ok(Self::named(name, NATO)),
            "custom" if levels.is_empty() => Err(SchemeError::NoLevels),
            "custom" => Ok(Self { name: name.to_owned(), levels: levels.to_vec() }),
            _ => Err(SchemeError::Unknown(name.to_owned())),
        }
    }

    fn named(name: &str, levels: &[&str]) -> Self {
        Self { name: name.to_owned(), levels: levels.iter().map(|level| (*level).to_owned()).collect() }
    }

    /// Returns how high a level stands, from 0; none where the scheme has no such level.
    pub fn rank(&self, level: &str) -> Option<usize> {
        self.levels.iter().position(|known| known == level)
    }
}
