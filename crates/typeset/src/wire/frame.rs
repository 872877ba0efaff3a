//! Frames: a head in postcard, then large contents as they are, so that nothing large is encoded or copied.
//!
//! ```text
//! u32 LE: length of the head │ head: (message, lengths of the blobs) │ blob │ blob │ …
//! ```

use serde::Serialize;
use serde::de::DeserializeOwned;
use std::io::{self, Read};
use tokio::io::{AsyncRead, AsyncReadExt};

/// No head comes near this; a length beyond it is not a frame's.
const HEAD_LIMIT: usize = 256 << 20;

/// A message and its large contents.
#[derive(Debug)]
pub(crate) struct Frame<T> {
    pub head: T,
    pub blobs: Vec<Vec<u8>>,
}

/// Returns everything of a frame that stands before its blobs.
pub(crate) fn head_bytes<T: Serialize>(head: &T, blobs: impl Iterator<Item = usize>) -> io::Result<Vec<u8>> {
    let lengths: Vec<usize> = blobs.collect();
    let mut bytes = postcard::to_extend(&(head, lengths), vec![0; 4]).map_err(invalid)?;
    let length = u32::try_from(bytes.len() - 4).map_err(invalid)?;
    bytes[..4].copy_from_slice(&length.to_le_bytes());
    Ok(bytes)
}

/// Reads a frame; none at the end of the stream.
pub(crate) fn read<T: DeserializeOwned>(stream: &mut impl Read) -> io::Result<Option<Frame<T>>> {
    let mut prefix = [0; 4];
    match stream.read_exact(&mut prefix) {
        Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => return Ok(None),
        other => other?,
    }
    let mut head = vec![0; head_length(prefix)?];
    stream.read_exact(&mut head)?;
    let (head, lengths): (T, Vec<usize>) = postcard::from_bytes(&head).map_err(invalid)?;
    let mut blobs = Vec::with_capacity(lengths.len());
    for length in lengths {
        let mut blob = vec![0; length];
        stream.read_exact(&mut blob)?;
        blobs.push(blob);
    }
    Ok(Some(Frame { head, blobs }))
}

/// Reads a frame.
///
/// # Errors
/// The end of the stream among others.
pub(crate) async fn read_async<T: DeserializeOwned>(stream: &mut (impl AsyncRead + Unpin)) -> io::Result<Frame<T>> {
    let mut prefix = [0; 4];
    stream.read_exact(&mut prefix).await?;
    let mut head = vec![0; head_length(prefix)?];
    stream.read_exact(&mut head).await?;
    let (head, lengths): (T, Vec<usize>) = postcard::from_bytes(&head).map_err(invalid)?;
    let mut blobs = Vec::with_capacity(lengths.len());
    for length in lengths {
        let mut blob = vec![0; length];
        stream.read_exact(&mut blob).await?;
        blobs.push(blob);
    }
    Ok(Frame { head, blobs })
}

fn head_length(prefix: [u8; 4]) -> io::Result<usize> {
    let length = u32::from_le_bytes(prefix) as usize;
    if length > HEAD_LIMIT { Err(invalid("a frame of that length")) } else { Ok(length) }
}

fn invalid(error: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, error)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_frame_comes_back_as_it_was() {
        let blobs = [b"first".to_vec(), vec![], b"third".to_vec()];
        let mut bytes = head_bytes(&("head", 7_u32), blobs.iter().map(Vec::len)).unwrap();
        bytes.extend(blobs.concat());
        let mut stream = bytes.as_slice();
        let frame = read::<(String, u32)>(&mut stream).unwrap().unwrap();
        assert_eq!((frame.head, frame.blobs.as_slice()), (("head".to_owned(), 7), blobs.as_slice()));
        assert!(read::<(String, u32)>(&mut stream).unwrap().is_none());
    }

    #[test]
    fn what_is_no_frame_is_refused() {
        assert!(read::<String>(&mut [255_u8; 64].as_slice()).is_err());
        assert!(read::<String>(&mut [9_u8, 0, 0, 0, 1].as_slice()).is_err());
    }
}
