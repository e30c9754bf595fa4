//! Workbooks are opened by a process of their own, with limits on memory and time: a file of a kilobyte can make a
//! reader ask for more memory than there is, and only a process can be ended by that.
#![expect(clippy::disallowed_methods, reason = "a workbook is opened by another process")]

use std::fs::File;
use std::io::{self, BufWriter, Cursor, Write};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};

use super::frames::{self, Formulas, Frame, WorkbookRequest};
use crate::ingest::content::Content;
use crate::ingest::sheet::FileProblem;

/// Memory that may be asked for while a workbook is read, in bytes.
const MEMORY: u64 = 1 << 30;
/// Processor time that it may take, in seconds.
const SECONDS: u64 = 60;
/// The argument that names the sheet to a reading process.
const SHEET: &str = "--sheet";
/// The argument that lets the last results of formulas count.
const FORMULAS: &str = "--formulas";

/// Who opens workbooks.
#[derive(Clone, Debug)]
pub enum Opener {
    /// This program, called with these arguments before those that [`serve`] understands.
    Process(PathBuf, Vec<String>),
    /// The caller itself, for workbooks that can be trusted.
    Itself,
}

impl Opener {
    /// Opens a workbook, whose frames arrive from then on.
    ///
    /// # Errors
    /// The file was changed or cannot be read, or no process can be started.
    pub(crate) fn open(&self, content: &Content, wanted: &WorkbookRequest) -> Result<FrameStream, FileProblem> {
        match (self, content) {
            (_, Content::Untaken(problem)) => Err(problem.clone()),
            (Opener::Process(program, arguments), Content::File { path, .. }) => {
                content.check_unchanged_on_disk()?;
                let child = start(program, arguments, wanted, path).map_err(|error| {
                    FileProblem::new(format!("it cannot be opened: {error}"), "a readable file", "check permissions")
                })?;
                let mut process = Process(child);
                let frames: Box<dyn Iterator<Item = Frame>> = match process.0.stdout.take() {
                    Some(lines) => Box::new(frames::receive(lines)),
                    None => Box::new(std::iter::empty()),
                };
                Ok(FrameStream { frames, process: Some(process) })
            }
            (Opener::Process(..) | Opener::Itself, Content::File { .. } | Content::Memory(_)) => {
                let mut received = Vec::new();
                let bytes = content.read()?;
                let sent = frames::send(Cursor::new(&*bytes), wanted, &mut |frame| {
                    received.push(frame);
                    Ok(())
                });
                sent.map_err(|error| FileProblem::new(error.to_string(), "a readable file", "run again"))?;
                Ok(FrameStream { frames: Box::new(received.into_iter()), process: None })
            }
        }
    }
}

/// The frames of an open workbook.
pub(crate) struct FrameStream {
    frames: Box<dyn Iterator<Item = Frame>>,
    process: Option<Process>,
}

impl FrameStream {
    /// The next frame.
    ///
    /// # Errors
    /// None arrives, and the last was not the end: the process has reached its limits.
    pub(crate) fn next(&mut self) -> Result<Frame, FileProblem> {
        self.frames.next().ok_or_else(|| gave_up(self.process.as_mut()))
    }
}

/// A reading process, which is ended when its frames are no longer read.
struct Process(Child);

impl Drop for Process {
    fn drop(&mut self) {
        // It may have ended by itself, which is as good.
        self.0.kill().ok();
        self.0.wait().ok();
    }
}

fn start(program: &PathBuf, arguments: &[String], wanted: &WorkbookRequest, path: &PathBuf) -> io::Result<Child> {
    let mut command = Command::new(program);
    command.args(arguments);
    command.args(wanted.sheet.iter().flat_map(|sheet| [SHEET, sheet]));
    command.args((wanted.formulas == Formulas::LastResult).then_some(FORMULAS));
    command.stdin(File::open(path)?).stdout(Stdio::piped()).stderr(Stdio::null()).spawn()
}

/// Ends a process that has gone silent. It may wait for its frames to be read, so it is not waited for.
fn end(process: &mut Process) -> Option<std::process::ExitStatus> {
    let ended = process.0.try_wait().ok().flatten();
    process.0.kill().ok();
    ended.or_else(|| process.0.wait().ok())
}

/// No frame arrived, and the last was not the end.
fn gave_up(process: Option<&mut Process>) -> FileProblem {
    let ended = process.and_then(end).map_or(String::new(), |status| format!(" ({status})"));
    FileProblem::new(
        format!("the process that reads it ended without an answer{ended}; it may take 1 GiB of memory and 60 s"),
        "a workbook of a million rows at most",
        "open it in a spreadsheet program, delete what stands outside the table, and save it",
    )
}

/// What the reading process does: limits itself, reads the workbook that is its standard input, and writes its
/// frames to `out`.
///
/// # Errors
/// When it cannot read or write.
pub fn serve(sheet: Option<String>, formulas: Formulas, out: impl Write) -> io::Result<()> {
    limit()?;
    let mut out = BufWriter::with_capacity(1 << 16, out);
    let mut send = |frame: Frame| frames::write(&frame, &mut out);
    frames::send(standard_input()?, &WorkbookRequest { sheet, formulas }, &mut send)?;
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
