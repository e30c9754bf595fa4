//! The exports that tell of vouchers: the customers' portal, the validation tool, completion reports, payments.

use std::path::Path;

use chrono::NaiveDate;

use crate::Outcome;
use crate::files::{Cell, Dates, decimal, write_delimited, write_workbook};
use crate::month::{EXPORTED_ON, day};
use crate::planted::STRAY_PAYMENT;
use crate::voucher::{Completion, Voucher};
use crate::world::{self, CONSULTANTS, ENGAGEMENTS, LOCATIONS, PARTNERS};

/// Writes the five kinds of files, of the portal an older one too.
pub(crate) fn write(dir: &Path, vouchers: &[Voucher]) -> Outcome<()> {
    for exported in ["2021-05-03", EXPORTED_ON] {
        portal(&dir.join(format!("vlsc-{exported}.xlsx")), vouchers, day(exported)?)?;
    }
    validation(&dir.join(format!("vvr-{EXPORTED_ON}.xlsx")), vouchers)?;
    completions(&dir.join(format!("completion-report-{EXPORTED_ON}.csv")), vouchers, false)?;
    completions(&dir.join(format!("completion-report-legacy-{EXPORTED_ON}.csv")), vouchers, true)?;
    payments(&dir.join(format!("payment-status-{EXPORTED_ON}.csv")), vouchers)
}

fn text(value: &str) -> Cell {
    Cell::Text(value.to_owned())
}

/// What the customers' portal says of a voucher on a day.
fn portal_status(voucher: &Voucher, on: NaiveDate) -> &'static str {
    let past = |day: Option<NaiveDate>| day.is_some_and(|day| day <= on);
    let mut live = voucher.reservations.iter().filter(|reservation| !past(reservation.cancelled));
    let reserved = live.clone().any(|reservation| past(reservation.reserved));
    if live.any(|reservation| past(reservation.redeemed)) {
        "Redeemed"
    } else if voucher.expires < on {
        "Expired"
    } else if reserved {
        "Reserved"
    } else if past(voucher.assigned) {
        "Assigned"
    } else {
        "Created"
    }
}

fn portal(path: &Path, vouchers: &[Voucher], exported: NaiveDate) -> Outcome<()> {
    let titles = [
        "Voucher Number",
        "Organization ID",
        "Organization Name",
        "Planning Service",
        "Service Level (Days)",
        "Created Date",
        "Assigned Date",
        "Expiration Date",
        "Voucher Status",
    ];
    let mut rows = Vec::new();
    for voucher in vouchers.iter().filter(|voucher| voucher.listed && voucher.created <= exported) {
        let (customer, name) = world::customer(voucher.customer);
        for days in [Some(voucher.days), voucher.other_days].into_iter().flatten() {
            rows.push(vec![
                text(&voucher.id),
                text(&customer),
                text(&name),
                text(ENGAGEMENTS[voucher.engagement].name),
                Cell::Number(days),
                Cell::Day(Some(voucher.created)),
                Cell::Day(voucher.assigned.filter(|day| *day <= exported)),
                Cell::Day(Some(voucher.expires)),
                text(portal_status(voucher, exported)),
            ]);
        }
    }
    write_workbook(path, exported, &titles, &rows)
}

fn validation(path: &Path, vouchers: &[Voucher]) -> Outcome<()> {
    let titles = [
        "Voucher ID",
        "Partner Location MPN ID",
        "Voucher Administrator",
        "Status",
        "Reserved On",
        "Redeemed On",
        "Reservation Cancelled On",
    ];
    let mut rows = Vec::new();
    for voucher in vouchers {
        let (organization, _) = world::customer(voucher.customer);
        for reservation in &voucher.reservations {
            let word = match (reservation.cancelled, reservation.redeemed) {
                (Some(_), _) => "Cancelled",
                (None, Some(_)) => "Redeemed",
                (None, None) => "Reserved",
            };
            rows.push(vec![
                text(&voucher.id),
                text(&reservation.location),
                text(&format!("vouchers@{}.example.org", organization.to_lowercase())),
                text(reservation.word.unwrap_or(word)),
                Cell::Day(reservation.reserved),
                Cell::Day(reservation.redeemed),
                Cell::Day(reservation.cancelled),
            ]);
        }
    }
    write_workbook(path, day(EXPORTED_ON)?, &titles, &rows)
}

