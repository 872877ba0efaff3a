//! Dates as they are printed.

use super::{Lang, Words};
use chancery_model::{Date, Day, Interval, Qualifier};

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// How much room a date may take.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Width {
    Long,
    Short,
}

impl Words {
    /// Returns a date in running text: “3 February 2025”, “about 2024”, “since 2021”; `2025년 2월 3일`.
    pub fn date(self, date: Date) -> String {
        self.date_as(date, Width::Long)
    }

    /// Returns a date in a table: “Jul 2023”; `2023. 7.`.
    pub fn date_short(self, date: Date) -> String {
        self.date_as(date, Width::Short)
    }

    fn date_as(self, date: Date, width: Width) -> String {
        match date {
            Date::Day(day) => self.day(day, width),
            Date::Interval(interval) => self.interval(interval, width),
        }
    }

    fn day(self, day: Day, width: Width) -> String {
        let plain = self.plain_day(day, width);
        match (day.qualifier, self.lang) {
            (Qualifier::Exact, _) => plain,
            (Qualifier::Approximate, Lang::En) => format!("about {plain}"),
            (Qualifier::Approximate, Lang::Ko) => format!("{plain}경"),
            (Qualifier::Uncertain, Lang::En) => format!("{plain} (uncertain)"),
            (Qualifier::Uncertain, Lang::Ko) => format!("{plain}(불확실)"),
        }
    }

    fn plain_day(self, day: Day, width: Width) -> String {
        let year = day.year;
        match (self.lang, width, day.month, day.day) {
            (Lang::En, _, None, _) => year.to_string(),
            (Lang::En, _, Some(month), None) => format!("{} {year}", month_name(month, width)),
            (Lang::En, _, Some(month), Some(day)) => format!("{day} {} {year}", month_name(month, width)),
            (Lang::Ko, Width::Long, None, _) => format!("{year}년"),
            (Lang::Ko, Width::Long, Some(month), None) => format!("{year}년 {month}월"),
            (Lang::Ko, Width::Long, Some(month), Some(day)) => format!("{year}년 {month}월 {day}일"),
            (Lang::Ko, Width::Short, None, _) => year.to_string(),
            (Lang::Ko, Width::Short, Some(month), None) => format!("{year}. {month}."),
            (Lang::Ko, Width::Short, Some(month), Some(day)) => format!("{year}. {month}. {day}."),
        }
    }

    fn interval(self, interval: Interval, width: Width) -> String {
        match (interval.start, interval.end) {
            (Some(start), Some(end)) => self.closed(start, end, width),
            (Some(start), None) => {
                let start = self.day(start, width);
                self.pick(format!("since {start}"), format!("{start} 이후"))
            }
            (None, Some(end)) => {
                let end = self.day(end, width);
                self.pick(format!("until {end}"), format!("{end}까지"))
            }
            (None, None) => String::new(),
        }
    }

    fn closed(self, start: Day, end: Day, width: Width) -> String {
        let exact = start.qualifier == Qualifier::Exact && end.qualifier == Qualifier::Exact;
        if exact && start == end {
            return self.day(start, width);
        }
        match exact.then(|| self.merged(start, end, width)).flatten() {
            Some(merged) => merged,
            None => {
                let (from, to) = (self.day(start, width), self.day(end, width));
                self.pick(format!("{from} – {to}"), format!("{from}~{to}"))
            }
        }
    }

    /// A range that says what both ends share only once; none where they share nothing.
    fn merged(self, start: Day, end: Day, width: Width) -> Option<String> {
        let same_year = start.year == end.year;
        let ends = (start.month, start.day, end.month, end.day);
        match (self.lang, ends) {
            (Lang::En, (None, _, None, _)) => Some(format!("{}–{}", start.year, end.year)),
            (Lang::Ko, (None, _, None, _)) => {
                Some(format!("{}~{}{}", start.year, end.year, if width == Width::Long { "년" } else { "" }))
            }
            (Lang::En, (Some(from), None, Some(to), None)) if same_year => {
                Some(format!("{}–{} {}", month_name(from, width), month_name(to, width), end.year))
            }
            (Lang::En, (Some(from), Some(first), Some(to), Some(last))) if same_year && from == to => {
                Some(format!("{first}–{last} {} {}", month_name(to, width), end.year))
            }
            (Lang::En, (Some(from), Some(first), Some(to), Some(_))) if same_year => {
                Some(format!("{first} {} – {}", month_name(from, width), self.plain_day(end, width)))
                    .filter(|_| from != to)
            }
            (Lang::Ko, (Some(from), None, Some(to), None)) if same_year && width == Width::Long => {
                Some(format!("{}년 {from}~{to}월", start.year))
            }
            (Lang::Ko, (Some(from), Some(first), Some(to), Some(last)))
                if same_year && from == to && width == Width::Long =>
            {
                Some(format!("{}년 {from}월 {first}~{last}일", start.year))
            }
            _ => None,
        }
    }
}

fn month_name(month: u8, width: Width) -> &'static str {
    let name = MONTHS[usize::from(month.clamp(1, 12)) - 1];
    match width {
        Width::Long => name,
        Width::Short => &name[..3],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn both(edtf: &str) -> (String, String) {
        let date: Date = edtf.parse().expect("an EDTF date");
        (Words::for_lang("en").date(date), Words::for_lang("ko").date(date))
    }

    #[test]
    fn dates_read_as_an_official_would_write_them() {
        let cases = [
            ("2025-02-03", "3 February 2025", "2025년 2월 3일"),
            ("2023-07", "July 2023", "2023년 7월"),
            ("2024", "2024", "2024년"),
            ("2024~", "about 2024", "2024년경"),
            ("2024-10?", "October 2024 (uncertain)", "2024년 10월(불확실)"),
            ("2017/2022", "2017–2022", "2017~2022년"),
            ("2021/..", "since 2021", "2021년 이후"),
            ("../2022", "until 2022", "2022년까지"),
            ("2022-05/2022-07", "May–July 2022", "2022년 5~7월"),
            ("2024-07-09/2024-07-11", "9–11 July 2024", "2024년 7월 9~11일"),
            ("2017-05/2022-05", "May 2017 – May 2022", "2017년 5월~2022년 5월"),
            ("2024-06-30/2024-07-02", "30 June – 2 July 2024", "2024년 6월 30일~2024년 7월 2일"),
            ("2019~/2021", "about 2019 – 2021", "2019년경~2021년"),
        ];
        for (edtf, en, ko) in cases {
            assert_eq!(both(edtf), (en.to_owned(), ko.to_owned()), "{edtf}");
        }
    }

    #[test]
    fn tables_get_short_dates() {
        let short = |tag: &str, edtf: &str| Words::for_lang(tag).date_short(edtf.parse().expect("an EDTF date"));
        assert_eq!(short("en", "2023-07"), "Jul 2023");
        assert_eq!(short("ko", "2023-07"), "2023. 7.");
        assert_eq!(short("ko", "2023-07-11"), "2023. 7. 11.");
        assert_eq!(short("ko", "2022-05/2024-12"), "2022. 5.~2024. 12.");
        assert_eq!(short("en", "2005-12-03"), "3 Dec 2005");
    }
}
