//! The worker on its own, for tests and benches; the app and the command line run it inside themselves.

fn main() -> std::process::ExitCode {
    chancery_typeset::worker_main()
}
