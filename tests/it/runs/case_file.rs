//! How a golden run is written. A line at the margin opens a block, and lines indented by four places belong to it; how
//! the block opens says what it is:
//!
//! ```text
//! A sentence or two.                      what the case shows; words at the margin stand wherever they help
//!
//! < all of config                         a folder of the project comes along, as it is
//! < all of tests/runs/shared/months.txt   so does what another file of this form gives
//! < in/payments-2021-05-31.csv            a file arrives: its contents
//! ~ config/settings.toml                  a file is edited: lines after "- " give way to those after "+ "
//!
//! $ vouchsafe run golden --as-of 2021-05-31
//!     what it says on stdout
//! ! exit 7                                how it ended, where not well, and what it says on stderr
//! > verdicts.csv                          a table of the run that it wrote
//! ```
//!
//! What stands below a command is expected of it, up to the next `<`, `~`, `$` or words.

use std::fs;

use crate::folder::{Folder, copy, project};

const INDENT: &str = "    ";

/// A line at the margin, and what is indented below it.
#[derive(Debug, PartialEq)]
pub(super) struct Block {
    pub(super) title: String,
    pub(super) lines: Vec<String>,
}

/// What is given, what is typed then, and what must come out.
pub(super) struct Step {
    pub(super) given: Vec<Block>,
    pub(super) command: String,
    pub(super) expected: Vec<Block>,
}

impl Block {
    pub(super) fn new(title: impl Into<String>, lines: Vec<String>) -> Block {
        Block { title: title.into(), lines }
    }

    fn is_expected(title: &str) -> bool {
        title.starts_with(['$', '!', '>'])
    }

    fn text(&self) -> String {
        let line = |line: &String| if line.is_empty() { "\n".to_owned() } else { format!("{INDENT}{line}\n") };
        self.lines.iter().map(line).fold(format!("{}\n", self.title), |text, line| text + &line)
    }
}

fn blocks(text: &str) -> Vec<Block> {
    let mut blocks: Vec<Block> = Vec::new();
    for line in text.lines() {
        match (line.strip_prefix(INDENT), blocks.last_mut()) {
            (Some(contents), Some(block)) => block.lines.push(contents.to_owned()),
            (None, Some(block)) if line.is_empty() => block.lines.push(String::new()),
            (None, _) if !line.starts_with(' ') => blocks.push(Block::new(line, Vec::new())),
            _ => panic!("neither at the margin nor four places in, below a line at the margin: {line}"),
        }
    }
    for block in &mut blocks {
        let filled = block.lines.iter().rposition(|line| !line.is_empty()).map_or(0, |last| last + 1);
        block.lines.truncate(filled);
    }
    blocks
}

/// The steps of a case.
pub(super) fn steps(text: &str) -> Vec<Step> {
    let mut steps: Vec<Step> = Vec::new();
    let mut given = Vec::new();
    for block in blocks(text) {
        if block.title.starts_with('$') {
            let given = std::mem::take(&mut given);
            steps.push(Step { given, command: block.title.clone(), expected: vec![block] });
        } else if Block::is_expected(&block.title) {
            assert!(given.is_empty(), "{} stands below no command", block.title);
            steps.last_mut().unwrap().expected.push(block);
        } else {
            given.push(block);
        }
    }
    assert!(given.is_empty() && !steps.is_empty(), "a case ends with a command and what comes out");
    steps
}

/// The same case with what came out of each command instead of what was expected of it.
pub(super) fn with_outcome(text: &str, found: &[Vec<Block>]) -> String {
    let mut found = found.iter();
    let mut written = String::new();
    let mut is_given = true;
    for line in text.lines() {
        if !line.is_empty() && !line.starts_with(' ') {
            is_given = !Block::is_expected(line);
        }
        if line.starts_with('$') {
            let outcome = found.next().unwrap().iter().map(Block::text);
            written += &outcome.map(|block| block + "\n").collect::<String>();
        } else if is_given {
            written += &format!("{line}\n");
        }
    }
    format!("{}\n", written.trim_end())
}

/// Lets a home have what a block gives.
pub(super) fn give(home: &Folder, block: &Block) {
    if let Some(part) = block.title.strip_prefix("< all of ") {
        assert!(block.lines.is_empty(), "{part} has its contents already");
        if project().join(part).is_dir() {
            copy(&project().join(part), &home.path(part));
        } else {
            let text = fs::read_to_string(project().join(part)).unwrap_or_else(|error| panic!("{part}: {error}"));
            blocks(&text).iter().for_each(|block| give(home, block));
        }
    } else if let Some(path) = block.title.strip_prefix("< ") {
        home.write(path, &(block.lines.join("\n") + "\n"));
    } else if let Some(path) = block.title.strip_prefix("~ ") {
        let after = |sign| block.lines.iter().filter_map(|line| line.strip_prefix(sign)).collect::<Vec<_>>().join("\n");
        home.edit(path, &after("- "), &after("+ "));
    } else {
        assert!(block.lines.is_empty(), "what is indented belongs to nothing: {}", block.title);
    }
}

#[test]
fn what_is_not_expected_stays_as_it_is_written() {
    let text = "Words.\nMore.\n\n< a.csv\n    a,b\n\n    1,2\n~ b.toml\n    - x\n    + y\n\n$ vouchsafe run\n    old\n\n! exit 7\n> t.csv\n    1\n\nIn June.\n$ vouchsafe runs\n";
    let parts: Vec<usize> = steps(text).iter().map(|step| step.given.len()).collect();
    assert_eq!(parts, [4, 1]);
    assert_eq!(steps(text)[0].given[2], Block::new("< a.csv", vec!["a,b".into(), String::new(), "1,2".into()]));
    let found = [vec![Block::new("$ vouchsafe run", vec!["new".into()])], vec![Block::new("$ vouchsafe runs", vec![])]];
    let expected = "Words.\nMore.\n\n< a.csv\n    a,b\n\n    1,2\n~ b.toml\n    - x\n    + y\n\n$ vouchsafe run\n    new\n\nIn June.\n$ vouchsafe runs\n";
    assert_eq!(with_outcome(text, &found), expected);
    assert_eq!(with_outcome(expected, &found), expected);
}
