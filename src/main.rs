//! Runs the command line and returns its exit code.
#![forbid(unsafe_code)]

use std::process::ExitCode;

fn main() -> ExitCode {
    kairan::cli::run(std::env::args_os())
}
