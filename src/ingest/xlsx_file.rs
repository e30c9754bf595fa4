//! Workbooks are opened by a process of their own, with limits on memory and time: a file of a kilobyte can make a
//! reader ask for more memory than there is, and only a process can be ended by that.

use std::fs::File;
use std::io::{self, BufWriter, Cursor, Write};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};

use super::content::Content;
use super::headers::{LINES_ABOVE, line_of_titles};
use super::profile::Profile;
use super::sheet::{FileProblem, RawRow, RowSink};
use super::workbook::{self, Cell, Frame, Wanted};

/// Memory that may be asked for while a workbook is read, in bytes.
const MEMORY: u64 = 1 << 30;
/// Processor time that it may take, in seconds.
const SECONDS: u64 = 60;
/// The argument that names the sheet to a reading process.
const SHEET: &str = "--sheet";
/// The argument that lets formulas count as what they last came to.
const FORMULAS: &str = "--formulas";

/// Who opens workbooks.
#[derive(Clone, Debug)]
pub enum Opener {
    /// This program, called with these arguments before those that [`serve`] understands.
    Process(PathBuf, Vec<String>),
    /// The caller itself, for workbooks that can be trusted.
    Itself,
}

/// A workbook up to its header.
pub(super) struct Book {
    pub(super) sheet: String,
    /// What a person should know.
    pub(super) notes: Vec<String>,
    header: (u32, Vec<Cell>),
    /// Rows with content above the header.
    pub(super) rows_above: Vec<Vec<String>>,
    frames: Box<dyn Iterator<Item = Frame>>,
    process: Option<Process>,
}

/// A reading process, which is ended when nobody listens any more.
struct Process(Child);

