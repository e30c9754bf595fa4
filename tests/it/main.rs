//! The one test binary. Most tests run the program in a folder of their own and compare what comes out.
#![allow(clippy::unwrap_used, missing_docs, reason = "a test that cannot go on has failed")]

mod changes;
mod commands;
mod corpus;
mod deadlines;
mod decisions;
mod drop_folder; // flags, exit codes, messages
mod folder;
mod generated; // a home of its own for each test, and the program run in it
mod laws; // what must hold whatever the data: nothing lost, order irrelevant, a second run adds nothing
mod money; // claims and numbers: never twice, never a gap
mod program_files; // what is wrong with a program file is said, with its place
mod programs; // several programs in one home, and milestones over months
mod runs; // every folder under tests/runs is one golden run
mod sample; // the sample month, end to end
mod sudden_end; // killed at any moment, a plain second run repairs
mod tidy;
mod tie_outs; // imports, crates, sizes, names
mod traps; // ways in which money could be claimed on something that nobody knows
mod wording; // every language has the same messages
