//! Months one after the other, drawn by lot: whatever happens to a few vouchers, the books of every month hold to the cent,
//! and agree with a naive model that keeps no books at all.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use rayon::prelude::*;

use super::Scene;
use crate::ingest::Intake;
use crate::model::{
    Authority, Carried, Claim, ClaimOrigin, Currency, Day, Decision, InvoiceNumber, IssuedLine, Money, OpeningClaims,
    Opinion, Ruling, Text, Tolerance, VoucherId,
};
use crate::reconcile::{
    self, Books, Decisions, Desk, Earlier, Lifecycle, Opening, Register, State, Terms, Verdict, balances,
};

/// Sequences that are drawn; where all checks are run, more of them.
const SEQUENCES: u64 = 250;
const SEQUENCES_OF_CI: u64 = 2_400;
const MONTHS: [&str; 4] = ["2021-05-31", "2021-06-30", "2021-07-31", "2021-08-31"];
const VOUCHERS: u64 = 4;

/// The same numbers for the same seed.
struct Lot(u64);

impl Lot {
    fn draw(&mut self, below: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % below
    }

    fn shuffle<T>(&mut self, rows: &mut [T]) {
        for at in (1..rows.len()).rev() {
            let other = usize::try_from(self.draw(at as u64 + 1)).unwrap_or(0);
            rows.swap(at, other);
        }
    }
}

/// What a run leaves for the next one.
#[derive(Default)]
struct Left {
    carried: Option<Carried>,
    decisions: Vec<Decision>,
    opening: OpeningClaims,
    books: Option<Books>,
}

/// What a month comes to, to be compared.
struct Month {
    verdicts: Vec<Verdict>,
    items: BTreeSet<String>,
    books: Books,
    carried: Carried,
}

fn run(scene: &Scene, as_of: Day, left: &Left, authority: &Authority) -> Month {
    let intake = scene.intake();
    let decisions = Decisions::new(&left.decisions, &[], authority, None);
    let earlier = Earlier { carried: left.carried.as_ref(), decisions: Some(&decisions), ..Earlier::default() };
    let tolerance = &scene.tolerance;
    let terms = Terms { program: scene.program, as_of, tolerance, earlier };
    let (index, strays) = reconcile::index(&intake, &left.opening, scene.program, (earlier, as_of));
    let (verdicts, _) = reconcile::reconcile(&index, terms, &[]);
    let desk = Desk { routes: &[], due_days: [7, 14, 30] };
    let register = reconcile::register(&verdicts, (&strays, &[]), scene.program, (earlier, as_of), &desk);
    let payable: HashSet<&VoucherId> =
        verdicts.iter().filter(|verdict| verdict.payable.is_some()).map(|verdict| &verdict.voucher).collect();
    let accounts = reconcile::accounts(&verdicts, &strays, &payable, (tolerance, as_of));
    let opening = left.books.as_ref().map_or(Opening::default(), |books| Opening {
        run: Some(1),
        accounts: books.accounts.clone(),
        stated: balances(&books.accounts),
    });
    let books = Books::close(Some(as_of.start_of_month()), opening, accounts, &verdicts, as_of);
    no_item_is_lost(&register, left.carried.as_ref());
    as_naively_counted(&books, &verdicts, &intake, &payable, as_of, tolerance);
    let carried = Carried { open: register.items().into_iter().collect(), ..Carried::default() };
    let items =
        register.items().iter().map(|(id, item)| format!("{id} {} {} {}", item.code, item.since, item.hash)).collect();
    Month { items, books, carried, verdicts }
}

/// Every item of the last month is there, or is told as resolved; and none is both.
fn no_item_is_lost(register: &Register<'_>, before: Option<&Carried>) {
    let now: HashSet<_> = register.items().into_iter().map(|(id, _)| id).collect();
    assert_eq!(now.len(), register.items().len(), "two items have one id");
    let resolved: HashSet<_> = register.resolved.iter().map(|(id, _)| *id).collect();
    for id in before.into_iter().flat_map(|carried| carried.open.keys()) {
        assert!(now.contains(id) != resolved.contains(id), "item {id} is lost, or there twice");
    }
    for entry in &register.entries {
        let was_there = before.is_some_and(|carried| carried.open.contains_key(&entry.care.seen.id));
        assert_eq!(entry.care.lifecycle == Lifecycle::Persisting, was_there, "{:?}", entry.care);
    }
}

