//! Fields, buttons, menus and lists of the window, found by the names that a user reads and a screen reader says.

use crate::window::{CONTROL, EDITOR, RELEASE, Window};
use fantoccini::elements::{Element, ElementRef};
use fantoccini::key::Key;
use serde_json::Value;
use std::time::{Duration, Instant};

/// How long a control may take to come.
const PATIENCE: Duration = Duration::from_secs(40);
/// The key under which WebDriver gives an element.
const ELEMENT: &str = "element-6066-11e4-a52e-4f735466cecf";

/// Returns what has a name within `place`: by `aria-label`, by its label, or by its own text, where it can be seen.
const NAMED: &str = "((place, name) => {
  const flat = (text) => (text ?? '').replace(/\\s+/g, ' ').trim();
  const names = (e) => [e.getAttribute('aria-label'), ...[...(e.labels ?? [])].map((l) => [...l.querySelectorAll(':scope > span')].map((s) => s.textContent).find((t) => t.trim() !== '') ?? l.textContent), e.textContent]
    .map(flat).filter((text) => text !== '');
  const roles = 'button, input, select, textarea, summary, [role=option], [role=menuitem], [role=tab], [role=switch], [role=button]';
  for (const root of document.querySelectorAll(place)) {
    const found = [...root.querySelectorAll(roles)].filter((e) => e.getClientRects().length > 0 && names(e)[0] === name);
    if (found.length > 0) return found.at(-1);
  }
  return null;
})";

impl Window {
    /// Waits for the control of that name in a part of the window.
    pub async fn named(&self, place: &str, name: &str) -> Element {
        let found = self.until(&format!("`{name}` in {place}"), &format!("{NAMED}({place:?}, {name:?})")).await;
        self.element(&found)
    }

    /// Returns whether there is a control of that name in a part of the window.
    pub async fn has(&self, place: &str, name: &str) -> bool {
        !self.evaluate(&format!("{NAMED}({place:?}, {name:?})")).await.is_null()
    }

    /// Clicks the control of that name; of a choice, what is written beside it.
    pub async fn click_named(&self, place: &str, name: &str) {
        let choice = format!(
            "((e) => (e?.matches('[type=radio], [type=checkbox]') ? e.labels[0] : e))({NAMED}({place:?}, {name:?}))"
        );
        let began = Instant::now();
        loop {
            let found = self.until(&format!("`{name}` in {place}"), &choice).await;
            match self.element(&found).click().await {
                // It was drawn anew in between, and not clicked.
                Err(error) if error.is_stale_element_reference() && began.elapsed() < PATIENCE => {}
                clicked => return clicked.unwrap_or_else(|error| panic!("`{name}` cannot be clicked: {error}")),
            }
        }
    }

    /// Puts the keys into the control of that name, as Tab does.
    pub async fn focus_named(&self, place: &str, name: &str) -> Element {
        let focus = format!("(() => {{ const e = {NAMED}({place:?}, {name:?}); e?.focus(); return e; }})()");
        let found = self.until(&format!("`{name}` in {place}"), &focus).await;
        self.element(&found)
    }

    /// Opens a snippet beside the text through the switcher, by keys alone.
    pub async fn open_snippet(&self, id: &str) {
        self.press_control('o').await;
        self.find("dialog.palette input").await;
        self.type_text(id).await;
        let offered = format!(
            "[...document.querySelectorAll('#palette-list [role=option][aria-selected=true] *')].some((e) => e.textContent === {id:?})"
        );
        self.until(&format!("{id} is offered"), &offered).await;
        self.type_text(&format!("{CONTROL}{}{RELEASE}", char::from(Key::Enter))).await;
        self.until(
            &format!("{id} is open"),
            &format!("document.querySelector('.snip .sh .mono')?.innerText === {id:?}"),
        )
        .await;
        self.find(".snip .cm-content").await;
    }

