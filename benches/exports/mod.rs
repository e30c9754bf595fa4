//! Generated exports as sources of an intake, one file for each data set, and the program that judges them.

use std::io;
use std::path::Path;
use std::sync::Arc;

use vouchsafe::ingest::{Content, InputFile, Profile, Source};
use vouchsafe::model::Dataset;
use vouchsafe::program::{self, HouseRules, Program};

/// The canonical file of `dataset` in `dir`; the error says why it cannot be read.
pub(crate) fn source(dir: &Path, dataset: Dataset) -> io::Result<Source> {
    let name = format!("{dataset}.csv");
    let content = Content::of_file(&dir.join(&name))?;
    let files = vec![InputFile { name: name.clone(), content, sha256: String::new(), exported_on: None }];
    Ok(Source { dataset, required: true, pattern: name, profile: Arc::new(Profile::canonical()), files })
}

/// Planning Services under the rules of the house, as `config` has them.
pub(crate) fn program() -> Program {
    let text = std::fs::read_to_string("config/programs/sa-planning-services.toml").expect("the program file");
    let house = std::fs::read_to_string("config/house-rules.toml").expect("the house rules");
    let house = HouseRules::parse(&house).expect("house rules");
    program::parse(&text, Some(&house)).expect("a program")
}
