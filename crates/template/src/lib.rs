//! Template packs: what they say about themselves, what can be set in them, and where they are found.
//!
//! A pack is a Typst package with a `[tool.chancery]` table ([`Manifest`]). A [`Library`] finds packs,
//! and the Typst packages that they import, in the workspace, among those installed for the user, among
//! the built-in ones and in Typst's own folders; never on the network. What a [`Lock`] names counts
//! where a briefing names no version. [`resolve`] works out a pack's settings.
//!
//! Nothing here typesets: a pack's Typst files are bytes.

mod builtin;
mod files;
mod imports;
mod library;
mod lock;
mod manifest;
mod pack;
mod resolve;
mod setting;
mod toml;

pub use library::{FindError, Library, PackageName};
pub use lock::{Lock, Locked};
pub use manifest::{CONTRACT, Manifest, PackKind, PackManifest};
pub use pack::{Origin, Pack};
pub use resolve::{Layers, SetSetting, Setter, Settings, resolve};
pub use setting::{SettingSpec, SettingType, SettingValue};