/// The closing without any books: worth of what is owed, less every payment that has come, less what was let go.
fn as_naively_counted(
    books: &Books,
    verdicts: &[Verdict],
    intake: &Intake,
    issued: &HashSet<&VoucherId>,
    as_of: Day,
    tolerance: &Tolerance,
) {
    let mut open: BTreeMap<Currency, i128> = BTreeMap::new();
    let mut add =
        |money: Money, sign: i128| *open.entry(money.currency()).or_default() += sign * i128::from(money.minor());
    for verdict in verdicts {
        let is_owed = matches!(verdict.state, State::Redeemed | State::Claimed | State::Paid)
            || issued.contains(&verdict.voucher);
        verdict.entitled.or(verdict.invoiced).filter(|_| is_owed).into_iter().for_each(|worth| add(worth, 1));
    }
    let paid = intake.records.vouchers.map(|rows| Some(rows.payments)).into_iter().flatten();
    let paid = paid.chain(intake.records.vouchers.unnamed_payments());
    for payment in paid.filter(|payment| payment.status == crate::model::PaymentStatus::Paid) {
        let has_come = payment.paid_on.get().is_none_or(|day| day <= as_of);
        let is_seen = payment.requested_on.get().is_none_or(|day| day <= as_of);
        if has_come && is_seen {
            add(payment.amount, -1);
        }
    }
    let let_go = verdicts.iter().flat_map(|verdict| {
        let tolerated =
            reconcile::sides(verdict, tolerance).into_iter().map(|(currency, side)| (currency, side.tolerated));
        let booked = verdict.findings.iter().filter_map(|finding| {
            let is_booked = matches!(finding.ruling, Some(Ruling::Adjust(_)));
            let sign = if finding.code.as_str() == "AM-07" { -1 } else { 1 };
            finding.amount.filter(|_| is_booked).map(|money| (money.currency(), sign * i128::from(money.minor())))
        });
        tolerated.chain(booked).collect::<Vec<_>>()
    });
    for (currency, minor) in let_go {
        *open.entry(currency).or_default() -= minor;
    }
    for (currency, bridge) in &books.bridges {
        let closing: i128 = bridge.closing.iter().sum();
        assert_eq!(bridge.moved(), bridge.closing, "a residual in {currency}");
        assert_eq!(closing, open.get(currency).copied().unwrap_or(0), "closing in {currency}");
        assert_eq!(books.aged.get(currency).map_or(0, |aged| aged.iter().sum()), closing, "ages in {currency}");
    }
    let stated = books.opening.stated.iter().filter(|(_, open)| open.iter().any(|minor| *minor != 0));
    for (currency, stated) in stated {
        assert_eq!(books.bridges.get(currency).map(|bridge| bridge.opening), Some(*stated), "opening in {currency}");
    }
}

/// What is payable is invoiced: the next month knows it.
fn invoice(left: &mut Left, verdicts: &[Verdict], as_of: Day) {
    let number = InvoiceNumber::new(&format!("VS-{as_of}"));
    for verdict in verdicts {
        let Some(amount) = verdict.payable else { continue };
        let claim = Claim {
            live: true,
            origin: ClaimOrigin::Invoice(number.clone()),
            requested_on: Some(as_of),
            location: verdict.location.clone(),
            engagement: verdict.engagement.clone(),
            days: verdict.days,
            amount: Some(amount),
        };
        assert!(
            left.opening.claims.insert(verdict.voucher.clone(), claim).is_none(),
            "{} is claimed twice",
            verdict.voucher
        );
        let line = IssuedLine { voucher: verdict.voucher.clone(), amount };
        left.opening.invoices.entry(number.clone()).or_default().push(line);
    }
}

/// Something that happens to a voucher in a month: rows that an export brings.
fn happen(scene: &mut Scene, lot: &mut Lot, month: usize) {
    let voucher = lot.draw(VOUCHERS) + 1;
    let (number, month_of) = (lot.draw(100_000), 5 + month);
    let amount = ["5000.00", "4000.00", "1000.00", "4999.99", "-1000.00", "5000.01"][lot.draw(6) as usize];
    let currency = if lot.draw(12) == 0 { "SEK" } else { "EUR" };
    let day = format!("2021-{month_of:02}-{:02}", 1 + lot.draw(28));
    let mut add = |dataset: &str, row: String| {
        let cells = row.split(',').map(str::to_owned).collect();
        scene.table(dataset).push(cells);
    };
    match lot.draw(8) {
        0..=2 => add("payments", format!("R-{number},,V-{voucher},{amount},{currency},Paid,2021-05-20,{day},,,")),
        3 => add("payments", format!("R-{number},,V-{voucher},{amount},EUR,Submitted,{day},,,,")),
        4 => add("payments", format!("R-{number},,V-{voucher},5000.00,EUR,Rejected,{day},,,,")),
        5 => add("payments", format!("R-{number},,,{amount},{currency},Paid,{day},{day},,,L-1")),
        6 => add("payments", format!("R-{number},VS-2021-05-31,,{amount},{currency},Paid,2021-06-01,{day},,,")),
        _ => {
            let days = ["3", "5", "10"][lot.draw(3) as usize];
            let at = scene.column("vouchers", "days");
            if let Some(row) = scene.table("vouchers").iter_mut().find(|row| row[0] == format!("V-{voucher}")) {
                row[at] = days.to_owned();
            }
        }
    }
}

