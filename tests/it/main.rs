//! Whole-program tests: small sites in, files and findings out. Nothing here looks inside the program.
#![allow(clippy::disallowed_methods)] // the house rules of `clippy.toml` are the program's; tests make and read files

mod accessibility;
mod calendar;
mod cards;
mod clerk;
mod cli;
mod contrast;
mod easy_japanese;
mod errors;
mod exhibits;
mod figures;
mod fuzz;
mod home;
mod hostile;
mod issues;
mod kinds;
mod manual;
mod maps;
mod new;
mod postings;
mod print;
mod programmes;
mod numbering;
mod pictures;
mod portal;
mod readable;
mod rebuild;
mod schema;
mod search;
mod serve;
mod site;
mod structured_data;
mod support;
mod tables;
mod tidy;
mod translations;
