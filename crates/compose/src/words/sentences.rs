//! Whole sentences: alternative texts, and what a table of ranks says in words.

use super::{Lang, Words};
use crate::data::Firmness;

/// Bars that an alternative text names one by one, at most.
const NAMED: usize = 12;

/// What a bar chart shows.
#[derive(Debug, Clone, PartialEq)]
pub struct AxisSummary {
    /// The chart's title.
    pub title: Option<String>,
    /// The unit of all values.
    pub unit: String,
    /// Label, printed value and value of each bar.
    pub values: Vec<(String, String, Option<f64>)>,
}

/// What a line shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LineSummary {
    /// What the line stands for.
    pub label: String,
    /// Its first year and printed value.
    pub first: (i32, String),
    /// Its last year and printed value.
    pub last: (i32, String),
}

/// Over which range of a criterion's weight the first place stays.
#[derive(Debug, Clone, PartialEq)]
pub struct RankStay {
    /// The criterion, as readers see it.
    pub criterion: String,
    /// The lowest share of one.
    pub from: f64,
    /// The highest share of one.
    pub to: f64,
}

impl Words {
    /// Returns what stands where a source has no date.
    pub fn no_date(self) -> &'static str {
        self.pick("n.d.", "연도 미상")
    }

    /// Returns what stands in the preview where a view has nothing to show.
    pub fn nothing_selected(self) -> &'static str {
        self.pick("nothing to show", "표시할 내용 없음")
    }

    /// Returns what stands where a number is not known.
    pub fn not_given(self) -> &'static str {
        self.pick("not given", "미상")
    }

    /// Returns the date of a deal that is not concluded.
    pub fn open_date(self) -> &'static str {
        self.pick("open", "미정")
    }

    /// Returns the status of a deal that names none.
    pub fn no_status(self) -> &'static str {
        self.pick("not stated", "미상")
    }

    /// Returns a sum that leaves out so many amounts that are not known.
    pub fn with_missing(self, sum: &str, missing: usize) -> String {
        self.pick(format!("{sum} ({missing} not given)"), format!("{sum}({missing}건 금액 미상)"))
    }

    /// Returns the head of a column of averages.
    pub fn per_year(self) -> &'static str {
        self.pick("per year", "연평균")
    }

    /// Returns the head of a column of names of figures.
    pub fn figure_head(self) -> &'static str {
        self.pick("Figure", "항목")
    }

    /// Returns the head of a column of values of several units.
    pub fn value_head(self) -> &'static str {
        self.pick("Value", "값")
    }

    /// Returns the reason of an area that no evidence ranks.
    pub fn no_evidence(self) -> &'static str {
        self.pick("no evidence in the sources", "출처에 근거 없음")
    }

    /// Returns the heading of recommendations that concern all areas.
    pub fn all_areas(self) -> &'static str {
        self.pick("Across all areas", "전 분야 공통")
    }

    /// Returns the heading of recommendations that name no addressee.
    pub fn nobody_named(self) -> &'static str {
        self.pick("No addressee named", "수신 미지정")
    }

    /// Returns a rank and how firm it is: “Rank 1, firm”.
    pub fn rank(self, rank: usize, firmness: Firmness) -> String {
        let firm = match firmness {
            Firmness::Firm => self.pick("firm", "확고"),
            Firmness::FairlyFirm => self.pick("fairly firm", "비교적 확고"),
            Firmness::Open => self.pick("open", "유동적"),
        };
        self.pick(format!("Rank {rank}, {firm}"), format!("{rank}순위({firm})"))
    }

    /// Returns what a timeline shows: how many events, from when to when, the first and the last, who was in office.
    pub fn timeline_alt(
        self,
        events: usize,
        years: Option<(i32, i32)>,
        first: (String, String),
        last: (String, String),
        eras: &[&str],
    ) -> String {
        let ends = |(date, text): &(String, String)| {
            let text = text.trim_end_matches('.');
            if date.is_empty() { text.to_owned() } else { format!("{text} ({date})") }
        };
        let (first, last) = (ends(&first), ends(&last));
        let bands = self.enumeration(eras);
        match self.lang {
            Lang::En => {
                let axis =
                    years.map_or_else(|| "List".to_owned(), |(from, to)| format!("Time axis from {from} to {to}"));
                let events = if events == 1 { "one event".to_owned() } else { format!("{events} events") };
                let ends = if first == last {
                    format!(": {first}.")
                } else {
                    format!(". The first is: {first}; the last: {last}.")
                };
                let bands =
                    if bands.is_empty() { String::new() } else { format!(" Bands show who was in office: {bands}.") };
                format!("{axis} with {events}{ends}{bands}")
            }
            Lang::Ko => {
                let axis =
                    years.map_or_else(|| "목록".to_owned(), |(from, to)| format!("{from}년부터 {to}년까지의 연표"));
                let ends = if first == last {
                    format!(": {first}.")
                } else {
                    format!(". 첫 항목: {first}. 마지막 항목: {last}.")
                };
                let bands = if bands.is_empty() {
                    String::new()
                } else {
                    format!(" 띠는 재임 기간을 나타냄: {bands}.")
                };
                format!("{axis}, 총 {events}건{ends}{bands}")
            }
        }
    }

    /// Returns what a bar chart shows, its numbers included.
    pub fn bars_alt(self, chart: &AxisSummary) -> String {
        let head = self.pick("Bar chart", "막대그래프");
        let title =
            chart.title.as_deref().map(|title| format!(" {}.", title.trim_end_matches('.'))).unwrap_or_default();
        let unit = if chart.unit.is_empty() { String::new() } else { format!(", {}", chart.unit) };
        let said = |(label, text, _): &(String, String, Option<f64>)| format!("{label}: {text}");
        if chart.values.len() <= NAMED {
            let values: Vec<String> = chart.values.iter().map(said).collect();
            return format!("{head}{unit}.{title} {}.", values.join("; "));
        }
        let known = || chart.values.iter().filter(|(.., value)| value.is_some());
        let order = |a: &&(String, String, Option<f64>), b: &&(String, String, Option<f64>)| {
            a.2.unwrap_or_default().total_cmp(&b.2.unwrap_or_default())
        };
        let (low, high) = (known().min_by(order).map(said), known().max_by(order).map(said));
        let count = chart.values.len();
        let ends = self.pick(
            format!(
                "{count} bars. Lowest: {}. Highest: {}.",
                low.clone().unwrap_or_default(),
                high.clone().unwrap_or_default()
            ),
            format!("막대 {count}개. 최소: {}. 최대: {}.", low.unwrap_or_default(), high.unwrap_or_default()),
        );
        format!("{head}{unit}.{title} {ends}")
    }

    /// Returns what a line chart shows: for each line, its first and last year and value.
    pub fn lines_alt(self, title: Option<&str>, unit: &str, lines: &[LineSummary]) -> String {
        let title = title.map(|title| format!(" {}.", title.trim_end_matches('.'))).unwrap_or_default();
        let unit = if unit.is_empty() { String::new() } else { format!(", {unit}") };
        let said = |line: &LineSummary| {
            let (label, (from, low), (to, high)) = (&line.label, &line.first, &line.last);
            match (self.lang, from == to) {
                (_, true) => format!("{label}: {low} ({from})"),
                (Lang::En, _) => format!("{label}: from {low} in {from} to {high} in {to}"),
                (Lang::Ko, _) => format!("{label}: {from}년 {low}, {to}년 {high}"),
            }
        };
        let lines: Vec<String> = lines.iter().map(said).collect();
        format!("{}{unit}.{title} {}.", self.pick("Line chart", "선그래프"), lines.join("; "))
    }

    /// Returns over which range of each weight the first place stays, and what happens while all weights move.
    pub fn ranks_stay(self, leaders: &[String], stays: &[RankStay], firm: usize, of: usize) -> String {
        let whole = |stay: &&RankStay| stay.from <= 1e-9 && stay.to >= 1.0 - 1e-9;
        let (free, bound): (Vec<&RankStay>, Vec<&RankStay>) = stays.iter().partition(whole);
        let leaders = self.list(leaders);
        let first = match self.lang {
            Lang::En => english_stay(self, &leaders, &free, &bound),
            Lang::Ko => korean_stay(self, &leaders, &free, &bound),
        };
        format!("{first} {}", self.firm_places(firm, of))
    }

    fn firm_places(self, firm: usize, of: usize) -> String {
        match (self.lang, firm) {
            (Lang::En, 0) => "While all weights move by up to ten points at once, no place is sure.".to_owned(),
            (Lang::En, 1) => {
                "While all weights move by up to ten points at once, only the first place is sure.".to_owned()
            }
            (Lang::En, firm) if firm >= of => {
                "No place changes while all weights move by up to ten points at once.".to_owned()
            }
            (Lang::En, firm) => format!(
                "While all weights move by up to ten points at once, the first {} places are sure.",
                english(firm)
            ),
            (Lang::Ko, 0) => "모든 가중치를 동시에 10%p 이내로 바꾸면 확정된 순위는 없음.".to_owned(),
            (Lang::Ko, firm) if firm >= of => "모든 가중치를 동시에 10%p 이내로 바꾸어도 순위는 그대로임.".to_owned(),
            (Lang::Ko, firm) => format!("모든 가중치를 동시에 10%p 이내로 바꾸어도 상위 {firm}개 순위는 그대로임."),
        }
    }

    /// A range of a weight in whole points, inwards.
    fn weight_range(self, stay: &RankStay) -> String {
        let (from, to) = ((stay.from * 100.0 - 1e-6).ceil().max(0.0), (stay.to * 100.0 + 1e-6).floor().min(100.0));
        if from >= to {
            return self.percent((stay.from + stay.to) / 2.0);
        }
        self.pick(format!("{from}–{to}\u{a0}%"), format!("{from}~{to}%"))
    }
}

