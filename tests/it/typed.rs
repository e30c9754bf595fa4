//! Every command line that the project shows is typed here: the console blocks of the README, the examples of the help
//! texts, and commands within a sentence. The help of every command stands in `tests/help/`.
//!
//! A console block is a command after `$ ` and what it says, in one home from the first block of the page to the last.
//! `...` at the end of a line stands for the rest of it, and on a line of its own for any lines. A block that cannot be run
//! says why: `<!-- not run: ... -->` stands above it. `UPDATE_GOLDEN=1 cargo test typed` writes the help texts anew.

use std::fs;

use chrono::{DateTime, Utc};
use clap::{Command, CommandFactory, Parser};
use similar::TextDiff;
use vouchsafe::cli::Cli;

use crate::folder::{Folder, project, said, typed_at};

const PAGES: [&str; 6] = [
    "README.md",
    ".github/CONTRIBUTING.md",
    "CHANGELOG.md",
    "config/programs/README.md",
    "sample-data/README.md",
    "src/glossary.md",
];
const HELP: &str = "tests/help";
/// As wide as help is shown where no terminal says how wide it is.
const WIDTH: usize = 100;

/// A command of a console block, and the lines below it.
#[derive(Debug, PartialEq)]
struct Typed<'a> {
    command: &'a str,
    says: Vec<&'a str>,
}

/// A fenced block of a page.
struct Fence<'a> {
    language: &'a str,
    not_run: Option<&'a str>,
    lines: Vec<&'a str>,
}

fn page(name: &str) -> String {
    fs::read_to_string(project().join(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
}

/// The fenced blocks of a page, without the indentation of their fence.
fn fences(page: &str) -> Vec<Fence<'_>> {
    let mut fences: Vec<Fence<'_>> = Vec::new();
    let (mut above, mut indent) = ("", None);
    for line in page.lines() {
        let Some(start) = indent else {
            if let Some(language) = line.trim_start().strip_prefix("```") {
                indent = Some(line.len() - line.trim_start().len());
                let not_run = above.trim().strip_prefix("<!-- not run: ").and_then(|why| why.strip_suffix(" -->"));
                fences.push(Fence { language, not_run, lines: Vec::new() });
            }
            above = line;
            continue;
        };
        if line.trim_start() == "```" {
            indent = None;
        } else {
            fences.last_mut().unwrap().lines.push(line.get(start..).unwrap_or_default());
        }
    }
    assert_eq!(indent, None, "a block is not closed");
    fences
}

/// The lines of a page that stand in no fenced block.
fn prose(page: &str) -> impl Iterator<Item = &str> {
    let mut is_fenced = false;
    page.lines().filter(move |line| {
        let is_fence = line.trim_start().starts_with("```");
        is_fenced ^= is_fence;
        !is_fence && !is_fenced
    })
}

fn session<'a>(lines: &[&'a str]) -> Vec<Typed<'a>> {
    let mut session: Vec<Typed<'_>> = Vec::new();
    for line in lines {
        match line.strip_prefix("$ ") {
            Some(command) => session.push(Typed { command, says: Vec::new() }),
            None => session.last_mut().expect("a console block begins with a command").says.push(line),
        }
    }
    session
}

/// Words as a shell splits them, up to a comment, a pipe or a redirection.
fn words(command: &str) -> Vec<String> {
    let (mut words, mut word, mut quote) = (Vec::new(), None::<String>, None);
    for (at, letter) in command.char_indices() {
        match (letter, quote) {
            (' ', None) => {
                words.extend(word.take());
                if command[at..].starts_with("  ") {
                    break;
                }
            }
            ('|' | '>' | '#', None) if word.is_none() => break,
            ('"' | '\'', None) => (quote, word) = (Some(letter), Some(word.unwrap_or_default())),
            (_, Some(open)) if letter == open => quote = None,
            _ => word.get_or_insert_default().push(letter),
        }
    }
    words.extend(word);
    words
}

/// What is typed after the name of the program; nothing for another program.
fn arguments(command: &str) -> Option<Vec<String>> {
    let after = command.strip_prefix("vouchsafe ").or_else(|| command.strip_prefix("cargo run -- "))?;
    Some(words(after))
}

/// Whether lines are as they are shown.
fn shows(expected: &[&str], found: &[&str]) -> bool {
    match (expected, found) {
        (["..."], _) => true,
        (["...", rest @ ..], _) => (0..=found.len()).any(|from| shows(rest, &found[from..])),
        ([line, expected @ ..], [first, found @ ..]) => {
            let is_shown = line.strip_suffix("...").map_or(line == first, |start| first.starts_with(start));
            is_shown && shows(expected, found)
        }
        (expected, found) => expected.is_empty() && found.is_empty(),
    }
}

#[test]
fn blocks_are_compared_line_by_line() {
    for (expected, found, is_shown) in [
        ("a\nb", "a\nb", true),
        ("a\nb", "a", false),
        ("a", "a\nb", false),
        ("a\n...", "a\nb\nc", true),
        ("...\nc", "a\nb\nc", true),
        ("...\nb", "a\nb\nc", false),
        ("a ...\nb", "a b c\nb", true),
        ("a ...", "b", false),
    ] {
        let [of_page, said] = [expected, found].map(|text| text.lines().collect::<Vec<_>>());
        assert_eq!(shows(&of_page, &said), is_shown, "{expected:?} {found:?}");
    }
    assert_eq!(words("close 2021-05 --by \"A. B\"   says so"), ["close", "2021-05", "--by", "A. B"]);
    assert_eq!(words("schema program > x.json"), ["schema", "program"]);
}

