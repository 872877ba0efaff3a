//! The real window: the desktop program under Xvfb, driven through WebKitGTK’s WebDriver.

use crate::folder::Folder;
use crate::programs::{built, in_home};
use fantoccini::elements::Element;
use fantoccini::key::Key;
use fantoccini::{Client, ClientBuilder, Locator};
use serde_json::{Value, json};
use std::io::{BufRead, BufReader};
use std::net::TcpListener;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// How long the window may take for anything before a test fails.
const PATIENCE: Duration = Duration::from_secs(60);

/// Modifier and letter, as WebDriver sends them.
pub const CONTROL: char = '\u{e009}';
/// Releases all modifiers.
pub const RELEASE: char = '\u{e000}';

/// A running app with its window.
pub struct Window {
    /// The WebDriver session.
    pub client: Client,
    // In this order: the driver ends before the display it draws on.
    _driver: Running,
    _display: Running,
}

/// A process that ends with the test.
struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
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
        let (display, name) = display(size);
        let port = free_port();
        let mut driver = Command::new("dbus-run-session");
        driver.args(["--", "WebKitWebDriver"]).arg(format!("--port={port}"));
        in_home(&mut driver, &folder.home());
        driver.env("DISPLAY", &name).env("TAURI_WEBVIEW_AUTOMATION", "true").env("GDK_BACKEND", "x11");
        driver.env_remove("WAYLAND_DISPLAY").env_remove("DBUS_SESSION_BUS_ADDRESS");
        let driver = Running(driver.stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("WebKitWebDriver"));
        let capabilities = json!({
            "browserName": "wry",
            "webkitgtk:browserOptions": { "binary": built("chancery-desktop"), "args": arguments },
        });
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
        Self { client, _driver: driver, _display: display }
    }

    /// Waits for an element and returns it.
    pub async fn find(&self, css: &str) -> Element {
        let wait = self.client.wait().at_most(PATIENCE).every(Duration::from_millis(50));
        wait.for_element(Locator::Css(css)).await.unwrap_or_else(|error| panic!("no `{css}` in the window: {error}"))
    }

    /// Waits for an element and clicks it.
    pub async fn click(&self, css: &str) {
        self.find(css).await.click().await.unwrap_or_else(|error| panic!("`{css}` cannot be clicked: {error}"));
    }

    /// Waits until an expression over the page is true.
    pub async fn until(&self, what: &str, expression: &str) -> Value {
        let began = Instant::now();
        loop {
            let value = self.evaluate(expression).await;
            if value.as_bool() != Some(false) && !value.is_null() {
                return value;
            }
            assert!(began.elapsed() < PATIENCE, "the window never came to: {what}");
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }

    /// Returns the value of an expression over the page.
    pub async fn evaluate(&self, expression: &str) -> Value {
        self.client.execute(&format!("return ({expression})"), Vec::new()).await.expect("an expression")
    }

    /// Types into whatever has the focus.
    pub async fn type_text(&self, text: &str) {
        let active = self.client.active_element().await.expect("something has the focus");
        active.send_keys(text).await.expect("keys");
    }

    /// Presses a key.
    pub async fn press(&self, key: Key) {
        self.type_text(&char::from(key).to_string()).await;
    }

    /// Presses a letter with Control.
    pub async fn press_control(&self, letter: char) {
        self.type_text(&format!("{CONTROL}{letter}{RELEASE}")).await;
    }

    /// Returns a picture of the window.
    pub async fn picture(&self) -> image::RgbaImage {
        let png = self.client.screenshot().await.expect("a picture");
        image::load_from_memory(&png).expect("PNG").to_rgba8()
    }

    /// Writes a picture of the window.
    pub async fn save_picture(&self, path: &Path) {
        self.picture().await.save(path).expect("a picture file");
    }

    /// Closes the window.
    pub async fn close(self) {
        self.client.clone().close().await.expect("the window closes");
    }
}

/// Returns the transport that WebDriver speaks over; the loopback needs no TLS.
fn hyper_util_http() -> hyper_util::client::legacy::connect::HttpConnector {
    hyper_util::client::legacy::connect::HttpConnector::new()
}

/// Starts an X server that shows on no screen and returns it with its name.
fn display(size: &str) -> (Running, String) {
    let mut command = Command::new("Xvfb");
    command.args(["-displayfd", "1", "-screen", "0", &format!("{size}x24"), "-nolisten", "tcp"]);
    let mut server = command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().expect("Xvfb");
    let mut line = String::new();
    let output = server.stdout.take().expect("Xvfb’s output");
    BufReader::new(output).read_line(&mut line).expect("a display");
    assert!(!line.trim().is_empty(), "Xvfb gave no display");
    (Running(server), format!(":{}", line.trim()))
}

/// Returns a port that nobody listens on.
fn free_port() -> u16 {
    TcpListener::bind("127.0.0.1:0").and_then(|listener| listener.local_addr()).expect("a port").port()
}