fn english_stay(words: Words, leaders: &str, free: &[&RankStay], bound: &[&RankStay]) -> String {
    let ranges: Vec<String> =
        bound.iter().map(|stay| format!("“{}” weighs {}", stay.criterion, words.weight_range(stay))).collect();
    let names: Vec<String> = free.iter().map(|stay| format!("“{}”", stay.criterion)).collect();
    match (bound.is_empty(), free.is_empty()) {
        (true, _) => format!("First place stays with {leaders} whatever the weight of any one criterion."),
        (false, true) => {
            format!("First place stays with {leaders} while {}, one weight moved at a time.", words.list(&ranges))
        }
        (false, false) => format!(
            "First place stays with {leaders} while {}, one weight moved at a time, and whatever the weight of {}.",
            words.list(&ranges),
            words.list(&names)
        ),
    }
}

fn korean_stay(words: Words, leaders: &str, free: &[&RankStay], bound: &[&RankStay]) -> String {
    let ranges: Vec<String> =
        bound.iter().map(|stay| format!("‘{}’ {}", stay.criterion, words.weight_range(stay))).collect();
    let names: Vec<String> = free.iter().map(|stay| format!("‘{}’", stay.criterion)).collect();
    match (bound.is_empty(), free.is_empty()) {
        (true, _) => format!("어느 한 기준의 가중치를 바꾸어도 1순위는 {leaders}."),
        (false, true) => format!("가중치를 하나씩 바꿀 때 다음 범위에서 1순위는 {leaders}: {}.", ranges.join(", ")),
        (false, false) => format!(
            "가중치를 하나씩 바꿀 때 다음 범위에서 1순위는 {leaders}: {}. {}의 가중치는 영향 없음.",
            ranges.join(", "),
            names.join(", ")
        ),
    }
}

/// Small numbers as words.
fn english(number: usize) -> String {
    const WORDS: [&str; 11] = ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"];
    WORDS.get(number).map_or_else(|| number.to_string(), |word| (*word).to_owned())
}