/// Completion reports; the old form has no columns for the deliverable.
fn completions(path: &Path, vouchers: &[Voucher], legacy: bool) -> Outcome<()> {
    let mut titles = vec![
        "Voucher Number",
        "Consultant MCP ID",
        "Consultant Name",
        "Delivery Country",
        "Engagement Start",
        "Engagement End",
        "Report Submitted On",
        "Off-site Days",
    ];
    if !legacy {
        titles.extend(["Deliverable File", "Deliverable Uploaded On"]);
    }
    let reports = vouchers.iter().filter_map(|voucher| voucher.completion.as_ref().map(|report| (voucher, report)));
    let mut reports: Vec<(&Voucher, &Completion)> = reports.filter(|(_, report)| report.legacy == legacy).collect();
    reports.sort_by(|(a, first), (b, second)| (first.started, &a.id).cmp(&(second.started, &b.id)));
    let mut rows = Vec::new();
    for (at, (voucher, report)) in reports.into_iter().enumerate() {
        let (given, family) = CONSULTANTS[report.consultant];
        let mut row = vec![
            voucher.id.clone(),
            world::consultant_id(report.consultant),
            format!("{given} {family}"),
            world::country_name(report.country).to_owned(),
            Dates::DayMonthYear.text(Some(report.started)),
            Dates::DayMonthYear.text(Some(report.completed)),
            Dates::DayMonthYear.text(Some(report.reported)),
            report.offsite.map_or(if voucher.days > 3 { at % 3 } else { 0 }, |days| days as usize).to_string(),
        ];
        if !legacy {
            row.push(report.deliverable.clone().unwrap_or_default());
            row.push(Dates::DayMonthYear.text(report.deliverable_on));
        }
        rows.push(row);
    }
    write_delimited(path, b',', false, &titles, &rows)
}

/// A row of the payment status before it is a row.
struct Payment<'a> {
    voucher: &'a str,
    location: &'a str,
    requested: NaiveDate,
    paid: Option<NaiveDate>,
    minor: u64,
    currency: &'a str,
    refused: Option<&'a str>,
}

fn payments(path: &Path, vouchers: &[Voucher]) -> Outcome<()> {
    let titles = [
        "participantID",
        "participantIDType",
        "participantName",
        "programName",
        "earned",
        "earnedUSD",
        "withheldTax",
        "salesTax",
        "serviceFeeTax",
        "totalPayment",
        "currencyCode",
        "paymentMethod",
        "paymentID",
        "paymentStatus",
        "paymentStatusDescription",
        "paymentDate",
        "CIReferenceNumber",
        "voucherNumber",
        "requestDate",
    ];
    let (voucher, location, requested, paid, minor, currency) = STRAY_PAYMENT;
    let (requested, paid) = (day(requested)?, Some(day(paid)?));
    let mut payments = vec![Payment { voucher, location, requested, paid, minor, currency, refused: None }];
    for voucher in vouchers {
        let Some(reservation) = voucher.reservations.first() else { continue };
        payments.extend(voucher.requests.iter().map(|request| Payment {
            voucher: &voucher.id,
            location: &reservation.location,
            requested: request.requested,
            paid: request.paid,
            minor: request.minor,
            currency: request.currency,
            refused: request.refused,
        }));
    }
    payments.sort_by_key(|payment| (payment.requested, payment.voucher));
    let rows: Vec<Vec<String>> = payments.iter().enumerate().map(payment_row).collect();
    write_delimited(path, b',', false, &titles, &rows)
}

fn payment_row((at, payment): (usize, &Payment<'_>)) -> Vec<String> {
    let per_mille = match payment.currency {
        "SEK" => 118,
        "CNY" => 154,
        _ => 1_210,
    };
    let (status, description) = match (payment.paid, at % 2) {
        _ if payment.refused.is_some() => ("Payment Rejected", payment.refused.unwrap_or_default()),
        (Some(_), _) => ("Payment Sent", "Sent to the bank account of the location"),
        (None, 0) => ("Payment Approved", "Waiting for the next payment run"),
        (None, _) => ("Pending Payment Review", "In review"),
    };
    let location = LOCATIONS.iter().find(|location| location.id == payment.location);
    let name = location.map_or("", |location| PARTNERS[location.partner].name);
    let amount = decimal(payment.minor, '.');
    let none = || "0.00".to_owned();
    vec![
        payment.location.to_owned(),
        "MPN Location ID".to_owned(),
        name.to_owned(),
        "SA Planning Services".to_owned(),
        amount.clone(),
        decimal(payment.minor * per_mille / 1_000, '.'),
        none(),
        none(),
        none(),
        amount,
        payment.currency.to_owned(),
        "Electronic bank transfer".to_owned(),
        format!("{:010}", 41_020_137 + at * 29),
        status.to_owned(),
        description.to_owned(),
        Dates::MonthDayYear.text(payment.paid),
        String::new(),
        payment.voucher.to_owned(),
        Dates::MonthDayYear.text(Some(payment.requested)),
    ]
}
