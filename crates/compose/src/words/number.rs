//! Numbers as they are printed.

use super::Words;

/// Units that stand before their number.
const CURRENCIES: &[&str] = &["US$", "A$", "C$", "$", "€", "£", "₩", "¥", "USD", "EUR", "GBP", "KRW", "JPY", "AUD"];

impl Words {
    /// Returns a number as spelled, its thousands grouped: `10000` is “10,000”, `3.50` stays “3.50”.
    ///
    /// What is no plain decimal number comes back as it is.
    pub fn number(self, spelled: &str) -> String {
        let spelled = spelled.trim();
        let plain: String = spelled.chars().filter(|c| !matches!(c, '_' | ' ' | '\u{a0}' | '\u{202f}')).collect();
        let (sign, digits) = match plain.strip_prefix(['-', '\u{2212}']) {
            Some(rest) => ("\u{2212}", rest),
            None => ("", plain.strip_prefix('+').unwrap_or(&plain)),
        };
        let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
        let is_decimal =
            !whole.is_empty() && [whole, fraction].iter().all(|part| part.bytes().all(|b| b.is_ascii_digit()));
        if !is_decimal {
            return spelled.to_owned();
        }
        let point = if digits.contains('.') { "." } else { "" };
        format!("{sign}{}{point}{fraction}", group(whole))
    }

    /// Returns a computed number with so many decimals, thousands grouped.
    pub fn decimal(self, value: f64, decimals: usize) -> String {
        let rounded = format!("{value:.decimals$}");
        let is_zero = rounded.bytes().all(|b| matches!(b, b'0' | b'.' | b'-'));
        self.number(if is_zero { rounded.trim_start_matches('-') } else { &rounded })
    }

    /// Returns a computed number with as many decimals as it needs, six at most.
    pub fn short_decimal(self, value: f64) -> String {
        let text = format!("{value:.6}");
        self.number(text.trim_end_matches('0').trim_end_matches('.'))
    }

    /// Returns a number that is only about right: “about 14”; `약 14`.
    pub fn about(self, number: &str) -> String {
        self.pick(format!("about {number}"), format!("약 {number}"))
    }

    /// Returns a formatted number with its unit; a currency stands before the number: “US$ 1.2 billion”.
    pub fn with_unit(self, number: &str, unit: &str) -> String {
        let unit = unit.trim();
        if unit.is_empty() {
            return number.to_owned();
        }
        let (head, rest) = unit.split_once(' ').unwrap_or((unit, ""));
        if CURRENCIES.contains(&head) {
            let amount = format!("{head}\u{a0}{number}");
            return if rest.is_empty() { amount } else { format!("{amount} {}", rest.trim()) };
        }
        if unit.starts_with(['%', '°']) {
            return self.pick(format!("{number}\u{a0}{unit}"), format!("{number}{unit}"));
        }
        let hangul = |c: char| ('\u{ac00}'..='\u{d7a3}').contains(&c);
        let joined = self == Self::for_lang("ko") && unit.starts_with(hangul);
        if joined { format!("{number}{unit}") } else { format!("{number}\u{a0}{unit}") }
    }

    /// Returns a share of one as a percentage: “30 %”; `30%`.
    pub fn percent(self, share: f64) -> String {
        let percent = share * 100.0;
        let text = self.decimal(percent, usize::from((percent - percent.round()).abs() > 0.05));
        self.pick(format!("{text}\u{a0}%"), format!("{text}%"))
    }
}

/// Puts a comma between groups of three digits.
fn group(digits: &str) -> String {
    let head = digits.len() % 3;
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (at, digit) in digits.char_indices() {
        if at > 0 && at % 3 == head {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_keep_their_decimals_and_get_their_commas() {
        let en = Words::for_lang("en");
        for (spelled, printed) in [
            ("10000", "10,000"),
            ("3.50", "3.50"),
            ("1234567.89", "1,234,567.89"),
            ("-12", "\u{2212}12"),
            ("12_400", "12,400"),
            ("999", "999"),
            ("some 40", "some 40"),
            ("1e6", "1e6"),
            ("", ""),
            (".", "."),
        ] {
            assert_eq!(en.number(spelled), printed, "{spelled}");
        }
        assert_eq!(en.decimal(-0.04, 1), "0.0");
        assert_eq!(en.short_decimal(12.5), "12.5");
        assert_eq!(en.short_decimal(40.0), "40");
    }

    #[test]
    fn units_stand_where_readers_expect_them() {
        let (en, ko) = (Words::for_lang("en"), Words::for_lang("ko"));
        assert_eq!(en.with_unit("1.2", "US$ billion"), "US$\u{a0}1.2 billion");
        assert_eq!(en.with_unit("11", "areas"), "11\u{a0}areas");
        assert_eq!(ko.with_unit("11", "개 분야"), "11개 분야");
        assert_eq!(en.percent(0.3), "30\u{a0}%");
        assert_eq!(ko.percent(1.0 / 3.0), "33.3%");
    }
}
