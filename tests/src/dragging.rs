//! Dragging over the window, and what another program puts on its clipboard.

use crate::folder::Folder;
use crate::window::{PATIENCE, Window};
use fantoccini::actions::{InputSource, MOUSE_BUTTON_LEFT, MouseActions, PointerAction};
use std::fs;
use std::time::{Duration, Instant};

/// How long the hand takes for one stretch of its way.
const STRETCH: Duration = Duration::from_millis(40);

/// Where something is in the page, in CSS pixels.
#[derive(Debug, Clone, Copy)]
pub struct Place {
    /// Its left edge.
    pub x: f64,
    /// Its upper edge.
    pub y: f64,
    /// Its width.
    pub width: f64,
    /// Its height.
    pub height: f64,
}

impl Place {
    /// Returns the place of its middle.
    pub fn middle(self) -> (f64, f64) {
        (self.x + self.width / 2.0, self.y + self.height / 2.0)
    }
}

impl Window {
    /// Returns where the first element is that has a text, of those that a selector finds.
    pub async fn place_of(&self, css: &str, text: &str) -> Place {
        let expression = format!(
            "(() => {{ const e = [...document.querySelectorAll({css:?})].find((e) => e.textContent.includes({text:?})); \
             if (!e) return null; const b = e.getBoundingClientRect(); return [b.left, b.top, b.width, b.height]; }})()"
        );
        let found = self.until(&format!("`{text}` in {css}"), &expression).await;
        let at = |index: usize| found[index].as_f64().expect("a number");
        Place { x: at(0), y: at(1), width: at(2), height: at(3) }
    }

    /// Moves the pointer through places, with no button pressed or with the one that is held.
    pub async fn glide(&self, places: &[(f64, f64)]) {
        self.mouse(places.iter().map(|&to| movement(to)).collect()).await;
    }

    /// Presses the pointer at the first place and moves it on through the others; it stays pressed.
    pub async fn pull(&self, from: (f64, f64), places: &[(f64, f64)]) {
        let press = PointerAction::Down { button: MOUSE_BUTTON_LEFT };
        let way = places.iter().map(|&to| movement(to));
        self.mouse([movement(from), press].into_iter().chain(way).collect()).await;
    }

    /// Lets go of what is held.
    pub async fn let_go(&self) {
        self.mouse(vec![PointerAction::Up { button: MOUSE_BUTTON_LEFT }]).await;
    }

    /// Presses the pointer at a place and lets go there.
    pub async fn press_at(&self, place: (f64, f64)) {
        self.pull(place, &[]).await;
        self.let_go().await;
    }

    /// Waits until something blue, such as the accent colour, is drawn in the middle of a line.
    pub async fn until_blue(&self, line: &Place) {
        let began = Instant::now();
        let middle = (line.x + line.width / 2.0) as u32;
        loop {
            let picture = self.picture().await;
            let blue = (line.y as u32 - 2..line.y as u32 + 5).any(|row| {
                let [red, _, blue, _] = picture.get_pixel(middle, row).0;
                i32::from(blue) > i32::from(red) + 40
            });
            if blue {
                return;
            }
            assert!(began.elapsed() < PATIENCE, "nothing blue was drawn at {line:?}");
        }
    }

    async fn mouse(&self, actions: Vec<PointerAction>) {
        let mouse = actions.into_iter().fold(MouseActions::new("mouse".to_owned()), InputSource::then);
        self.client.perform_actions(mouse).await.expect("the pointer moves");
    }

    /// Puts something on the clipboard as another program does, in the one format that is named.
    pub fn copy_from_elsewhere(&self, folder: &Folder, format: &str, bytes: impl AsRef<[u8]>) {
        let path = folder.path("clipboard");
        fs::write(&path, bytes).expect("a file");
        // It stays behind to hand out what it has, and must not hold on to the pipes of the test.
        let script = "xclip -selection clipboard -t \"$1\" -i \"$2\" >/dev/null 2>&1";
        self.x_program("sh", &["-c", script, "sh", format, &path.to_string_lossy()]);
    }
}

fn movement((x, y): (f64, f64)) -> PointerAction {
    PointerAction::MoveTo { duration: Some(STRETCH), x: x.round(), y: y.round() }
}
