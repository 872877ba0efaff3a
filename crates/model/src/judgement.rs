//! Words of estimative probability and confidence, as in ICD 203.

use serde::{Deserialize, Serialize};

/// How sure the holder of a judgement is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Confidence {
    /// Low confidence.
    Low,
    /// Moderate confidence.
    Moderate,
    /// High confidence.
    High,
}

impl Confidence {
    /// Returns the confidence of that name.
    pub fn parse(name: &str) -> Option<Self> {
        match name {
            "low" => Some(Self::Low),
            "moderate" => Some(Self::Moderate),
            "high" => Some(Self::High),
            _ => None,
        }
    }

    /// Returns its name in front matter.
    pub fn name(self) -> &'static str {
        match self {
            Self::Low => "low",
            Self::Moderate => "moderate",
            Self::High => "high",
        }
    }
}

/// A term of likelihood: Intelligence Community Directive 203, D.6.e(2)(a).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Likelihood(usize);

impl Likelihood {
    /// The terms and their synonyms.
    pub const TERMS: &'static [&'static str] = &[
        "almost no chance",
        "remote",
        "very unlikely",
        "highly improbable",
        "unlikely",
        "improbable",
        "roughly even chance",
        "roughly even odds",
        "likely",
        "probable",
        "very likely",
        "highly probable",
        "almost certain",
        "nearly certain",
    ];

    /// Bounds in per cent, one pair for a term and its synonym.
    const RANGES: [(u8, u8); 7] = [(1, 5), (5, 20), (20, 45), (45, 55), (55, 80), (80, 95), (95, 99)];

    /// Returns the likelihood of that term, capitals aside.
    pub fn parse(term: &str) -> Option<Self> {
        let term = term.trim().to_lowercase();
        Self::TERMS.iter().position(|known| *known == term).map(Self)
    }

    /// Returns the term as written in the directive.
    pub fn term(self) -> &'static str {
        Self::TERMS[self.0]
    }

    /// Returns the bounds in per cent.
    pub fn range(self) -> (u8, u8) {
        Self::RANGES[self.0 / 2]
    }
}
