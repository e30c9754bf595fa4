//! Many short texts in two pieces of memory.

/// Texts one after the other, and where each ends.
#[derive(Clone, Debug, Default)]
pub(crate) struct Texts {
    ends: Vec<u32>,
    bytes: String,
}

impl Texts {
    pub(crate) fn push(&mut self, text: &str) {
        self.bytes.push_str(text);
        self.ends.push(u32::try_from(self.bytes.len()).expect("a block is cut from a few megabytes"));
    }

    fn start(&self, at: usize) -> usize {
        if at == 0 { 0 } else { self.ends[at - 1] as usize }
    }

    pub(crate) fn len(&self) -> usize {
        self.ends.len()
    }

    pub(crate) fn get(&self, at: usize) -> &str {
        &self.bytes[self.start(at)..self.ends[at] as usize]
    }

    /// Takes the texts out, in no more memory than they need; the room for them stays here.
    pub(crate) fn take(&mut self) -> Texts {
        let copy = self.clone();
        self.ends.clear();
        self.bytes.clear();
        copy
    }

    /// Takes back what was pushed beyond this number of texts.
    pub(crate) fn truncate(&mut self, rows: usize) {
        self.bytes.truncate(self.start(rows.min(self.ends.len())));
        self.ends.truncate(rows);
    }
}
