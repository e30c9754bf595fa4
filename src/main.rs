//! The command: arguments and the clock in, exit code out.
#![expect(clippy::disallowed_methods, reason = "clock and environment are read here and handed in")]
#![allow(clippy::print_stderr, reason = "the edge of the program")]

use std::io::{IsTerminal, Write};
use std::process::ExitCode;

use clap::Parser;
use indicatif::{ProgressBar, ProgressStyle};
use vouchsafe::cli::Cli;
use vouchsafe::error::{Exit, RunError};
use vouchsafe::home::{Faults, Progress, World};

fn main() -> ExitCode {
    let cli = Cli::parse();
    let variable = |name: &str| std::env::var(name).unwrap_or_default();
    let first_of = |names: [&str; 3]| names.map(variable).into_iter().find(|name| !name.is_empty()).unwrap_or_default();
    let bar = progress_bar();
    let watched = bar.clone();
    let world = World {
        now: chrono::Utc::now(),
        clock: chrono::Utc::now,
        program: std::env::current_exe().unwrap_or_else(|_| "vouchsafe".into()),
        host: first_of(["HOSTNAME", "HOST", "COMPUTERNAME"]),
        user: first_of(["USER", "LOGNAME", "USERNAME"]),
        progress: Progress::shown_by(move |step| watched.set_message(step.to_owned())),
        faults: Faults::default(),
    };
    let json = cli.wants_json();
    let work = || cli.execute(&world);
    let result = std::panic::catch_unwind(std::panic::AssertUnwindSafe(work)).unwrap_or_else(|_| {
        let what = "internal error, please report what stands above; what was committed before stands";
        Err(RunError::new(Exit::Internal, what))
    });
    bar.finish_and_clear();
    match result {
        Ok(outcome) => {
            for problem in &outcome.problems {
                eprintln!("{problem}");
            }
            let text =
                if json { String::from_utf8_lossy(&outcome.run_json).into_owned() } else { outcome.report + "\n" };
            // A reader that went away has seen what it wanted.
            let _ = std::io::stdout().write_all(text.as_bytes());
            ExitCode::from(outcome.exit.code())
        }
        Err(error) => {
            eprintln!("{error}");
            ExitCode::from(error.exit.code())
        }
    }
}

/// A line on stderr that says which step runs; hidden unless a person watches.
fn progress_bar() -> ProgressBar {
    let watched = std::io::stderr().is_terminal() && std::env::var_os("CI").is_none();
    let bar = if watched { ProgressBar::new_spinner() } else { ProgressBar::hidden() };
    if let Ok(style) = ProgressStyle::with_template("{spinner} {msg} ({elapsed})") {
        bar.set_style(style);
    }
    bar.enable_steady_tick(std::time::Duration::from_millis(100));
    bar
}
