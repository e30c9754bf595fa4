//! Test kit of rules: one voucher in order, as files; a case edits cells of it, and the codes of its verdict are
//! compared. Everything runs through the real reading, so a case is written as a person would break an export.

mod happenings;
mod laws;
mod months;
mod sequences;
mod sweeps;

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::casebook::PartnerBook;
use crate::eligibility::{Standing, standings};
use crate::ingest::{Content, InputFile, Intake, Means, Profile, Source, ingest};
use crate::model::{
    Claim, ClaimOrigin, Currency, Dataset, Day, EngagementId, InvoiceNumber, IssuedLine, LocationId, Money,
    OpeningClaims, Outcome, Text, Tolerance, VoucherId,
};
use crate::program::Program;
use crate::verdicts::{AlternativeProgram, Earlier, SealedFacts, State, Terms, Verdict, VerdictSummary, WhatIf, judge};

/// Each row: edits separated by `;`, and the codes of V-1's verdict, or `ok`. A code with `!` is an exception
/// where it usually is not. Edits: `dataset.column=value` (first row), `+dataset=row`, `dataset=` (no rows),
/// `-dataset`, `-dataset.column`, `as_of=`, `tolerance=` (an amount, or as `0.10%`), `exported_on=`, `ledger=location,engagement,days,amount`,
/// `before=state in the last run`, and first of all `program=`, if it is not the planning services.
pub(crate) fn check(rows: &[(&str, &str)]) {
    check_voucher("V-1", rows);
}

/// The same for another voucher of the month.
pub(crate) fn check_voucher(voucher: &str, rows: &[(&str, &str)]) {
    for (edits, expected) in rows {
        let verdict = verdict(voucher, edits);
        let codes: Vec<String> = verdict
            .findings
            .iter()
            .map(|finding| {
                let graver = finding.outcome == Outcome::Exception && finding.code.outcome() != Outcome::Exception;
                format!("{}{}", finding.code, if graver { "!" } else { "" })
            })
            .collect();
        let shown = if codes.is_empty() { "ok".to_owned() } else { codes.join(" ") };
        assert_eq!(shown, sorted(expected), "{edits}\n{verdict:#?}");
    }
}

fn sorted(codes: &str) -> String {
    let mut codes: Vec<&str> = codes.split(' ').collect();
    codes.sort_by_key(|text| crate::model::Code::from_text(text.trim_end_matches('!')));
    codes.join(" ")
}

/// Each row: edits, and how the verdict of V-1 would change under other readings of the sources: `reading: codes`, in the order of
/// the program file.
pub(crate) fn check_what_ifs(rows: &[(&str, &[&str])]) {
    for (edits, expected) in rows {
        let scene = Scene::new(edits);
        let (_, what_ifs) = scene.judge(&AlternativeProgram::readings(scene.program));
        let open = scene.program.conflicts.iter().flat_map(|conflict| &conflict.others);
        let names: Vec<&str> = open.map(|other| other.reading.name.as_str()).collect();
        let of = what_ifs.iter().filter(|what_if| what_if.voucher == VoucherId::new("V-1"));
        let shown: Vec<String> =
            of.map(|what_if| format!("{}: {}", names[what_if.alternative], what_if.after.codes)).collect();
        assert_eq!(shown, *expected, "{edits}");
    }
}

/// The standing of L-1 for an engagement on a day, after edits.
pub(crate) fn standing(edits: &str, engagement: &str, day: &str) -> Standing {
    let scene = Scene::new(edits);
    let intake = scene.intake();
    let book = PartnerBook::new(&intake);
    let day = Day::parse_iso(day).expect(day);
    let all = standings(&book, scene.program, None, day);
    let wanted = EngagementId::new(engagement);
    let found = all.into_iter().find(|of| of.location.location.as_str() == "L-1" && *of.engagement == wanted);
    found.unwrap_or_else(|| panic!("no standing for {engagement}")).standing
}

/// The verdict of a voucher after edits.
pub(crate) fn verdict(voucher: &str, edits: &str) -> Verdict {
    let (verdicts, _) = Scene::new(edits).judge(&[]);
    let found = verdicts.into_iter().find(|verdict| verdict.voucher == VoucherId::new(voucher));
    found.unwrap_or_else(|| panic!("no verdict for {voucher}: {edits}"))
}
struct Scene {
    tables: BTreeMap<String, Vec<Vec<String>>>,
    program: &'static Program,
    opening: OpeningClaims,
    as_of: Day,
    exported_on: Option<Day>,
    tolerance: Tolerance,
    before: Option<State>,
}

impl Scene {
    fn new(edits: &str) -> Scene {
        let split = |line: &str| line.split(',').map(str::to_owned).collect::<Vec<String>>();
        let (first, rest) = edits.split_once(';').unwrap_or((edits, ""));
        let (id, edits) = match first.trim().strip_prefix("program=") {
            Some(program) => (program, rest),
            None => ("sa-planning-services", edits),
        };
        let (program, as_of, month) = months::month(id).unwrap_or_else(|| panic!("no month of {id}"));
        let tables = month.iter().map(|(name, text)| ((*name).to_owned(), text.lines().map(split).collect())).collect();
        let as_of = Day::parse_iso(as_of).expect("day");
        let tolerance = Tolerance::default();
        let mut scene = Scene {
            tables,
            program,
            opening: OpeningClaims::default(),
            as_of,
            exported_on: None,
            tolerance,
            before: None,
        };
        edits.split(';').map(str::trim).filter(|edit| !edit.is_empty()).for_each(|edit| scene.edit(edit));
        scene
    }

