//! One session: the open workspace, its documents, saving, the typesetting worker.

pub mod ipc;