fn begin(lot: &mut Lot) -> Scene {
    let mut scene = Scene::new("+rates=NL,3,3200.00,EUR,2020-01-01,");
    for dataset in ["vouchers", "redemptions", "completions"] {
        let row = scene.table(dataset)[1].clone();
        for number in 2..=VOUCHERS {
            let renamed = row.iter().map(|cell| match cell.as_str() {
                "V-1" => format!("V-{number}"),
                "CU-1" => format!("CU-{number}"),
                "plan.docx" => format!("plan-{number}.docx"),
                other => other.to_owned(),
            });
            let renamed = renamed.collect();
            scene.table(dataset).push(renamed);
        }
    }
    // Some are not redeemed yet.
    for row in scene.table("redemptions").iter_mut().skip(1) {
        if lot.draw(4) == 0 {
            row[2] = "Reserved".to_owned();
            row[4] = String::new();
        }
    }
    scene
}

/// Somebody decides about one of the open items.
fn decide(left: &mut Left, lot: &mut Lot, as_of: Day) {
    let Some(carried) = &left.carried else { return };
    let mut items: Vec<_> = carried.open.iter().filter(|(_, item)| item.code.as_str().starts_with("AM")).collect();
    items.sort_by_key(|(id, _)| **id);
    if items.is_empty() || lot.draw(2) == 0 {
        return;
    }
    let (id, item) = items[usize::try_from(lot.draw(items.len() as u64)).unwrap_or(0)];
    let ruling = match lot.draw(3) {
        0 => Ruling::Accept,
        1 => Ruling::Adjust(crate::model::Adjustment::WriteOff),
        _ => Ruling::Waive(as_of.plus_days(20)),
    };
    let (reason, first, second) = (Text::new("drawn"), Text::new("AB"), Some(Text::new("CD")));
    let opinion = Opinion { item: *id, hash: None, ruling, reason, first, second };
    left.decisions.push(Decision { opinion, bound: item.hash, taken_on: as_of, refused: None });
}

fn authority() -> Authority {
    let eur = Currency::from_code("EUR").expect("EUR");
    let most = BTreeMap::from([(eur, Money::new(10_000_000, eur))]);
    let people = ["AB", "CD"].into_iter().map(|person| (Text::new(person), most.clone())).collect();
    let limits = BTreeMap::from([(crate::model::Adjustment::WriteOff, most.clone())]);
    Authority { people, alone: most, limits, accept_days: 45, waive_days: 90 }
}

fn sequence(seed: u64) {
    let mut lot = Lot(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1);
    let mut scene = begin(&mut lot);
    scene.tolerance.amount = if seed.is_multiple_of(3) { "0.01" } else { "0.00" }.to_owned();
    let (mut left, authority) = (Left::default(), authority());
    for (month, as_of) in MONTHS.iter().enumerate() {
        let as_of = Day::parse_iso(as_of).expect("day");
        for _ in 0..lot.draw(4) {
            happen(&mut scene, &mut lot, month);
        }
        decide(&mut left, &mut lot, as_of);
        let found = run(&scene, as_of, &left, &authority);
        if seed.is_multiple_of(4) {
            let names: Vec<String> = scene.tables.keys().cloned().collect();
            let mut shuffled =
                Scene { tables: scene.tables.clone(), tolerance: scene.tolerance.clone(), ..begin(&mut Lot(1)) };
            names.iter().for_each(|name| lot.shuffle(&mut shuffled.table(name)[1..]));
            let other = run(&shuffled, as_of, &left, &authority);
            assert_eq!(other.items, found.items, "{seed}: the order of rows matters to items");
            assert_eq!(other.books.bridges, found.books.bridges, "{seed}: the order of rows matters to books");
        }
        invoice(&mut left, &found.verdicts, as_of);
        left.carried = Some(found.carried);
        left.books = Some(found.books);
    }
}

#[test]
fn the_books_of_months_drawn_by_lot_hold() {
    let count = if std::env::var_os("CI").is_some() { SEQUENCES_OF_CI } else { SEQUENCES };
    (0..count).into_par_iter().for_each(sequence);
}
