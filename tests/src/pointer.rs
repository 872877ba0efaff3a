//! The pointer over the window: moved, pressed and turned as a hand does, by the display's own events.

use crate::window::Window;

impl Window {
    /// Moves the pointer to a place in the page, in CSS pixels from its left upper corner.
    pub async fn point_at(&self, x: f64, y: f64) {
        let geometry = self.x_program("xdotool", &["getdisplaygeometry"]);
        let height: f64 = geometry.split_whitespace().nth(1).and_then(|height| height.parse().ok()).expect("a height");
        let inner = self.evaluate("innerHeight").await.as_f64().expect("a height");
        // The platform's menu stands above the page.
        let (x, y) = (format!("{x:.0}"), format!("{:.0}", y + height - inner));
        self.x_program("xdotool", &["mousemove", "--sync", &x, &y]);
    }

    /// Moves the pointer to the middle of an element.
    pub async fn point_at_element(&self, css: &str) {
        let (x, y, width, height) = self.find(css).await.rectangle().await.expect("a place");
        self.point_at(x + width / 2.0, y + height / 2.0).await;
    }

    /// Presses the left button where the pointer is, with Control where that is asked for.
    pub fn press_button(&self, control: bool) {
        self.with_control(control, &["click", "1"]);
    }

    /// Presses the left button where the pointer is, until [`release_button`](Self::release_button).
    pub fn hold_button(&self) {
        self.x_program("xdotool", &["mousedown", "1"]);
    }

    /// Ends what [`hold_button`](Self::hold_button) began.
    pub fn release_button(&self) {
        self.x_program("xdotool", &["mouseup", "1"]);
    }

    /// Turns the wheel by notches, up where they are positive.
    pub fn turn_wheel(&self, notches: i32, control: bool) {
        let button = if notches > 0 { "4" } else { "5" };
        let times = notches.abs().to_string();
        self.with_control(control, &["click", "--repeat", &times, "--delay", "60", button]);
    }

    /// Presses a key of the keyboard itself in the window whose title begins so.
    pub fn strike(&self, title: &str, key: &str) {
        let window = self.x_program("xdotool", &["search", "--onlyvisible", "--name", &format!("^{title}")]);
        let window = window.lines().next().expect("a window");
        // A window that the key closes is gone before the key is up, which is no failure.
        self.try_x_program("xdotool", &["windowfocus", window, "key", key]);
    }

    fn with_control(&self, control: bool, arguments: &[&str]) {
        if control {
            self.x_program("xdotool", &["keydown", "ctrl"]);
        }
        self.x_program("xdotool", arguments);
        if control {
            self.x_program("xdotool", &["keyup", "ctrl"]);
        }
    }
}
