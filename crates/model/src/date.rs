//! Dates as analysts know them: EDTF level 0 with open intervals, `~` (about) and `?` (uncertain).
//!
//! Source: Extended Date/Time Format specification, Library of Congress, 2019 (ISO 8601-2), level 0,
//! and of level 1 the open interval and the qualifiers at the end of a date.

use serde::{Deserialize, Serialize};
use std::cmp::Ordering;
use std::fmt;
use std::str::FromStr;
use thiserror::Error;

/// A day, month or year with how sure it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Day {
    /// Year, 0 to 9999.
    pub year: i16,
    /// Month from 1, where known.
    pub month: Option<u8>,
    /// Day of the month from 1, where known.
    pub day: Option<u8>,
    /// How sure it is.
    pub qualifier: Qualifier,
}

/// How sure a date is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
pub enum Qualifier {
    /// As written.
    #[default]
    Exact,
    /// About: `~`.
    Approximate,
    /// Uncertain: `?`.
    Uncertain,
}

/// From one date to another; an end that is open has none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Interval {
    /// The start; none for `../2022`.
    pub start: Option<Day>,
    /// The end; none for `2021/..`.
    pub end: Option<Day>,
}

/// A date or an interval.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Date {
    /// A day, month or year.
    Day(Day),
    /// From one to another.
    Interval(Interval),
}

/// Why a text is no date.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum DateError {
    /// Not of the form `2023`, `2023-07`, `2023-07-11` or two of them with `/`.
    #[error("`{0}` is no date")]
    Form(String),
    /// A month or day that the calendar does not have.
    #[error("the calendar has no `{0}`")]
    Calendar(String),
    /// An interval that ends before it starts.
    #[error("`{0}` ends before it starts")]
    Backwards(String),
}

impl FromStr for Day {
    type Err = DateError;

    fn from_str(text: &str) -> Result<Self, DateError> {
        let form = || DateError::Form(text.to_owned());
        let (plain, qualifier) = match text.as_bytes().last() {
            Some(b'~') => (&text[..text.len() - 1], Qualifier::Approximate),
            Some(b'?') => (&text[..text.len() - 1], Qualifier::Uncertain),
            _ => (text, Qualifier::Exact),
        };
        let parts: Vec<&str> = plain.split('-').collect();
        let digits = |part: &str, n: usize| part.len() == n && part.bytes().all(|b| b.is_ascii_digit());
        let widths = [4, 2, 2];
        if parts.len() > 3 || !parts.iter().zip(widths).all(|(part, n)| digits(part, n)) {
            return Err(form());
        }
        let year = parts[0].parse().map_err(|_| form())?;
        let month: Option<u8> = parts.get(1).map(|m| m.parse()).transpose().map_err(|_| form())?;
        let day: Option<u8> = parts.get(2).map(|d| d.parse()).transpose().map_err(|_| form())?;
        let exists = month.is_none_or(|m| (1..=12).contains(&m))
            && day.is_none_or(|d| d >= 1 && d <= days_in(year, month.unwrap_or(1)));
        if !exists {
            return Err(DateError::Calendar(text.to_owned()));
        }
        Ok(Self { year, month, day, qualifier })
    }
}

fn days_in(year: i16, month: u8) -> u8 {
    match month {
        4 | 6 | 9 | 11 => 30,
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        _ => 31,
    }
}

impl FromStr for Date {
    type Err = DateError;

    fn from_str(text: &str) -> Result<Self, DateError> {
        let text = text.trim();
        let Some((start, end)) = text.split_once('/') else {
            return text.parse().map(Self::Day);
        };
        let side = |part: &str| match part {
            "" | ".." => Ok(None),
            _ => part.parse().map(Some).map_err(|error| match error {
                DateError::Form(_) => DateError::Form(text.to_owned()),
                other => other,
            }),
        };
        let (start, end): (Option<Day>, Option<Day>) = (side(start)?, side(end)?);
        match (start, end) {
            (None, None) => Err(DateError::Form(text.to_owned())),
            (Some(a), Some(b)) if b.last() < a.first() => Err(DateError::Backwards(text.to_owned())),
            _ => Ok(Self::Interval(Interval { start, end })),
        }
    }
}

