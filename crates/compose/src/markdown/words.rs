//! The words that Markdown needs beside those of the data: heads of columns, labels.

use crate::words::{Lang, Words};

fn pick(words: Words, en: &'static str, ko: &'static str) -> &'static str {
    match words.lang() {
        Lang::En => en,
        Lang::Ko => ko,
    }
}

macro_rules! labels {
    ($($name:ident: $en:literal, $ko:literal;)*) => {
        $(
            #[doc = concat!("“", $en, "”.")]
            pub(super) fn $name(words: Words) -> &'static str {
                pick(words, $en, $ko)
            }
        )*
    };
}

labels! {
    addressee: "Addressee", "수신";
    area: "Area", "분야";
    condition: "Condition", "조건";
    date: "Date", "일자";
    dimension: "Dimension", "항목";
    evidence: "Evidence", "근거";
    figure: "Value", "값";
    implied: "implied, not stated", "명시되지 않음";
    items: "Items", "품목";
    key_points: "Key points", "핵심 요지";
    label: "What", "구분";
    no_evidence: "No evidence", "근거 없음";
    note: "Note", "주";
    notes: "Notes", "발표자 메모";
    other_reading: "Other reading", "다른 해석";
    passage: "Passage", "내용";
    rank: "Rank", "순위";
    ranks: "Possible ranks", "순위 범위";
    snippet: "Evidence", "근거 자료";
    source: "Source", "자료";
    sources: "Sources", "자료";
    status: "Status", "상태";
    buyer: "Buyer", "도입국";
    total: "Total", "합계";
    value: "Value", "금액";
}
