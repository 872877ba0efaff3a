//! What a PDF claims, holds and shows.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

mod common;

use chancery_typeset::{Attachment, DiagnosticKind, Pdf, PdfWanted, Project, Relation, Standards, Worker, WorkerError};
use common::{config, main, project, typeset};
use page_validation::{ValidationOptions, ValidationProfile, validate_pdf_bytes};

const BRIEF: &str = r#"
#set document(title: "Priority areas", author: "Asia desk", date: datetime(year: 2025, month: 2, day: 3))
#set text(font: ("Source Serif 4", "Pretendard"), lang: "en")
= Where things stand
The programme of the Republic of Korea (대한민국) covers 11 areas.#footnote[개별 맞춤형 파트너십 프로그램.]
#link("https://example.org")[As agreed].
#figure(table(columns: 2, table.header[Year][Steps], [2012], [1], [2023], [11]), caption: [Steps])
"#;

fn attachment() -> Attachment {
    Attachment {
        name: "brief.md".into(),
        description: "The text of the briefing".into(),
        media_type: "text/markdown".into(),
        relation: Relation::Source,
        bytes: b"# Where things stand".to_vec(),
    }
}

async fn pdf(project: Project, wanted: PdfWanted) -> Result<Pdf, WorkerError> {
    let worker = Worker::new(config());
    typeset(&worker, project).await.unwrap();
    worker.pdf(wanted).await
}

fn assert_conforms(bytes: &[u8]) {
    for profile in [ValidationProfile::PdfA3a, ValidationProfile::PdfUa1] {
        let report = validate_pdf_bytes(bytes, &ValidationOptions::default().profile(profile)).unwrap();
        let failures: Vec<_> = report.failures.iter().filter(|own| !is_misread(&own.message)).collect();
        assert!(failures.is_empty(), "{profile:?}: {failures:?}");
    }
}

/// Pretendard has 2,048 units an em, so that its subset scales by the matrix of its font dictionary (0.488) and that of
/// the font (0.001). `page_validation` 0.12.2 takes its widths for zero; read by fontTools they are those of the PDF.
fn is_misread(message: &str) -> bool {
    message.contains("width 0.000 in its embedded CIDFontType0C program")
}

#[tokio::test]
async fn it_claims_and_meets_archiving_and_accessibility() {
    let wanted = PdfWanted { attachments: vec![attachment()], ..PdfWanted::default() };
    let pdf = pdf(main(BRIEF), wanted).await.unwrap();
    assert_eq!((pdf.claims.to_string().as_str(), pdf.unmet.as_slice()), ("a-3a,ua-1", &[][..]));
    assert_conforms(&pdf.bytes);

    let document = lopdf::Document::load_mem(&pdf.bytes).unwrap();
    let text = document.extract_text(&[1]).unwrap().split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(text.contains("대한민국") && text.contains("개별 맞춤형 파트너십"), "{text}");
    let named = document.objects.values().any(|object| {
        object
            .as_dict()
            .is_ok_and(|own| own.get(b"UF").and_then(|name| name.as_str()).is_ok_and(|name| name == b"brief.md"))
    });
    assert!(named, "the attachment is listed");
}

#[tokio::test]
async fn two_processes_write_the_same_bytes() {
    let wanted = || PdfWanted { attachments: vec![attachment()], ..PdfWanted::default() };
    let (one, other) = tokio::join!(pdf(main(BRIEF), wanted()), async {
        let worker = Worker::new(config());
        typeset(&worker, project(&[("other.typ", "[x]"), ("main.typ", "#include \"other.typ\"\n= Other")]))
            .await
            .unwrap();
        typeset(&worker, main(&BRIEF.replace("11 areas", "12 areas"))).await.unwrap();
        typeset(&worker, main(BRIEF)).await.unwrap();
        worker.pdf(wanted()).await
    });
    assert!(one.unwrap().bytes == other.unwrap().bytes, "the bytes differ");
}