impl Day {
    /// Returns the first day it may mean, as (year, month, day).
    pub fn first(self) -> (i16, u8, u8) {
        (self.year, self.month.unwrap_or(1), self.day.unwrap_or(1))
    }

    /// Returns the last day it may mean, as (year, month, day).
    pub fn last(self) -> (i16, u8, u8) {
        let month = self.month.unwrap_or(12);
        (self.year, month, self.day.unwrap_or_else(|| days_in(self.year, month)))
    }
}

impl Date {
    /// Returns the first day it may mean; none where the start is open.
    pub fn first(self) -> Option<(i16, u8, u8)> {
        match self {
            Self::Day(day) => Some(day.first()),
            Self::Interval(interval) => interval.start.map(Day::first),
        }
    }

    /// Returns the last day it may mean; none where the end is open.
    pub fn last(self) -> Option<(i16, u8, u8)> {
        match self {
            Self::Day(day) => Some(day.last()),
            Self::Interval(interval) => interval.end.map(Day::last),
        }
    }

    /// Returns the order in time: by first day, then by last, open ends outermost.
    pub fn compare(self, other: Self) -> Ordering {
        let open_end = (i16::MAX, 12, 31);
        self.first()
            .cmp(&other.first())
            .then_with(|| self.last().unwrap_or(open_end).cmp(&other.last().unwrap_or(open_end)))
    }

    /// Returns whether any day of it lies between two years, both included.
    pub fn overlaps(self, from: Option<Date>, to: Option<Date>) -> bool {
        let starts_before_end = match (self.first(), to.and_then(Date::last)) {
            (Some(first), Some(end)) => first <= end,
            _ => true,
        };
        let ends_after_start = match (self.last(), from.and_then(Date::first)) {
            (Some(last), Some(start)) => last >= start,
            _ => true,
        };
        starts_before_end && ends_after_start
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}", self.year)?;
        if let Some(month) = self.month {
            write!(f, "-{month:02}")?;
        }
        if let Some(day) = self.day {
            write!(f, "-{day:02}")?;
        }
        match self.qualifier {
            Qualifier::Exact => Ok(()),
            Qualifier::Approximate => f.write_str("~"),
            Qualifier::Uncertain => f.write_str("?"),
        }
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let side = |day: Option<Day>| day.map_or_else(|| "..".to_owned(), |day| day.to_string());
        match self {
            Self::Day(day) => day.fmt(f),
            Self::Interval(interval) => write!(f, "{}/{}", side(interval.start), side(interval.end)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_print_as_written() {
        for text in ["2023", "2023-07", "2023-07-11", "2017/2022", "2021/..", "../2022", "2024-10~", "2024?"] {
            assert_eq!(text.parse::<Date>().map(|d| d.to_string()).as_deref(), Ok(text));
        }
    }

    #[test]
    fn what_is_no_date_says_why() {
        assert!(matches!("July 2023".parse::<Date>(), Err(DateError::Form(_))));
        assert!(matches!("2023-13".parse::<Date>(), Err(DateError::Calendar(_))));
        assert!(matches!("2023-02-29".parse::<Date>(), Err(DateError::Calendar(_))));
        assert!(matches!("2022/2017".parse::<Date>(), Err(DateError::Backwards(_))));
        assert!(matches!("..".parse::<Date>(), Err(DateError::Form(_))));
        assert!(matches!("-~".parse::<Date>(), Err(DateError::Form(_))));
        assert!(matches!("年".parse::<Date>(), Err(DateError::Form(_))));
    }

    #[test]
    fn an_interval_overlaps_the_years_it_touches() {
        let date = |text: &str| text.parse::<Date>().ok();
        let term = date("2017-05/2022-05").expect("a date");
        assert!(term.overlaps(date("2022"), date("2024")));
        assert!(!term.overlaps(date("2023"), None));
        assert!(date("2021/..").expect("a date").overlaps(date("2030"), None));
    }
}
