//! The PDF standards that a file can claim, by the names that Typst's command line gives them.

use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;
use typst_pdf::{PdfStandard, PdfStandards};

/// Names, and how people write them.
const STANDARDS: [(&str, &str, PdfStandard); 17] = [
    ("1.4", "PDF 1.4", PdfStandard::V_1_4),
    ("1.5", "PDF 1.5", PdfStandard::V_1_5),
    ("1.6", "PDF 1.6", PdfStandard::V_1_6),
    ("1.7", "PDF 1.7", PdfStandard::V_1_7),
    ("2.0", "PDF 2.0", PdfStandard::V_2_0),
    ("a-1b", "PDF/A-1b", PdfStandard::A_1b),
    ("a-1a", "PDF/A-1a", PdfStandard::A_1a),
    ("a-2b", "PDF/A-2b", PdfStandard::A_2b),
    ("a-2u", "PDF/A-2u", PdfStandard::A_2u),
    ("a-2a", "PDF/A-2a", PdfStandard::A_2a),
    ("a-3b", "PDF/A-3b", PdfStandard::A_3b),
    ("a-3u", "PDF/A-3u", PdfStandard::A_3u),
    ("a-3a", "PDF/A-3a", PdfStandard::A_3a),
    ("a-4", "PDF/A-4", PdfStandard::A_4),
    ("a-4f", "PDF/A-4f", PdfStandard::A_4f),
    ("a-4e", "PDF/A-4e", PdfStandard::A_4e),
    ("ua-1", "PDF/UA-1", PdfStandard::Ua_1),
];

/// A list of standards that one file can claim together; PDF/A-3a and PDF/UA-1 by default.
///
/// Reads and prints as `a-3a,ua-1`; `none` is the empty list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct Standards(Vec<PdfStandard>);

/// Why a list of standards cannot be claimed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum StandardsError {
    /// No standard has that name.
    #[error("unknown PDF standard `{0}`")]
    Unknown(String),
    /// The standards exclude one another.
    #[error("{0}")]
    Incompatible(String),
}

impl Standards {
    /// Returns the empty list: nothing is claimed.
    pub fn none() -> Self {
        Self(vec![])
    }

    /// Whether nothing is claimed.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Returns all names that can be read.
    pub fn names() -> impl Iterator<Item = &'static str> {
        STANDARDS.iter().map(|(name, _, _)| *name)
    }

    /// Returns the names as people write them: `PDF/A-3a`, `PDF/UA-1`.
    pub fn titles(&self) -> impl Iterator<Item = &'static str> {
        self.rows().map(|(_, title, _)| *title)
    }

    /// Whether files may be attached: PDF/A up to part 2, and 4 without a letter, forbid that.
    pub fn allows_attachments(&self) -> bool {
        use PdfStandard::{A_1a, A_1b, A_2a, A_2b, A_2u, A_4};
        !self.0.iter().any(|standard| matches!(standard, A_1a | A_1b | A_2a | A_2b | A_2u | A_4))
    }

    /// Returns Typst's form.
    pub(crate) fn checked(&self) -> Result<PdfStandards, StandardsError> {
        PdfStandards::new(&self.0).map_err(|error| StandardsError::Incompatible(error.message().to_string()))
    }

    fn rows(&self) -> impl Iterator<Item = &'static (&'static str, &'static str, PdfStandard)> {
        self.0.iter().filter_map(|standard| STANDARDS.iter().find(|(_, _, other)| other == standard))
    }
}

impl Default for Standards {
    fn default() -> Self {
        Self(vec![PdfStandard::A_3a, PdfStandard::Ua_1])
    }
}

impl FromStr for Standards {
    type Err = StandardsError;

    fn from_str(text: &str) -> Result<Self, StandardsError> {
        let names = text.split(',').map(str::trim).filter(|name| !name.is_empty() && *name != "none");
        let standards = names.map(standard).collect::<Result<_, _>>().map(Self)?;
        standards.checked()?;
        Ok(standards)
    }
}

fn standard(name: &str) -> Result<PdfStandard, StandardsError> {
    let row =
        STANDARDS.iter().find(|(own, title, _)| own.eq_ignore_ascii_case(name) || title.eq_ignore_ascii_case(name));
    row.map(|(_, _, standard)| *standard).ok_or_else(|| StandardsError::Unknown(name.to_owned()))
}

impl fmt::Display for Standards {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.is_empty() {
            return out.write_str("none");
        }
        let names: Vec<_> = self.rows().map(|(name, _, _)| *name).collect();
        out.write_str(&names.join(","))
    }
}

impl From<Standards> for String {
    fn from(standards: Standards) -> Self {
        standards.to_string()
    }
}

impl TryFrom<String> for Standards {
    type Error = StandardsError;

    fn try_from(text: String) -> Result<Self, StandardsError> {
        text.parse()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_names_and_titles_and_prints_names() {
        assert_eq!("A-3a, PDF/UA-1".parse::<Standards>().unwrap().to_string(), "a-3a,ua-1");
        assert_eq!(Standards::default().to_string().parse(), Ok(Standards::default()));
        assert_eq!("none".parse(), Ok(Standards::none()));
        assert_eq!(Standards::default().titles().collect::<Vec<_>>(), ["PDF/A-3a", "PDF/UA-1"]);
    }

    #[test]
    fn refuses_what_no_file_can_claim() {
        assert_eq!("a-9".parse::<Standards>(), Err(StandardsError::Unknown("a-9".into())));
        assert!(matches!("a-2a,a-3a".parse::<Standards>(), Err(StandardsError::Incompatible(_))));
        assert!(matches!("2.0,a-3a".parse::<Standards>(), Err(StandardsError::Incompatible(_))));
    }
}
