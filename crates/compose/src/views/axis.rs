//! Axes: places in time and round numbers.

use crate::data::Tick;
use crate::words::Words;
use chancery_model::{Date, Day, Qualifier};

/// Marks on a value axis, about so many.
const VALUE_TICKS: f64 = 5.0;
/// Marks on a time axis, at most.
const TIME_TICKS: i32 = 9;

/// A value axis: its ends and marks.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct ValueAxis {
    pub min: f64,
    pub max: f64,
    pub ticks: Vec<Tick>,
}

/// Returns an axis from zero or below that holds all values, with round marks.
pub(super) fn value_axis(values: impl Iterator<Item = f64>, words: Words) -> ValueAxis {
    let (low, high) = values
        .filter(|value| value.is_finite())
        .fold((0.0_f64, 0.0_f64), |(low, high), value| (low.min(value), high.max(value)));
    let span = if high > low { high - low } else { 1.0 };
    let step = if high > low { round_step(span / VALUE_TICKS) } else { span };
    let (first, last) = ((low / step).floor() as i64, (high / step).ceil() as i64);
    let (first, last) = if high > low { (first, last) } else { (0, 1) };
    let ticks = (first..=last).map(|n| {
        let at = tidy(n as f64 * step);
        Tick { at, text: words.short_decimal(at) }
    });
    ValueAxis { min: tidy(first as f64 * step), max: tidy(last as f64 * step), ticks: ticks.collect() }
}

/// The nearest of 1, 2, 2.5, 5 and 10 times a power of ten, upwards.
fn round_step(rough: f64) -> f64 {
    let power = 10.0_f64.powf(rough.log10().floor());
    let digit = rough / power;
    let round = [1.0, 2.0, 2.5, 5.0].into_iter().find(|step| digit <= step + 1e-9).unwrap_or(10.0);
    round * power
}

/// A number without the dust of binary fractions.
fn tidy(value: f64) -> f64 {
    format!("{value:.9e}").parse().unwrap_or(value)
}

/// Returns the decimal year of the middle of a day, month or year.
pub(super) fn place(day: Day) -> f64 {
    let year = f64::from(day.year);
    let place = match (day.month, day.day) {
        (None, _) => year + 0.5,
        (Some(month), None) => year + (f64::from(month) - 0.5) / 12.0,
        (Some(month), Some(date)) => year + (f64::from(month) - 1.0) / 12.0 + (f64::from(date) - 0.5) / 372.0,
    };
    (place * 1000.0).round() / 1000.0
}

/// Returns where a date stands and, for an interval, where it ends.
pub(super) fn places(date: Date) -> (Option<f64>, Option<f64>) {
    match date {
        Date::Day(day) => (Some(place(day)), None),
        Date::Interval(interval) => (interval.start.map(place), interval.end.map(place)),
    }
}

/// Returns whether a date is about right, and whether it is uncertain.
pub(super) fn qualifiers(date: Date) -> (bool, bool) {
    let of = |day: Option<Day>, qualifier| day.is_some_and(|day| day.qualifier == qualifier);
    let has = |qualifier| match date {
        Date::Day(day) => of(Some(day), qualifier),
        Date::Interval(interval) => of(interval.start, qualifier) || of(interval.end, qualifier),
    };
    (has(Qualifier::Approximate), has(Qualifier::Uncertain))
}

/// Returns the marks of a time axis between two decimal years.
pub(super) fn time_ticks(from: f64, to: f64, words: Words) -> Vec<Tick> {
    let years = to - from;
    if years <= 2.0 {
        return month_ticks(from, to, words);
    }
    let step = [1, 2, 5, 10, 20, 25, 50, 100, 200, 250, 500]
        .into_iter()
        .find(|step| (years / f64::from(*step)) as i32 <= TIME_TICKS);
    let step = step.unwrap_or(1000);
    let first = (from / f64::from(step)).ceil() as i32 * step;
    let ticks = (0..).map(|n| first + n * step).take_while(|year| f64::from(*year) <= to + 1e-6);
    ticks.map(|year| Tick { at: f64::from(year), text: year.to_string() }).collect()
}

/// Marks at the start of months, quarters or half years.
fn month_ticks(from: f64, to: f64, words: Words) -> Vec<Tick> {
    let months = (to - from) * 12.0;
    let step = [1, 3, 6].into_iter().find(|step| months / f64::from(*step) <= f64::from(TIME_TICKS)).unwrap_or(6);
    let first = (from * 12.0 / f64::from(step) - 1e-6).ceil() as i32 * step;
    let ticks = (0..).map(|n| first + n * step).take_while(|month| f64::from(*month) / 12.0 <= to + 1e-6);
    ticks
        .filter_map(|month| {
            let (year, month_of_year) = (month.div_euclid(12), month.rem_euclid(12));
            let day = Day {
                year: i16::try_from(year).ok()?,
                month: u8::try_from(month_of_year + 1).ok(),
                day: None,
                qualifier: Qualifier::Exact,
            };
            let at = f64::from(month) / 12.0;
            Some(Tick { at: (at * 1000.0).round() / 1000.0, text: words.date_short(Date::Day(day)) })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn axis(values: &[f64]) -> (f64, f64, Vec<String>) {
        let axis = value_axis(values.iter().copied(), Words::for_lang("en"));
        (axis.min, axis.max, axis.ticks.into_iter().map(|tick| tick.text).collect())
    }

    #[test]
    fn value_axes_end_on_round_numbers() {
        assert_eq!(axis(&[1.2, 3.8, 38.0]), (0.0, 40.0, ["0", "10", "20", "30", "40"].map(str::to_owned).to_vec()));
        assert_eq!(axis(&[12.4]).1, 12.5);
        assert_eq!(axis(&[0.3]).2.last().map(String::as_str), Some("0.3"));
        assert_eq!(axis(&[-3.0, 7.0]).0, -4.0);
        assert_eq!(axis(&[0.0]), (0.0, 1.0, vec!["0".to_owned(), "1".to_owned()]));
        assert_eq!(axis(&[12_400.0]).2.last().map(String::as_str), Some("12,500"));
    }

    #[test]
    fn places_in_time_are_middles() {
        let at = |text: &str| places(text.parse().expect("a date"));
        assert_eq!(at("2022"), (Some(2022.5), None));
        assert_eq!(at("2022-07"), (Some(2022.542), None));
        assert_eq!(at("2021/.."), (Some(2021.5), None));
        assert_eq!(at("2022-01-01").0, Some(2022.001));
    }

    #[test]
    fn time_axes_have_a_handful_of_marks() {
        let words = Words::for_lang("en");
        let texts = |from, to| time_ticks(from, to, words).into_iter().map(|tick| tick.text).collect::<Vec<_>>();
        assert_eq!(texts(2005.0, 2025.0), ["2005", "2010", "2015", "2020", "2025"]);
        assert_eq!(texts(2019.0, 2024.0), ["2019", "2020", "2021", "2022", "2023", "2024"]);
        assert_eq!(texts(2022.0, 2023.0), ["Jan 2022", "Apr 2022", "Jul 2022", "Oct 2022", "Jan 2023"]);
        assert!(texts(0.0, 2000.0).len() <= 10);
    }
}
