//! `content/` and `examples/` are compiled in, so a change of either compiles the program anew.

fn main() {
    println!("cargo::rerun-if-changed=../../content");
    println!("cargo::rerun-if-changed=../../examples");
}
