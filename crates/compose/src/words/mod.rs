//! The words of a briefing's language: dates, numbers, lists, names of kinds and states, whole sentences.
//!
//! English and Korean. Any other language gets English words, so that every briefing typesets.

mod date;
mod labels;
mod number;
mod sentences;

pub use sentences::{AxisSummary, LineSummary, RankStay};

/// A language that Chancery writes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Lang {
    /// English.
    En,
    /// Korean.
    Ko,
}

/// The words of one language.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Words {
    lang: Lang,
}

impl Words {
    /// Returns the words for a BCP 47 tag; English where the language is not carried.
    pub fn for_lang(tag: &str) -> Self {
        let lang = if primary(tag) == "ko" { Lang::Ko } else { Lang::En };
        Self { lang }
    }

    /// Returns the language.
    pub fn lang(self) -> Lang {
        self.lang
    }

    /// Returns its BCP 47 tag.
    pub fn tag(self) -> &'static str {
        match self.lang {
            Lang::En => "en",
            Lang::Ko => "ko",
        }
    }

    /// Returns the texts as a list in a sentence: “a, b and c”.
    pub fn list<S: AsRef<str>>(self, items: &[S]) -> String {
        let (last, rest) = match items {
            [] => return String::new(),
            [one] => return one.as_ref().to_owned(),
            [rest @ .., last] => (last.as_ref(), rest),
        };
        let rest: Vec<&str> = rest.iter().map(AsRef::as_ref).collect();
        match self.lang {
            Lang::En => format!("{} and {last}", rest.join(", ")),
            Lang::Ko => format!("{}, {last}", rest.join(", ")),
        }
    }

    /// Returns the texts as a list in a cell: “a, b, c”.
    pub fn enumeration<S: AsRef<str>>(self, items: &[S]) -> String {
        items.iter().map(AsRef::as_ref).collect::<Vec<_>>().join(", ")
    }

    fn pick<T>(self, en: T, ko: T) -> T {
        match self.lang {
            Lang::En => en,
            Lang::Ko => ko,
        }
    }
}

/// Returns a BCP 47 tag's language without script and region, in lower case.
pub fn primary(tag: &str) -> String {
    tag.split(['-', '_']).next().unwrap_or_default().to_ascii_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_read_as_sentences_do() {
        let en = Words::for_lang("en-GB");
        assert_eq!(en.list(&["a"]), "a");
        assert_eq!(en.list(&["a", "b", "c"]), "a, b and c");
        assert_eq!(Words::for_lang("ko-KR").list(&["가", "나", "다"]), "가, 나, 다");
        assert_eq!(Words::for_lang("de").list::<&str>(&[]), "");
    }
}
