//! What the suites over the whole of Chancery share: folders to work in, the programs, the real window.

pub mod closing;
pub mod controls;
pub mod dragging;
pub mod folder;
pub mod hangul;
pub mod material;
pub mod pdf;
pub mod pointer;
pub mod programs;
pub mod small;
pub mod viewers;
pub mod window;
