//! Names of kinds, states and grades of judgement.

use super::Words;
use chancery_model::{Confidence, Kind, Likelihood};

impl Words {
    /// Returns the name of a kind of snippet, as a label.
    pub fn kind(self, kind: Kind) -> &'static str {
        match kind {
            Kind::Event => self.pick("Event", "동향"),
            Kind::Agreement => self.pick("Agreement", "합의"),
            Kind::Figure => self.pick("Figure", "수치"),
            Kind::Deal => self.pick("Deal", "계약"),
            Kind::Assessment => self.pick("Assessment", "평가"),
            Kind::Comparison => self.pick("Comparison", "비교"),
            Kind::Recommendation => self.pick("Recommendation", "권고"),
            Kind::Programme => self.pick("Programme", "프로그램"),
            Kind::Area => self.pick("Area", "협력 분야"),
            Kind::Actor => self.pick("Actor", "인물·기관"),
            Kind::Quote => self.pick("Statement", "발언"),
            Kind::Term => self.pick("Term", "용어"),
            Kind::Text => self.pick("Note", "참고"),
        }
    }

    /// Returns the name of a status of an agreement or deal; an unknown one comes back as it is.
    pub fn status(self, status: &str) -> &str {
        match status {
            "signed" => self.pick("signed", "체결"),
            "in force" => self.pick("in force", "발효"),
            "applied" => self.pick("applied for", "신청"),
            "proposed" => self.pick("proposed", "제안"),
            "talks" => self.pick("in talks", "협의 중"),
            other => other,
        }
    }

    /// Returns a term of likelihood, with a capital where the language has them.
    pub fn likelihood(self, likelihood: Likelihood) -> String {
        let term = likelihood.term();
        self.pick(capitalised(term), korean_likelihood(term).to_owned())
    }

    /// Returns how sure the holder of a judgement is.
    pub fn confidence(self, confidence: Confidence) -> &'static str {
        match confidence {
            Confidence::Low => self.pick("low", "낮음"),
            Confidence::Moderate => self.pick("moderate", "보통"),
            Confidence::High => self.pick("high", "높음"),
        }
    }

    /// Returns the label of a front matter field that is printed beside its value.
    pub fn field(self, name: &str) -> &str {
        match name {
            "place" => self.pick("Place", "장소"),
            "parties" => self.pick("Parties", "당사자"),
            "buyer" => self.pick("Buyer", "도입국"),
            "supplier" => self.pick("Supplier", "공급자"),
            "items" => self.pick("Items", "품목"),
            "value" => self.pick("Value", "금액"),
            "status" => self.pick("Status", "상태"),
            "holder" => self.pick("Judgement of", "판단 주체"),
            "addressee" => self.pick("Addressee", "수신"),
            "condition" => self.pick("Condition", "조건"),
            "areas" => self.pick("Areas", "분야"),
            "programme" => self.pick("Programme", "프로그램"),
            "period" => self.pick("Period", "기간"),
            "number" => self.pick("Number", "번호"),
            "department" => self.pick("Department", "소관 부처"),
            "timeline" => self.pick("Timeline", "추진 일정"),
            "role" => self.pick("Role", "직책"),
            "from" => self.pick("From", "시작"),
            "to" => self.pick("To", "종료"),
            "in-office" => self.pick("In office", "재임"),
            "speaker" => self.pick("Speaker", "발언자"),
            "said" => self.pick("Said", "발언일"),
            "abbr" => self.pick("Abbreviation", "약어"),
            "expansion" => self.pick("Stands for", "원어"),
            "series" => self.pick("Series", "계열"),
            "criteria" => self.pick("Criteria", "기준"),
            "date" => self.pick("Date", "일자"),
            "actors" => self.pick("Actors", "행위자"),
            "topics" => self.pick("Topics", "주제"),
            "confidence" => self.pick("Confidence", "확신도"),
            "likelihood" => self.pick("Likelihood", "가능성"),
            "as-of" => self.pick("As of", "기준일"),
            "explicit" => self.pick("Stated", "명시"),
            other => other,
        }
    }

    /// Returns “yes” or “no”.
    pub fn yes_no(self, yes: bool) -> &'static str {
        if yes { self.pick("yes", "예") } else { self.pick("no", "아니요") }
    }
}

/// The terms of ICD 203 in the wording of Korean official assessments.
fn korean_likelihood(term: &str) -> &'static str {
    match term {
        "almost no chance" | "remote" => "가능성 거의 없음",
        "very unlikely" | "highly improbable" => "가능성 매우 낮음",
        "unlikely" | "improbable" => "가능성 낮음",
        "roughly even chance" | "roughly even odds" => "가능성 반반",
        "likely" | "probable" => "가능성 높음",
        "very likely" | "highly probable" => "가능성 매우 높음",
        _ => "거의 확실",
    }
}

fn capitalised(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map(|first| first.to_uppercase().chain(chars).collect()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_term_of_likelihood_has_a_korean_word_of_its_own_range() {
        let ko = Words::for_lang("ko");
        let mut seen: Vec<((u8, u8), String)> = Vec::new();
        for term in Likelihood::TERMS {
            let likelihood = Likelihood::parse(term).expect("a term");
            seen.push((likelihood.range(), ko.likelihood(likelihood)));
        }
        seen.dedup();
        assert_eq!(seen.len(), 7);
    }
}
