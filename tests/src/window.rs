//! The real window: the desktop program under Xvfb, driven through WebKitGTK’s WebDriver.

use crate::folder::Folder;
use crate::programs::{built, in_home};
use fantoccini::elements::Element;
use fantoccini::error::CmdError;
use fantoccini::key::Key;
use fantoccini::wd::{TimeoutConfiguration, WindowHandle};
use fantoccini::{Client, ClientBuilder, Locator};
use serde_json::{Value, json};
use std::io::{BufRead, BufReader};
use std::net::TcpListener;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::time::{Duration, Instant};

/// How long the window may take for anything before a test fails.
pub(crate) const PATIENCE: Duration = Duration::from_secs(40);

/// Modifier and letter, as WebDriver sends them.
pub const CONTROL: char = '\u{e009}';
/// The shift key.
pub const SHIFT: char = '\u{e008}';
/// Releases all modifiers.
pub const RELEASE: char = '\u{e000}';

/// A running app with its window.
pub struct Window {
    /// The WebDriver session.
    pub client: Client,
    // In this order: the driver ends before the display it draws on.
    driver: Running,
    /// The X display's name.
    display: String,
    _display: Running,
}

/// A process that ends with the test.
struct Running(Child);

impl Running {
    /// Ends the process and all that it started, at once.
    fn kill_group(&self) {
        let _ = Command::new("kill").args(["-KILL", "--", &format!("-{}", self.0.id())]).status();
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.kill_group();
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

impl Window {
    /// Opens the app on the folder’s workspace.
    pub async fn open(folder: &Folder) -> Self {
        Self::start(folder, &[&folder.workspace().to_string_lossy()], "1280x800").await
    }

    /// Opens the app as for the first time.
    pub async fn first_run(folder: &Folder) -> Self {
        Self::start(folder, &[], "1280x800").await
    }

    /// Opens the app with arguments, on a display of that size.
    pub async fn start(folder: &Folder, arguments: &[&str], size: &str) -> Self {
        Self::start_with(webdriver(&folder.home(), &["WebKitWebDriver"]), arguments, size).await
    }

    /// Opens the app with arguments below a driver that was set up for it.
    pub(crate) async fn start_with(driver: Command, arguments: &[&str], size: &str) -> Self {
        let capabilities = json!({
            "browserName": "wry",
            "webkitgtk:browserOptions": { "binary": built("chancery-desktop"), "args": arguments },
        });
        let window = Self::drive(driver, capabilities, size).await;
        let (width, height) = size.split_once('x').expect("a size such as 1280x800");
        let (width, height) = (width.parse().expect("a width"), height.parse().expect("a height"));
        window.client.set_window_rect(0, 0, width, height).await.expect("a window of that size");
        window
    }

    /// Opens a page in WebKit's own bare browser.
    pub async fn bare(folder: &Folder, page: &Path) -> Self {
        let capabilities = json!({
            "browserName": "MiniBrowser",
            "webkitgtk:browserOptions": { "binary": mini_browser(), "args": ["--automation"] },
        });
        let window = Self::drive(webdriver(&folder.home(), &["WebKitWebDriver"]), capabilities, "1280x800").await;
        window.client.goto(&format!("file://{}", page.display())).await.expect("the page");
        window
    }

    /// Starts a program with its WebDriver on a display of its own.
    async fn drive(mut driver: Command, capabilities: Value, size: &str) -> Self {
        let (display, name) = display(size);
        let port = free_port();
        driver.arg(format!("--port={port}")).env("DISPLAY", &name).process_group(0);
        let driver = Running(driver.stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("WebKitWebDriver"));
        let Value::Object(capabilities) = capabilities else { unreachable!("an object") };
        let address = format!("http://127.0.0.1:{port}");
        let began = Instant::now();
        let client = loop {
            let mut builder = ClientBuilder::new(hyper_util_http());
            match builder.capabilities(capabilities.clone()).connect(&address).await {
                Ok(client) => break client,
                Err(error) if began.elapsed() > PATIENCE => panic!("no window: {error}"),
                Err(_) => tokio::time::sleep(Duration::from_millis(100)).await,
            }
        };
        Self { client, driver, display: name, _display: display }
    }

    /// Waits for an element and returns it.
    pub async fn find(&self, css: &str) -> Element {
        let began = Instant::now();
        loop {
            match self.client.find(Locator::Css(css)).await {
                Ok(element) => return element,
                Err(error) if (error.is_no_such_element() || passes(&error)) && began.elapsed() < PATIENCE => {}
                Err(error) => {
                    panic!("no `{css}` in the window ({error}); it looks like {}", self.failed_picture().await)
                }
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }

    /// Waits for an element and clicks it.
    pub async fn click(&self, css: &str) {
        let began = Instant::now();
        loop {
            match self.find(css).await.click().await {
                // It was drawn anew in between, and not clicked.
                Err(error) if error.is_stale_element_reference() && began.elapsed() < PATIENCE => {}
                clicked => return clicked.unwrap_or_else(|error| panic!("`{css}` cannot be clicked: {error}")),
            }
        }
    }

    /// Waits until an expression over the page is true.
    pub async fn until(&self, what: &str, expression: &str) -> Value {
        let began = Instant::now();
        loop {
            match self.try_evaluate(expression).await {
                Err(error) if passes(&error) => {}
                Err(error) => panic!("{expression}: {error}"),
                Ok(value) if value.as_bool() != Some(false) && !value.is_null() => return value,
                Ok(_) => {}
            }
            if began.elapsed() > PATIENCE {
                panic!("the window never came to: {what}; it looks like {}", self.failed_picture().await);
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }

    /// Returns the value of an expression over the page.
    pub async fn evaluate(&self, expression: &str) -> Value {
        self.try_evaluate(expression).await.unwrap_or_else(|error| panic!("{expression}: {error}"))
    }

    async fn try_evaluate(&self, expression: &str) -> Result<Value, CmdError> {
        self.client.execute(&format!("return ({expression})"), Vec::new()).await
    }

    /// Returns what an expression over the page yields that has to be waited for.
    pub async fn evaluate_later(&self, expression: &str) -> Value {
        let patience = TimeoutConfiguration::new(Some(Duration::from_secs(300)), None, None);
        self.client.update_timeouts(patience).await.expect("a longer time limit");
        let script = format!(
            "const done = arguments[arguments.length - 1]; Promise.resolve({expression}).then(done, (e) => done(String(e)));"
        );
        self.client.execute_async(&script, Vec::new()).await.expect("an expression")
    }

    /// Runs an X program on the window's display, such as `xdotool`.
    pub fn x_program(&self, program: &str, arguments: &[&str]) -> String {
        let output = self.try_x_program(program, arguments);
        assert!(output.status.success(), "{program} {arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8_lossy(&output.stdout).into_owned()
    }

    /// Runs an X program on the window's display, whatever comes of it.
    pub(crate) fn try_x_program(&self, program: &str, arguments: &[&str]) -> Output {
        let output = Command::new(program).args(arguments).env("DISPLAY", &self.display).output();
        output.unwrap_or_else(|error| panic!("{program}: {error}"))
    }

    /// Types into whatever has the focus.
    pub async fn type_text(&self, text: &str) {
        let began = Instant::now();
        loop {
            let typed = match self.client.active_element().await {
                Ok(active) => active.send_keys(text).await,
                Err(error) => Err(error),
            };
            match typed {
                // The focus has gone on in between, and no key was pressed yet.
                Err(error) if error.is_stale_element_reference() && began.elapsed() < PATIENCE => {}
                typed => return typed.expect("keys"),
            }
        }
    }

    /// Presses a key.
    pub async fn press(&self, key: Key) {
        self.type_text(&char::from(key).to_string()).await;
    }

    /// Presses a letter with Control.
    pub async fn press_control(&self, letter: char) {
        self.type_text(&format!("{CONTROL}{letter}{RELEASE}")).await;
    }

    /// Returns a picture of the window, once all that it has to show is painted.
    pub async fn picture(&self) -> image::RgbaImage {
        let painted = "Promise.allSettled([...document.images].map((image) => image.decode())) \
            .then(() => new Promise((f) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(f)))))";
        self.evaluate_later(painted).await;
        self.screenshot().await
    }

    /// Writes a picture of the window as it is now.
    pub async fn save_picture(&self, path: &Path) {
        self.screenshot().await.save(path).expect("a picture file");
    }

    async fn screenshot(&self) -> image::RgbaImage {
        let png = self.client.screenshot().await.expect("a picture");
        image::load_from_memory(&png).expect("PNG").to_rgba8()
    }

    /// Waits for a window that the app opens beside its own, and returns its handle.
    pub async fn other_window(&self) -> WindowHandle {
        let main = self.client.window().await.expect("a window");
        let began = Instant::now();
        loop {
            let handles = self.client.windows().await.expect("windows");
            if let Some(other) = handles.into_iter().find(|handle| *handle != main) {
                return other;
            }
            assert!(began.elapsed() < PATIENCE, "no second window came");
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }

    /// Waits until the app has no window beside its own.
    pub async fn until_alone(&self) {
        let began = Instant::now();
        while self.client.windows().await.expect("windows").len() > 1 {
            assert!(began.elapsed() < PATIENCE, "the second window stays");
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }

    /// Returns the name of the display that the window is on.
    pub(crate) fn display(&self) -> &str {
        &self.display
    }

    /// Kills the app, as a power cut would.
    pub fn kill(self) {
        // The driver started the app in a process group of its own with itself.
        self.driver.kill_group();
    }

    /// Keeps a picture of what a test did not expect, and returns where, and what the keys go to.
    async fn failed_picture(&self) -> String {
        // The harness names the thread after its test.
        let test = std::thread::current().name().unwrap_or("chancery").replace("::", "-");
        let path = std::env::temp_dir().join(format!("{test}.png"));
        self.save_picture(&path).await;
        let keys = "((e) => `${e?.tagName.toLowerCase()} ${e?.ariaLabel ?? ''} “${(e?.value ?? '').slice(0, 200)}”`)(document.activeElement)";
        format!("{}; the keys are in {}", path.display(), self.evaluate(keys).await)
    }

    /// Closes the window.
    pub async fn close(self) {
        self.client.clone().close().await.expect("the window closes");
    }
}

/// Whether an answer says no more than that the page was being drawn: what was found was drawn anew in between, or one page
/// is just making room for another.
fn passes(error: &CmdError) -> bool {
    error.is_stale_element_reference() || error.is_no_such_frame()
}

/// Returns WebKit’s driver, or what starts it, in a session of its own; its port is the next argument.
pub(crate) fn webdriver(home: &Path, program: &[&str]) -> Command {
    let mut driver = Command::new("dbus-run-session");
    driver.arg("--").args(program);
    in_home(&mut driver, home);
    driver.env("TAURI_WEBVIEW_AUTOMATION", "true").env("GDK_BACKEND", "x11");
    driver.env_remove("WAYLAND_DISPLAY").env_remove("DBUS_SESSION_BUS_ADDRESS");
    driver
}

/// Returns the transport that WebDriver speaks over; the loopback needs no TLS.
fn hyper_util_http() -> hyper_util::client::legacy::connect::HttpConnector {
    hyper_util::client::legacy::connect::HttpConnector::new()
}

/// Starts an X server that shows on no screen and returns it with its name.
fn display(size: &str) -> (Running, String) {
    let mut command = Command::new("Xvfb");
    command.args(["-displayfd", "1", "-screen", "0", &format!("{size}x24"), "-nolisten", "tcp"]);
    command.process_group(0);
    let mut server = command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().expect("Xvfb");
    let mut line = String::new();
    let output = server.stdout.take().expect("Xvfb’s output");
    BufReader::new(output).read_line(&mut line).expect("a display");
    assert!(!line.trim().is_empty(), "Xvfb gave no display");
    (Running(server), format!(":{}", line.trim()))
}

/// Returns the browser that comes with WebKitGTK.
fn mini_browser() -> PathBuf {
    let folders = std::fs::read_dir("/usr/lib").into_iter().flatten().flatten();
    let found = folders.map(|entry| entry.path().join("webkit2gtk-4.1/MiniBrowser")).find(|path| path.is_file());
    found.expect("WebKitGTK's MiniBrowser")
}

/// Returns a port that nobody listens on.
fn free_port() -> u16 {
    TcpListener::bind("127.0.0.1:0").and_then(|listener| listener.local_addr()).expect("a port").port()
}

/// The first page’s image, where it is there and drawn.
const FIRST_PAGE: &str = "(() => { const i = document.querySelector('[data-page=\"1\"] img'); \
    return i && i.complete && i.naturalWidth > 0 ? i.dataset.hash : false; })()";

/// The editor in front.
pub const EDITOR: &str =
    "(() => { const c = document.querySelector('.ed .cm-content'); return c.cmTile?.view ?? c.cmView?.view; })()";

/// What a user does in the window.
impl Window {
    /// Opens a file through the switcher, by keys alone.
    pub async fn open_file(&self, name: &str) {
        self.find(".lib").await;
        self.press_control('o').await;
        self.find("dialog.palette input").await;
        self.type_text(name).await;
        let offered = format!(
            "document.querySelector('#palette-list [role=option][aria-selected=true]')?.textContent.includes('{name}')"
        );
        self.until(&format!("{name} is offered"), &offered).await;
        self.press(Key::Enter).await;
        let shown = format!("document.querySelector('.tab-name[aria-selected=true]')?.title === '{name}'");
        self.until(&format!("{name} is open"), &shown).await;
        self.find(".ed .cm-content").await;
    }

    /// Sets theme and language as the user’s choice and starts the page anew with them.
    pub async fn prefer(&self, theme: &str, language: &str) {
        let chosen = format!("{{\"theme\":\"{theme}\",\"locale\":\"{language}\"}}");
        let keep = format!("{{ type: 'keep', name: 'preferences', text: {chosen:?} }}");
        let kept = self.evaluate_later(&format!("__TAURI_INTERNALS__.invoke('act', {{ action: {keep} }})")).await;
        assert_eq!(kept["type"], "done", "{kept}");
        // What is on show may look as it is asked for already: it is the new page that counts.
        self.evaluate("(window.before = true, location.reload(), true)").await;
        let counts = format!(
            "window.before === undefined && document.documentElement.dataset.theme === '{theme}' && \
             document.documentElement.lang === '{language}'"
        );
        self.until("the choice counts", &counts).await;
    }

    /// Waits until the first page is drawn and returns its hash.
    pub async fn first_page(&self) -> String {
        self.until("the first page is drawn", FIRST_PAGE).await.as_str().expect("a hash").to_owned()
    }

    /// Waits until the first page is another than `hash` and returns its hash.
    pub async fn next_page(&self, hash: &str) -> String {
        let changed = format!("(() => {{ const h = {FIRST_PAGE}; return h && h !== '{hash}' ? h : false; }})()");
        self.until("the page follows", &changed).await.as_str().expect("a hash").to_owned()
    }

    /// Puts the cursor behind the first place where a text stands, and the focus into the editor.
    pub async fn cursor_behind(&self, text: &str) {
        self.cursor_behind_in(".ed", text).await;
    }

    /// Does the same in the editor inside of an element.
    pub async fn cursor_behind_in(&self, place: &str, text: &str) {
        let editor = EDITOR.replace(".ed ", &format!("{place} "));
        let units = text.encode_utf16().count();
        let script = format!(
            "(() => {{ const v = {editor}; const at = v.state.doc.toString().indexOf({text:?}); if (at < 0) return false; \
             v.focus(); v.dispatch({{ selection: {{ anchor: at + {units} }}, scrollIntoView: true }}); return true; }})()"
        );
        self.until("the cursor is in the text", &script).await;
    }

    /// Returns the text in the editor.
    pub async fn editor_text(&self) -> String {
        let text = self.evaluate(&format!("{EDITOR}.state.doc.toString()")).await;
        text.as_str().expect("text").to_owned()
    }

    /// Waits until the editor’s text holds a text.
    pub async fn until_text(&self, text: &str) {
        self.until(text, &format!("{EDITOR}.state.doc.toString().includes({text:?})")).await;
    }

    /// Returns where the cursor is, in UTF-16 units.
    pub async fn cursor(&self) -> u64 {
        self.evaluate(&format!("{EDITOR}.state.selection.main.head")).await.as_u64().expect("an offset")
    }

    /// Waits until the cursor is somewhere else.
    pub async fn until_cursor_leaves(&self, offset: u64) {
        self.until("the cursor moves", &format!("{EDITOR}.state.selection.main.head !== {offset}")).await;
    }
}
