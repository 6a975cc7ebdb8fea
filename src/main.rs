//! Runs the command line and returns its exit code.
#![forbid(unsafe_code)]

use std::process::ExitCode;

/// A build makes and drops millions of small texts on all cores.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    kairan::cli::run(std::env::args_os())
}
