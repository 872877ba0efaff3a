//! The workspaces that new ones start from are part of this crate: build it again when they change.

fn main() {
    println!("cargo:rerun-if-changed=blank");
    println!("cargo:rerun-if-changed=../../briefings/rok-nato");
}