    fn judge(&self, alternatives: &[AlternativeProgram<'_>]) -> (Vec<Verdict>, Vec<WhatIf>) {
        let intake = self.intake();
        let short = |state| VerdictSummary {
            state,
            outcome: Outcome::Ok,
            codes: Text::default(),
            facts: SealedFacts::default(),
        };
        let before = self.before.map(|state| [(VoucherId::new("V-1"), short(state))].into());
        let earlier = Earlier { verdicts: before.as_ref(), ..Earlier::default() };
        let judged = judge(&intake, self.terms(&self.opening, earlier), alternatives);
        (judged.verdicts, judged.what_ifs)
    }

    fn terms<'a>(&'a self, opening: &'a OpeningClaims, earlier: Earlier<'a>) -> Terms<'a> {
        Terms {
            program: self.program,
            as_of: self.as_of,
            tolerance: &self.tolerance,
            paid_through: &[],
            opening,
            earlier,
        }
    }

    fn edit(&mut self, edit: &str) {
        if let Some(target) = edit.strip_prefix('-') {
            match target.split_once('.') {
                None => drop(self.tables.remove(target)),
                Some((dataset, column)) => {
                    let at = self.column(dataset, column);
                    self.table(dataset).iter_mut().for_each(|row| drop(row.remove(at)));
                }
            }
            return;
        }
        let (target, value) = edit.split_once('=').unwrap_or_else(|| panic!("no edit: {edit}"));
        if let Some(dataset) = target.strip_prefix('+') {
            let row = value.split(',').map(str::to_owned).collect();
            self.table(dataset).push(row);
        } else if let Some((dataset, column)) = target.split_once('.') {
            let at = self.column(dataset, column);
            self.table(dataset)[1][at] = value.to_owned();
        } else {
            self.set(target, value);
        }
    }

    fn set(&mut self, target: &str, value: &str) {
        match target {
            "as_of" => self.as_of = Day::parse_iso(value).expect(value),
            "exported_on" => self.exported_on = Day::parse_iso(value),
            "tolerance" => match value.strip_suffix('%') {
                Some(percent) => self.tolerance.basis_points = percent.replace('.', "").parse().expect(value),
                None => self.tolerance.amount = value.to_owned(),
            },
            "ledger" => self.opening = ledger(value),
            "before" => self.before = State::from_text(value),
            dataset => self.table(dataset).truncate(1),
        }
    }

    fn table(&mut self, dataset: &str) -> &mut Vec<Vec<String>> {
        self.tables.get_mut(dataset).unwrap_or_else(|| panic!("no data set {dataset}"))
    }

    fn column(&mut self, dataset: &str, column: &str) -> usize {
        let found = self.table(dataset)[0].iter().position(|title| title == column);
        found.unwrap_or_else(|| panic!("no column {dataset}.{column}"))
    }

    fn intake(&self) -> Intake {
        let sources: Vec<Source> = self.tables.iter().map(|(name, rows)| self.source(name, rows)).collect();
        let intake = ingest(&sources, &self.program.vocabulary, Means::PLAIN);
        intake.check(&sources).unwrap_or_else(|missing| panic!("{missing}"));
        intake
    }

    fn source(&self, name: &str, rows: &[Vec<String>]) -> Source {
        let lines: Vec<String> = rows.iter().map(|row| row.join(",")).collect();
        let file = InputFile {
            name: format!("{name}.csv"),
            content: Content::Memory((lines.join("\n") + "\n").into_bytes().into()),
            sha256: String::new(),
            exported_on: self.exported_on,
        };
        Source {
            dataset: Dataset::from_name(name).expect("a data set"),
            required: true,
            pattern: file.name.clone(),
            profile: Arc::new(Profile::canonical()),
            files: vec![file],
        }
    }
}

/// An invoice line of V-1, issued on 2021-05-15.
fn ledger(value: &str) -> OpeningClaims {
    let [location, engagement, days, amount] = value.split(',').collect::<Vec<_>>()[..] else { panic!("{value}") };
    let amount = Money::parse(amount, Currency::from_code("EUR").expect("EUR")).expect(amount);
    let (voucher, number) = (VoucherId::new("V-1"), InvoiceNumber::new("INV-1"));
    let claim = Claim {
        live: true,
        origin: ClaimOrigin::Invoice(number.clone()),
        requested_on: Day::parse_iso("2021-05-15"),
        approved_on: None,
        location: Some(LocationId::new(location)),
        engagement: Some(EngagementId::new(engagement)),
        days: days.parse().ok(),
        amount: Some(amount),
    };
    OpeningClaims {
        claims: [(voucher.clone(), claim)].into(),
        invoices: [(number, vec![IssuedLine { voucher, amount }])].into(),
    }
}
