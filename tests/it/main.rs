//! The one test binary. Most tests run the program in a folder of their own and compare what comes out.
#![allow(clippy::unwrap_used, missing_docs, reason = "a test that cannot go on has failed")]
#![allow(clippy::disallowed_methods, reason = "tests write the files that the program reads")]

mod changes; // what is another since the last run, and why
mod commands; // flags, exit codes, messages
mod corpus; // bad files, each with what is said about it
mod deadlines; // last days, to the day
mod decisions; // the workbook comes back; closed periods
mod documents; // the page of documents is what the columns say
mod drop_folder; // files that come, are half there, or should not be taken
mod folder; // a home of its own for each test, and the program run in it
mod generated; // exports with an answer key
mod glossary; // terms, types and codes
mod house; // circles, folders, signatures, names: the structure, read from the code
mod house_rules; // rules that stand once for all programs
mod laws; // what must hold whatever the data: nothing lost, order irrelevant, a second run adds nothing
mod money; // claims and numbers: never twice, never a gap
mod program_files; // what is wrong with a program file is said, with its place
mod programs; // several programs in one home, and milestones over months
mod rule_list; // the README's list of rules
mod runs; // every file of tests/runs is a golden run
mod sample; // the sample month, end to end
mod sudden_end; // killed at any moment, a plain second run repairs
#[path = "../../src/testing/sweeps.rs"]
mod sweeps; // how much is drawn by lot
mod tidy; // imports, crates, sizes, names
mod tie_outs; // each control total is seen to stop a run
mod traps; // ways in which money could be claimed on something that nobody knows
mod typed; // every command line that pages and help texts show
mod wording; // every language has the same messages
