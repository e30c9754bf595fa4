//! What happens to a few vouchers from month to month, drawn by lot: rows that exports bring, change, spoil or lose.

use super::Scene;

/// Vouchers of a sequence.
pub(super) const VOUCHERS: u64 = 4;

/// The same numbers for the same seed.
pub(super) struct Lot(pub(super) u64);

impl Lot {
    pub(super) fn draw(&mut self, below: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % below
    }

    pub(super) fn shuffle<T>(&mut self, rows: &mut [T]) {
        for at in (1..rows.len()).rev() {
            let other = usize::try_from(self.draw(at as u64 + 1)).unwrap_or(0);
            rows.swap(at, other);
        }
    }
}

/// The vouchers before the first month: redeemed, most of them.
pub(super) fn begin(lot: &mut Lot) -> Scene {
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
    for row in scene.table("redemptions").iter_mut().skip(1) {
        if lot.draw(4) == 0 {
            row[2] = "Reserved".to_owned();
            row[4] = String::new();
        }
    }
    scene
}

/// Something that happens to a voucher in a month.
pub(super) fn happen(scene: &mut Scene, lot: &mut Lot, month: usize) {
    let voucher = format!("V-{}", lot.draw(VOUCHERS) + 1);
    match lot.draw(16) {
        0..=6 => money_moves(scene, lot, month, &voucher),
        7 | 8 => {
            let days = ["3", "5", "10"][lot.draw(3) as usize];
            change(scene, "vouchers", "days", &voucher, days);
        }
        // A claim that is older than the tool, and comes to light now.
        9 => {
            let row = vec![voucher, format!("OLD-{}", lot.draw(100_000)), "2021-04-30".to_owned()];
            scene.table("claims").push(row);
        }
        // A row that is refused, or read again.
        10 => {
            let (dataset, column, bad, good) = [
                ("redemptions", "redeemed_on", "2021-02-30", "2021-05-10"),
                ("completions", "country", "Atlantis", "NL"),
                ("vouchers", "customer_name", "", "Contoso Foods"),
                ("completions", "completed_on", "5 March", "2021-03-05"),
            ][lot.draw(4) as usize];
            change(scene, dataset, column, &voucher, if lot.draw(2) == 0 { bad } else { good });
        }
        // The contract is corrected.
        11 => {
            let at = scene.column("rates", "amount");
            scene.table("rates")[1][at] = ["5000.00", "5200.00"][lot.draw(2) as usize].to_owned();
        }
        // A payment like one that named nothing comes, and names a voucher.
        12 => {
            let stray = scene.table("payments").iter().find(|row| row[1].is_empty() && row[2].is_empty()).cloned();
            scene.table("payments").extend(stray.map(|mut row| {
                row[2] = voucher;
                row
            }));
        }
        // A report is another, or another consultant's comes.
        13 => {
            let (column, value) =
                [("deliverable", "other.docx"), ("offsite_days", "2"), ("country", "BE")][lot.draw(3) as usize];
            change(scene, "completions", column, &voucher, value);
        }
        14 => {
            let row = format!("{voucher},C-2,NL,2021-03-01,2021-0{}-05,2021-06-10,more.docx,2021-06-10,1", 5 + month);
            scene.table("completions").push(row.split(',').map(str::to_owned).collect());
        }
        // No export has it any more.
        _ => {
            for dataset in ["vouchers", "redemptions", "completions"] {
                scene.table(dataset).retain(|row| row[0] != voucher);
            }
        }
    }
}

fn change(scene: &mut Scene, dataset: &str, column: &str, voucher: &str, value: &str) {
    let at = scene.column(dataset, column);
    for row in scene.table(dataset).iter_mut().filter(|row| row[0] == voucher) {
        row[at] = value.to_owned();
    }
}

fn money_moves(scene: &mut Scene, lot: &mut Lot, month: usize, voucher: &str) {
    let (number, month_of) = (lot.draw(100_000), 5 + month);
    let amount = ["5000.00", "4000.00", "1000.00", "4999.99", "-1000.00", "5000.01"][lot.draw(6) as usize];
    let currency = if lot.draw(12) == 0 { "SEK" } else { "EUR" };
    let day = format!("2021-{month_of:02}-{:02}", 1 + lot.draw(28));
    let row = match lot.draw(8) {
        0..=2 => format!("R-{number},,{voucher},{amount},{currency},Paid,2021-05-20,{day},,,"),
        3 => format!("R-{number},,{voucher},{amount},EUR,Submitted,{day},,,,"),
        4 => format!("R-{number},,{voucher},5000.00,EUR,Rejected,{day},,,,"),
        5 => format!("R-{number},,,{amount},{currency},Paid,{day},{day},,,L-1"),
        6 => format!("R-{number},VS-2021-05-31,,{amount},{currency},Paid,2021-06-01,{day},,,"),
        // Refused: what it may be for is held.
        _ => format!("R-{number},,{voucher},1e3,{currency},Paid,{day},{day},,,"),
    };
    scene.table("payments").push(row.split(',').map(str::to_owned).collect());
}
