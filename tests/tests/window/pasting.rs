//! What is pasted into the text of the real window from Word, a browser and a picture program, by the clipboard.

use chancery_tests::folder::Folder;
use chancery_tests::window::{CONTROL, RELEASE, SHIFT, Window};
use fantoccini::key::Key;
use image::{ImageFormat, Rgb, RgbImage};
use std::fs;
use std::io::Cursor;
use std::time::Duration;

/// As Word puts it on the clipboard, its styles left out.
const WORD: &str = r##"<html xmlns:o="urn:schemas-microsoft-com:office:office"
xmlns:w="urn:schemas-microsoft-com:office:word"><head><meta name=Generator content="Microsoft Word 15"></head>
<body lang=EN-GB><!--StartFragment-->
<p class=MsoNormal><b>Seoul and Brussels</b> signed the <i>programme</i><a style='mso-footnote-id:ftn1' href="#_ftn1"
name="_ftnref1"><span class=MsoFootnoteReference><span style='mso-special-character:footnote'><![if
!supportFootnotes]>[1]<![endif]></span></span></a> in 2023;
see <a href="https://www.nato.int/docs">the text</a>.<o:p></o:p></p>
<p class=MsoListParagraphCxSpFirst style='mso-list:l0 level1 lfo1'><![if !supportLists]><span
style='mso-list:Ignore'>·<span>&nbsp;&nbsp;</span></span><![endif]>Cyber 사이버</p>
<p class=MsoListParagraphCxSpLast style='mso-list:l0 level1 lfo1'><![if !supportLists]><span
style='mso-list:Ignore'>·<span>&nbsp;&nbsp;</span></span><![endif]>Arms control</p>
<table class=MsoTableGrid><tr><td><p class=MsoNormal><b>Deal</b></p></td>
<td><p class=MsoNormal align=right style='text-align:right'><b>Value</b></p></td></tr>
<tr><td><p class=MsoNormal>K2 tanks</p></td>
<td><p class=MsoNormal align=right style='text-align:right'>3.4</p></td></tr></table>
<!--EndFragment--><div style='mso-element:footnote-list'><div style='mso-element:footnote' id=ftn1>
<p class=MsoFootnoteText><a style='mso-footnote-id:ftn1' href="#_ftnref1" name="_ftn1"><span
class=MsoFootnoteReference>[1]</span></a> Press release, 11 July 2023.</p></div></div></body></html>"##;

const BROWSER: &str = "<meta charset='utf-8'><h2>What both kept</h2><p>Two governments <strong>built</strong> this, \
    see <a href='https://example.org/a'>the source</a>.</p><ol><li>one</li><li>two</li></ol>";

async fn open(folder: &Folder) -> (Window, String) {
    let window = Window::open(folder).await;
    window.open_file("brief.md").await;
    let hash = window.first_page().await;
    (window, hash)
}

fn folder() -> Folder {
    Folder::with(&[(
        "brief.md",
        "---\ntitle: Pasted\ntemplate: policy-brief\ndate: 2025-01-01\n---\n\nFirst paragraph.\n",
    )])
}

/// Begins a paragraph of its own at the end of the text.
async fn begin_paragraph(window: &Window, behind: &str) {
    window.cursor_behind(behind).await;
    window.press(Key::Enter).await;
    window.press(Key::Enter).await;
}

/// Returns a picture of one colour.
fn png(colour: [u8; 3]) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    RgbImage::from_pixel(120, 60, Rgb(colour)).write_to(&mut bytes, ImageFormat::Png).expect("a picture");
    bytes.into_inner()
}

