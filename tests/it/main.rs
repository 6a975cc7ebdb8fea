//! Whole-program tests: small sites in, files and findings out. Nothing here looks inside the program.

mod cli;
mod errors;
mod new;
mod site;
mod support;
mod tidy;