impl Drop for Process {
    fn drop(&mut self) {
        // It may have ended by itself, which is as good.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// Opens a workbook and reads its header: the first row with titles that are known, else the first row with content.
///
/// # Errors
/// The file is refused whole: it cannot be trusted or read, or leaves open which sheet is meant.
pub(super) fn open(
    content: &Content,
    profile: &Profile,
    formulas: bool,
    opener: &Opener,
    known: impl Fn(&[String]) -> usize,
) -> Result<Book, FileProblem> {
    let wanted = Wanted { sheet: profile.sheet.clone(), formulas };
    let (mut frames, mut process) = match (opener, content) {
        (_, Content::Untaken(problem)) => return Err(problem.clone()),
        (Opener::Process(program, arguments), Content::File { path, .. }) => {
            content.check_unchanged_on_disk()?;
            let child = start(program, arguments, &wanted, path).map_err(|error| {
                FileProblem::new(format!("it cannot be opened: {error}"), "a readable file", "check permissions")
            })?;
            let mut process = Process(child);
            let frames: Box<dyn Iterator<Item = Frame>> = match process.0.stdout.take() {
                Some(lines) => Box::new(workbook::listen(lines)),
                None => Box::new(std::iter::empty()),
            };
            (frames, Some(process))
        }
        _ => {
            let mut told = Vec::new();
            let bytes = content.read()?;
            let heard = workbook::tell(Cursor::new(&*bytes), &wanted, &mut |frame| {
                told.push(frame);
                Ok(())
            });
            heard.map_err(|error| FileProblem::new(error.to_string(), "a readable file", "run again"))?;
            (Box::new(told.into_iter()) as Box<dyn Iterator<Item = Frame>>, None)
        }
    };
    let (mut sheet, mut notes) = (String::new(), Vec::new());
    let mut first: Vec<(u32, Vec<Cell>)> = Vec::new();
    let mut is_at_end = false;
    while first.len() <= LINES_ABOVE as usize && !is_at_end {
        match frames.next() {
            Some(Frame::Sheet(name)) => sheet = name,
            Some(Frame::Note(note)) => notes.push(note),
            Some(Frame::Row(number, cells)) => first.push((number, cells)),
            Some(Frame::Refused(problem)) => return Err(problem),
            Some(Frame::End) => is_at_end = true,
            None => return Err(gave_up(process.as_mut())),
        }
    }
    let scores: Vec<usize> = first.iter().map(|(_, cells)| known(&titles(cells))).collect();
    let Some(at) = line_of_titles(&scores) else {
        let what = format!("the sheet \"{sheet}\" is empty");
        return Err(FileProblem::new(what, "a row of titles", "was the right sheet exported?"));
    };
    let mut rows = first.into_iter();
    let rows_above = rows.by_ref().take(at).map(|(_, cells)| titles(&cells)).collect();
    let header = rows.next().unwrap_or_default();
    let read = rows.map(|(number, cells)| Frame::Row(number, cells));
    let rest: Box<dyn Iterator<Item = Frame>> = if is_at_end { Box::new(std::iter::once(Frame::End)) } else { frames };
    Ok(Book { sheet, notes, header, rows_above, frames: Box::new(read.chain(rest)), process })
}

/// The titles that a row would be, trimmed.
fn titles(row: &Vec<Cell>) -> Vec<String> {
    (0..row.len()).map(|at| row.cell(at).shown()).collect()
}

impl Book {
    /// Titles of the header row, trimmed.
    pub(super) fn titles(&self) -> Vec<String> {
        titles(&self.header.1)
    }

    /// Reads all rows below the header.
    ///
    /// # Errors
    /// The workbook is damaged further down, or asks for more memory or time than a workbook may.
    pub(super) fn read(mut self, sink: &mut impl RowSink) -> Result<Read, FileProblem> {
        let (mut last, mut rows) = (self.header.0, 0);
        loop {
            match self.frames.next() {
                Some(Frame::Row(number, cells)) => {
                    sink.row(number, &cells, None);
                    (last, rows) = (number, rows + 1);
                }
                Some(Frame::Note(note)) => self.notes.push(note),
                Some(Frame::Refused(problem)) => return Err(problem),
                Some(Frame::End) => break,
                Some(Frame::Sheet(_)) => {}
                None => return Err(gave_up(self.process.as_mut())),
            }
        }
        Ok(Read { blank: u64::from(last - self.header.0) - rows, notes: self.notes })
    }
}

/// What is known of a sheet once it was read.
pub(super) struct Read {
    /// Rows without content between the others.
    pub(super) blank: u64,
    /// What a person should know.
    pub(super) notes: Vec<String>,
}

fn start(program: &PathBuf, arguments: &[String], wanted: &Wanted, path: &PathBuf) -> io::Result<Child> {
    let mut command = Command::new(program);
    command.args(arguments);
    command.args(wanted.sheet.iter().flat_map(|sheet| [SHEET, sheet]));
    command.args(wanted.formulas.then_some(FORMULAS));
    command.stdin(File::open(path)?).stdout(Stdio::piped()).stderr(Stdio::null()).spawn()
}

/// Ends a process that has gone silent. It may be waiting for somebody to listen, so it is not waited for.
fn end(process: &mut Process) -> Option<std::process::ExitStatus> {
    let ended = process.0.try_wait().ok().flatten();
    let _ = process.0.kill();
    ended.or_else(|| process.0.wait().ok())
}

/// Nothing more was heard, and not that it was the end.
fn gave_up(process: Option<&mut Process>) -> FileProblem {
    let ended = process.and_then(end).map_or(String::new(), |status| format!(" ({status})"));
    FileProblem::new(
        format!("reading it took more than 1 GiB of memory or 60 s{ended}"),
        "a workbook of a million rows at most",
        "open it in a spreadsheet program, delete what stands outside the table, and save it",
    )
}

/// What the reading process does: limits itself, reads the workbook that is its standard input, and writes what it
/// says to `out`.
///
/// # Errors
/// When it cannot read or write.
pub fn serve(sheet: Option<String>, formulas: bool, out: impl Write) -> io::Result<()> {
    limit()?;
    let mut out = BufWriter::with_capacity(1 << 16, out);
    let mut tell = |frame: Frame| workbook::write(&frame, &mut out);
    workbook::tell(standard_input()?, &Wanted { sheet, formulas }, &mut tell)?;
    out.flush()
}

#[cfg(unix)]
fn limit() -> io::Result<()> {
    use rustix::process::{Resource, Rlimit, setrlimit};
    for (resource, most) in [(Resource::As, MEMORY), (Resource::Cpu, SECONDS), (Resource::Core, 0)] {
        setrlimit(resource, Rlimit { current: Some(most), maximum: Some(most) })?;
    }
    Ok(())
}

#[cfg(not(unix))]
fn limit() -> io::Result<()> {
    let _ = (MEMORY, SECONDS);
    Ok(())
}

/// The standard input as a file, in which one can go back and forth.
#[cfg(unix)]
fn standard_input() -> io::Result<File> {
    use std::os::fd::AsFd;
    Ok(File::from(io::stdin().as_fd().try_clone_to_owned()?))
}

#[cfg(windows)]
fn standard_input() -> io::Result<File> {
    use std::os::windows::io::AsHandle;
    Ok(File::from(io::stdin().as_handle().try_clone_to_owned()?))
}