    /// Selects a text in the editor.
    pub async fn select_text(&self, text: &str) {
        let units = text.encode_utf16().count();
        let script = format!(
            "(() => {{ const v = {EDITOR}; const at = v.state.doc.toString().indexOf({text:?}); if (at < 0) return false; \
             v.focus(); v.dispatch({{ selection: {{ anchor: at, head: at + {units} }}, scrollIntoView: true }}); return true; }})()"
        );
        self.until("the text is selected", &script).await;
    }

    /// Returns the line that the cursor is in.
    pub async fn line_at_cursor(&self) -> String {
        let line = self.evaluate(&format!("{EDITOR}.state.doc.lineAt({EDITOR}.state.selection.main.head).text")).await;
        line.as_str().expect("a line").to_owned()
    }

    /// Replaces what a field holds by a text that is typed.
    pub async fn fill(&self, place: &str, name: &str, text: &str) {
        let field = self.focus_named(place, name).await;
        field.send_keys(&format!("{CONTROL}a{RELEASE}")).await.expect("all selected");
        field.send_keys(text).await.unwrap_or_else(|error| panic!("`{name}` takes no text: {error}"));
    }

    /// Puts a text of several lines into a field at once, as pasting does.
    pub async fn paste_into(&self, place: &str, name: &str, text: &str) {
        self.focus_named(place, name).await;
        let paste = format!(
            "(() => {{ const e = document.activeElement; e.select(); return document.execCommand('insertText', false, {text:?}); }})()"
        );
        assert_eq!(self.evaluate(&paste).await, true, "`{name}` takes what is pasted");
    }

    /// Chooses an entry of a drop-down field.
    pub async fn choose(&self, place: &str, name: &str, entry: &str) {
        let field = self.named(place, name).await;
        field.select_by_label(entry).await.unwrap_or_else(|error| panic!("no `{entry}` in `{name}`: {error}"));
    }

    /// Takes what a field suggests under this name, once it does.
    pub async fn take_suggestion(&self, name: &str) {
        let shown = format!(
            "[...document.querySelectorAll('.suggest [role=option]')].find((o) => o.querySelector('.t')?.textContent === {name:?}) ?? null"
        );
        let found = self.until(&format!("`{name}` is suggested"), &shown).await;
        self.element(&found).click().await.expect("a click");
    }

    /// Waits until a part of the window shows a text.
    pub async fn until_shown(&self, place: &str, text: &str) {
        let shown = format!("[...document.querySelectorAll({place:?})].some((e) => e.innerText.includes({text:?}))");
        self.until(&format!("`{text}` is shown in {place}"), &shown).await;
    }

    /// Waits until nothing in a part of the window shows a text.
    pub async fn until_hidden(&self, place: &str, text: &str) {
        let hidden = format!("![...document.querySelectorAll({place:?})].some((e) => e.innerText.includes({text:?}))");
        self.until(&format!("`{text}` is gone from {place}"), &hidden).await;
    }

    /// Returns the text that a part of the window shows.
    pub async fn shown(&self, place: &str) -> String {
        let text = self.evaluate(&format!("document.querySelector({place:?})?.innerText ?? ''")).await;
        text.as_str().expect("text").to_owned()
    }

    /// Returns the value of a field.
    pub async fn value_of(&self, place: &str, name: &str) -> String {
        self.named(place, name).await.prop("value").await.expect("a property").unwrap_or_default()
    }

    /// Waits until a check of what is on disk holds.
    pub async fn until_disk(&self, what: &str, check: impl Fn() -> bool) {
        let began = Instant::now();
        while !check() {
            assert!(began.elapsed() < PATIENCE, "the files never came to: {what}");
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }

    fn element(&self, found: &Value) -> Element {
        let id = found[ELEMENT].as_str().unwrap_or_else(|| panic!("an element: {found}"));
        Element::from_element_id(self.client.clone(), ElementRef::from(id.to_owned()))
    }
}
