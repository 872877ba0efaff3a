//! Workspaces and briefings of any size, generated; the same every time.

use crate::folder::Folder;
use crate::programs::built;
use chancery_engine::EngineConfig;
use std::fmt::Write;
use std::time::Duration;

/// Words of a page, about.
const PARAGRAPHS_A_PAGE: usize = 6;

const SENTENCES: &[&str] = &[
    "The programme names fields of work, offices in charge and dates for each step.",
    "Seoul weighs what a closer tie adds to deterrence against what it costs elsewhere.",
    "Staff talks take place once a year and prepare the agenda of the ministers.",
    "Cyber defence is the field in which both sides have the longest practice.",
    "윤석열 정부는 북대서양조약기구와의 협력을 안보 정책의 한 축으로 삼았다.",
    "Industry follows demand: deliveries in months count for more than price.",
];

/// Returns the ROK–NATO workspace with a briefing `long.md` of about so many pages.
pub fn briefing(pages: usize) -> Folder {
    let folder = Folder::with_rok_nato();
    let mut text =
        "---\ntitle: A long briefing\ntemplate: policy-brief\ndate: 2025-02-03\nlang: en\n---\n\n".to_owned();
    for paragraph in 0..pages * PARAGRAPHS_A_PAGE {
        if paragraph % 9 == 0 {
            let _ = write!(text, "# Part {}\n\n", paragraph / 9 + 1);
        }
        let sentence = |n: usize| SENTENCES[(paragraph * 5 + n * 7 + n) % SENTENCES.len()];
        let body: Vec<&str> = (0..7).map(sentence).collect();
        let _ =
            write!(text, "Paragraph {paragraph}: {} [@ballbach-2025, p. {}].\n\n", body.join(" "), paragraph % 8 + 1);
    }
    folder.write("long.md", text);
    folder
}

/// Returns a workspace of so many snippets.
pub fn snippets(count: usize) -> Folder {
    let folder = Folder::with(&[]);
    let kinds = ["event", "agreement", "text", "assessment"];
    for n in 0..count {
        let sentence = |k: usize| SENTENCES[(n + k * 3) % SENTENCES.len()];
        let text = format!(
            "---\nkind: {}\ntitle: Item {n} of the {} files\ndate: {}-{:02}\nactors: [ROK, NATO, Partner{}]\ntopics: [topic{}]\n\
             short: Short form of item {n}.\n---\n{} {}\n",
            kinds[n % kinds.len()],
            ["first", "second", "third"][n % 3],
            2000 + n % 25,
            n % 12 + 1,
            n % 40,
            n % 30,
            sentence(0),
            sentence(1),
        );
        folder.write(&format!("snippets/f{:03}/item-{n}.md", n / 500), text);
    }
    folder
}

/// Returns a session's set-up that keeps to the folder.
pub fn config(folder: &Folder) -> EngineConfig {
    EngineConfig {
        data: folder.home().join("data"),
        cache: folder.home().join("cache"),
        deadline: Duration::from_secs(60),
        memory: 4 << 30,
        ..EngineConfig::new(built("chancery"))
    }
}