/// Waits until the window shows a good deal of a colour.
async fn until_colour(window: &Window, [red, green, blue]: [u8; 3]) {
    let near = |have: u8, want: u8| have.abs_diff(want) < 30;
    for _ in 0..100 {
        let picture = window.picture().await;
        if picture.pixels().filter(|p| near(p.0[0], red) && near(p.0[1], green) && near(p.0[2], blue)).count() > 200 {
            return;
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    panic!("the colour {red} {green} {blue} never came onto the page");
}

#[tokio::test(flavor = "multi_thread")]
async fn text_from_word_and_from_a_browser_becomes_markdown() {
    let folder = folder();
    let (window, hash) = open(&folder).await;
    begin_paragraph(&window, "First paragraph.").await;
    let before = window.editor_text().await;
    window.copy_from_elsewhere(&folder, "text/html", WORD);
    window.press_control('v').await;
    window.until_text("K2 tanks").await;
    let text = window.editor_text().await;
    for part in [
        "**Seoul and Brussels** signed the *programme*[^1] in 2023; see [the text](https://www.nato.int/docs).\n\n",
        "- Cyber 사이버\n- Arms control\n\n",
        "| Deal | Value |\n| --- | ---: |\n| K2 tanks | 3.4 |\n",
        "\n[^1]: Press release, 11 July 2023.\n",
    ] {
        let plain = text.replace("| **Deal** | **Value** |", "| Deal | Value |");
        assert!(plain.contains(part), "`{part}` is in:\n{text}");
    }
    let hash = window.next_page(&hash).await;
    window.until_shown(".status", "No problems").await;
    window.press_control('z').await;
    assert_eq!(window.editor_text().await, before, "one undo takes all of it back");

    window.copy_from_elsewhere(&folder, "text/html", BROWSER);
    window.press_control('v').await;
    window.until_text("## What both kept\n\nTwo governments **built** this, see [the source]").await;
    window.until_text("(https://example.org/a).\n\n1. one\n2. two\n").await;
    window.next_page(&hash).await;
    window.press_control('z').await;
    assert_eq!(window.editor_text().await, before);
    // Plain text stays plain, with its signs.
    window.copy_from_elsewhere(&folder, "UTF8_STRING", "Plain 글 with *signs*");
    window.press_control('v').await;
    window.until_text("First paragraph.\n\nPlain 글 with *signs*").await;
    folder.until_file("brief.md", "Plain 글 with *signs*");
    window.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_pasted_picture_is_kept_and_asked_what_it_shows() {
    const RED: [u8; 3] = [208, 24, 24];
    const BLUE: [u8; 3] = [24, 48, 208];
    let folder = folder();
    let (window, hash) = open(&folder).await;
    begin_paragraph(&window, "First paragraph.").await;
    window.copy_from_elsewhere(&folder, "image/png", png(RED));
    window.press_control('v').await;
    window.until("the field asks", "document.activeElement?.closest('.picture-ask') !== null").await;
    assert_eq!(window.value_of(".picture-ask", "What the picture shows").await, "");
    // Nothing written: it says what that means, and a second Enter puts it in all the same.
    window.press(Key::Enter).await;
    window.until_shown(".picture-ask", "learns nothing of the picture").await;
    assert!(!window.editor_text().await.contains("images/"), "it is not in the text yet");
    window.press(Key::Enter).await;
    window.until_text("First paragraph.\n\n![](images/picture.png)\n").await;
    let hash = window.next_page(&hash).await;
    window.type_text(&format!("{CONTROL}{SHIFT}m{RELEASE}")).await;
    window.until_shown(".prob", "alternative text").await;
    window.type_text(&format!("{CONTROL}{SHIFT}m{RELEASE}")).await;

    // A second one, which its program gave the same name; this time with words.
    begin_paragraph(&window, "![](images/picture.png)").await;
    window.copy_from_elsewhere(&folder, "image/png", png(BLUE));
    window.press_control('v').await;
    window.until("the field asks again", "document.activeElement?.closest('.picture-ask') !== null").await;
    window.type_text("A field of blue 파란 들").await;
    window.press(Key::Enter).await;
    window.until_text("](images/picture-2.png)").await;
    window.until_text("![A field of blue 파란 들](images/picture-2.png)").await;
    window.next_page(&hash).await;
    for (name, colour) in [("picture.png", RED), ("picture-2.png", BLUE)] {
        let bytes = fs::read(folder.workspace().join("images").join(name)).expect("the picture is in its folder");
        let kept = image::load_from_memory(&bytes).expect("a picture").to_rgb8();
        assert_eq!((kept.dimensions(), kept.get_pixel(9, 9).0), ((120, 60), colour), "{name} is what was pasted");
        until_colour(&window, colour).await;
    }
    // Given up: the picture is kept and named, the text does not change, and it can still go in.
    let before = window.editor_text().await;
    window.copy_from_elsewhere(&folder, "image/png", png([24, 160, 48]));
    window.press_control('v').await;
    window.until("the field asks", "document.activeElement?.closest('.picture-ask') !== null").await;
    window.press(Key::Escape).await;
    window.until_shown(".toast", "picture-3.png").await;
    assert_eq!(window.editor_text().await, before);
    window.click_named(".toast", "Put it in").await;
    window.until_text("![](images/picture-3.png)").await;
    window.press_control('z').await;
    assert_eq!(window.editor_text().await, before);
    window.close().await;
}
