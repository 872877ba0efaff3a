//! Closing the window as the platform does when somebody presses its cross.

use crate::window::{PATIENCE, Window};
use std::io::{Read, Result, Write};
use std::os::unix::net::UnixStream;
use std::time::{Duration, Instant};

impl Window {
    /// Asks the window to close, at once, and waits until the app has ended.
    pub async fn close_as_user(self) {
        let found = self.x_program("xdotool", &["search", "--onlyvisible", "--name", "Chancery$"]);
        let window = found.split_whitespace().last().and_then(|id| id.parse().ok()).expect("a window");
        ask_to_close(self.display(), window).expect("a message to the window");
        let began = Instant::now();
        while self.client.title().await.is_ok() {
            assert!(began.elapsed() < PATIENCE, "the window stays open");
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }
}

/// Sends `WM_DELETE_WINDOW` as a window manager does; the X protocol is all that this needs.
fn ask_to_close(display: &str, window: u32) -> Result<()> {
    let mut server = UnixStream::connect(format!("/tmp/.X11-unix/X{}", display.trim_start_matches(':')))?;
    server.write_all(&[b'l', 0, 11, 0, 0, 0, 0, 0, 0, 0, 0, 0])?;
    let mut head = [0; 8];
    server.read_exact(&mut head)?;
    let mut rest = vec![0; usize::from(u16::from_le_bytes([head[6], head[7]])) * 4];
    server.read_exact(&mut rest)?;
    let protocols = atom(&mut server, "WM_PROTOCOLS")?;
    let delete = atom(&mut server, "WM_DELETE_WINDOW")?;
    let mut message = vec![25, 0, 11, 0];
    for word in [window, 0, 33 | 32 << 8, window, protocols, delete, 0, 0, 0, 0] {
        message.extend(u32::to_le_bytes(word));
    }
    server.write_all(&message)?;
    // An answer to a question afterwards says that the message was taken.
    atom(&mut server, "WM_PROTOCOLS").map(|_| ())
}

fn atom(server: &mut UnixStream, name: &str) -> Result<u32> {
    let words = name.len().div_ceil(4);
    let mut request = vec![16, 0];
    request.extend(u16::to_le_bytes(2 + words as u16));
    request.extend(u32::to_le_bytes(name.len() as u32));
    request.extend(name.bytes());
    request.resize(8 + words * 4, 0);
    server.write_all(&request)?;
    let mut answer = [0; 32];
    server.read_exact(&mut answer)?;
    Ok(u32::from_le_bytes([answer[8], answer[9], answer[10], answer[11]]))
}