#[test]
fn console_blocks_of_the_readme_say_what_comes_out() {
    let readme = page("README.md");
    let home = Folder::sample();
    let mut wrong = String::new();
    let blocks = fences(&readme).into_iter().filter(|fence| fence.language == "console" && fence.not_run.is_none());
    let typed: Vec<Typed<'_>> = blocks.flat_map(|fence| session(&fence.lines)).collect();
    assert!(typed.len() > 10, "only {} commands were found", typed.len());
    for Typed { command, says } in typed {
        let arguments = arguments(command).unwrap_or_else(|| panic!("{command}: not run, and it is not said why"));
        let found = said(home.command("").args(arguments).output().unwrap());
        let lines: Vec<&str> = found.stdout.lines().chain(found.stderr.lines()).collect();
        if !shows(&says, &lines) {
            let (expected, found) = (says.join("\n") + "\n", lines.join("\n") + "\n");
            wrong += &format!("$ {command}\n{}\n", TextDiff::from_lines(&expected, &found).unified_diff());
        }
    }
    assert!(wrong.is_empty(), "README.md: something else comes out\n{wrong}");
}

#[test]
fn every_block_of_a_page_says_what_it_is() {
    let known = ["console", "csv", "rust", "sh", "text", "toml"];
    for name in PAGES {
        let text = page(name);
        let indented: Vec<&str> = prose(&text).filter(|line| line.starts_with("    ")).collect();
        assert_eq!(indented, Vec::<&str>::new(), "{name}: what is typed stands in a fence, with its language");
        for Fence { language, not_run, lines } in fences(&text) {
            assert!(known.contains(&language), "{name}: a block of the language \"{language}\"");
            assert!(language == "console" || not_run.is_none(), "{name}: only a console block is run: {lines:?}");
            // What a developer types is no business of a user, and the other way round.
            assert!(
                language != "console" || name == "README.md",
                "{name}: only blocks of the README are run: {lines:?}"
            );
        }
    }
}

#[test]
fn commands_within_sentences_can_be_typed() {
    for name in PAGES {
        let text = page(name);
        let sentences = prose(&text).collect::<Vec<_>>().join(" ");
        let spans: Vec<&str> = sentences.split('`').skip(1).step_by(2).collect();
        for arguments in spans.into_iter().filter_map(arguments) {
            let parsed = Cli::try_parse_from(["vouchsafe".to_owned()].iter().chain(&arguments));
            assert!(parsed.is_ok(), "{name}: vouchsafe {}\n{}", arguments.join(" "), parsed.unwrap_err());
        }
    }
}

/// Commands that are not hidden, with the program itself.
fn commands() -> Vec<Command> {
    let mut program = Cli::command().term_width(WIDTH);
    program.build();
    let below: Vec<Command> = program
        .get_subcommands()
        .filter(|command| !command.is_hide_set() && command.get_name() != "help")
        .cloned()
        .collect();
    std::iter::once(program).chain(below).collect()
}

#[test]
fn help_is_as_it_stands_in_its_files() {
    let commands = commands();
    let update = std::env::var_os("UPDATE_GOLDEN").is_some();
    for command in &commands {
        let path = project().join(HELP).join(format!("{}.txt", command.get_name()));
        let help = command.clone().term_width(WIDTH).render_long_help().to_string();
        let help: String = help.lines().map(|line| format!("{}\n", line.trim_end())).collect();
        if update {
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, help).unwrap();
            continue;
        }
        let kept = fs::read_to_string(&path).unwrap_or_default();
        let difference = TextDiff::from_lines(&kept, &help).unified_diff().to_string();
        assert!(kept == help, "{}\n{difference}\nif that is right: UPDATE_GOLDEN=1 cargo test typed", path.display());
    }
    let files = fs::read_dir(project().join(HELP)).unwrap().count();
    assert_eq!(files, commands.len(), "a file of {HELP} is of no command");
}

#[test]
fn examples_of_the_help_can_be_run() {
    let home = Folder::sample();
    home.write("new.toml", &home.read("config/programs/sa-planning-services.toml"));
    // A batch waits, so that there is something to approve.
    home.edit("config/settings.toml", "EUR = \"150000.00\"", "EUR = \"100000.00\"");
    let now: DateTime<Utc> = "2021-06-01T06:00:00Z".parse().unwrap();
    // Examples speak of runs 1 to 3.
    for before in ["run month-end --as-of 2021-05-31", "run nightly", "run reminders"] {
        typed_at(&home, &words(before), now).unwrap();
    }
    let mut count = 0;
    for command in commands() {
        let examples = command.get_after_help().map(ToString::to_string).unwrap_or_default();
        for line in examples.lines().filter_map(|line| line.strip_prefix("  vouchsafe ")) {
            let result = typed_at(&home, &words(line), now);
            assert!(result.is_ok(), "vouchsafe {line}\n{}", result.unwrap_err());
            count += 1;
        }
    }
    assert!(count >= 15, "only {count} examples were found");
}