#[tokio::test]
async fn what_a_standard_lacks_ends_the_claim_or_is_an_error() {
    let text = BRIEF.replace("covers 11", "𓀀 covers 11").replace("title: \"Priority areas\", ", "");
    let loose = pdf(main(&text), PdfWanted::default()).await.unwrap();
    assert!(loose.claims.is_empty() && loose.bytes.starts_with(b"%PDF-1.7"));
    assert!(
        loose.unmet.iter().any(|own| own.kind == DiagnosticKind::Standard && own.message.contains("title")),
        "{:?}",
        loose.unmet
    );

    let strict = pdf(main(&text), PdfWanted { strict: true, ..PdfWanted::default() }).await.expect_err("no title");
    assert!(!strict.diagnostics().is_empty(), "{strict:?}");
    let plain =
        pdf(main(&text), PdfWanted { standards: Standards::none(), strict: true, ..PdfWanted::default() }).await;
    assert!(plain.unwrap().unmet.is_empty());
}

#[tokio::test]
async fn a_character_without_a_font_is_told_before_the_export() {
    let worker = Worker::new(config());
    let text = "Hieroglyph 𓀀 here";
    let outcome = typeset(&worker, main(text)).await.unwrap();
    let [finding] = &outcome.warnings[..] else { panic!("{:?}", outcome.warnings) };
    assert_eq!(finding.kind, DiagnosticKind::Glyph);
    assert_eq!(&text[finding.range.clone().unwrap()], "𓀀");
    let again = typeset(&worker, main(&format!("{text}\n\nMore."))).await.unwrap();
    assert_eq!(again.warnings.len(), 1, "{:?}", again.warnings);
}

#[tokio::test]
async fn scripts_and_addresses_of_other_kinds_do_not_leave() {
    let picture = "<svg xmlns='http://www.w3.org/2000/svg' width='10' height='10'><script>alert(1)</script></svg>";
    let linked = picture.replace("</svg>", "<image href='https://evil.example/x.png' width='5' height='5'/></svg>");
    let text = "#link(\"javascript:alert(1)\")[bad]\n#link(\"https://example.org\")[good]\n#image(\"x.svg\", alt: \"x\")\n\
                #block(link(\"file:///etc/passwd\")[worse])";
    let worker = Worker::new(config());
    let refused = typeset(&worker, project(&[("main.typ", text), ("x.svg", &linked)])).await.expect_err("an address");
    assert!(refused.to_string().contains("URLs are not allowed"), "{refused}");
    let outcome = typeset(&worker, project(&[("main.typ", text), ("x.svg", picture)])).await.unwrap();
    let svg = String::from_utf8(worker.svg(outcome.pages[0].hash).await.unwrap().expect("a page")).unwrap();
    assert!(svg.contains("https://example.org") && !svg.contains("javascript") && !svg.contains("file:"));
    for tag in svg.split('<').skip(1) {
        let name = tag.split(|c: char| c.is_whitespace() || c == '>' || c == '/').next().unwrap();
        assert_ne!(name, "script");
        let refers = name == "image" || name == "use";
        let own = tag.contains("href=\"#") || tag.contains("href=\"data:image/");
        assert!(!refers || own, "{}", &tag[..tag.len().min(200)]);
    }
    assert_eq!(outcome.warnings.iter().filter(|own| own.kind == DiagnosticKind::Link).count(), 2);
    let pdf = worker.pdf(PdfWanted::default()).await.unwrap();
    let document = lopdf::Document::load_mem(&pdf.bytes).unwrap();
    let addresses = document
        .objects
        .values()
        .filter_map(|own| own.as_dict().ok()?.get(b"A").ok()?.as_dict().ok()?.get(b"URI").ok()?.as_str().ok());
    assert_eq!(addresses.collect::<Vec<_>>(), [b"https://example.org"]);
}
