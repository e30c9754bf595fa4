//! Shapes of the exports as they are documented, and as people save them: read without touching the file.

use super::headers::{as_csv, profile};
use super::{Case, check};

pub(super) fn cases() -> Vec<Case> {
    let mut cases = portals();
    cases.extend(payments());
    cases.extend(saved_by_people());
    cases
}

fn partner(name: &str, titles: &str, row: &str) -> Case {
    let bytes = format!("{titles}\n{row}\n");
    Case::good(name, bytes, "accepted 1, refused 0").of("partners").profile(&as_csv("partner-profile"))
}

fn paid(name: &str, titles: &str, row: &str) -> Case {
    Case::good(name, format!("{titles}\n{row}\n"), "accepted 1, refused 0").profile(&profile("payment-status"))
}

fn trained(name: &str, titles: &str, row: &str) -> Case {
    let bytes = format!("{titles}\n{row}\n");
    Case::good(name, bytes, "accepted 1, refused 0").of("certifications").profile(&as_csv("trainings"))
}

const COMPETENCY: &str = "CompetencyName\tCompetencyLevel\tCompetencyStatus\tCompetencyStartDate\tCompetencyEndDate\nData Platform\tGold\tActive\t9/1/2020\t8/31/2021\n";

fn competencies(name: &str, bytes: impl Into<Vec<u8>>) -> Case {
    let case = Case::good(name, bytes, "accepted 1, refused 0").of("competencies").profile(&profile("competencies"));
    case.named("competencies-4100001-2021-06-01.tsv")
}

/// Names of columns of 2021.
const PAYMENTS: &str = "participantID,participantIDType,participantName,programName,earned,earnedUSD,withheldTax,salesTax,serviceFeeTax,totalPayment,currencyCode,paymentMethod,paymentID,paymentStatus,paymentStatusDescription,paymentDate,CIReferenceNumber,voucherNumber,requestDate";
const PAYMENT: &str =
    "5200001,MPN,Delta,SAPS,5625.00,6800.00,0.00,0.00,0.00,5625.00,EUR,Wire,R-1,Payment Sent,,5/31/2021,,V-1,4/20/2021";

fn portals() -> Vec<Case> {
    vec![
        partner(
            "profile",
            "MPNId,PartnerName,PGA_MPNId,PGA_PartnerName,City,Country,HierarchyLevel",
            "5200001,Delta,4100001,Delta,Delft,Netherlands,Location ID",
        ),
        partner(
            "profile, other case",
            "MpnId,PartnerName,PGAMpnId,City,Country,HierarchyLevel",
            "5200001,Delta,4100001,Delft,NL,Location ID",
        ),
        partner(
            "profile, capitals",
            "MPNID,PARTNERNAME,PGA_MPNID,CITY,COUNTRY",
            "5200001,Delta,4100001,Delft,The Netherlands",
        ),
        partner(
            "profile, later names",
            "PartnerID,Location MPN ID,PartnerName,Country/Region,Country",
            "4100001,5200001,Delta,NL,NL",
        ),
        partner(
            "profile, separated by tabs",
            "MPNId\tPartnerName\tPGA_MPNId\tPGA_PartnerName\tCity\tCountry\tHierarchyLevel",
            "5200001\tDelta, Ltd\t4100001\tDelta, Ltd\tDelft\tNetherlands\tGlobal ID",
        ),
        trained(
            "trainings of 2021",
            "TrainingActivityId,TrainingTitle,TrainingType,IndividualFirstName,IndividualLastName,Email,CorpEmail,TrainingCompletionDate,Month,IcMCP,MCPID,MPNId,PartnerName,PartnerCityLocation,PartnerCountryLocation",
            "AB-100,Data,Exam,A,B,,,3/14/2020,2020-03,Yes,7000001,4100001,Delta,Delft,NL",
        ),
        trained(
            "trainings of 2023",
            "PGAMpnId,TrainingActivityId,TrainingTitle,TrainingCompletionDate,IcMCP,MCPID,MPNId,ExpirationDate,ActivationStatus",
            "4100001,AB-100,Data,3/4/2020,Yes,7000001,5200001,3/4/2022,Active",
        ),
        trained(
            "trainings with the skills that count",
            "TrainingActivityId\tMCID\tMPNId\tTrainingCompletionDate\tRelevant for Competencies (Option) or Programs\tAssociated to PMC\tAssociated to PC",
            "AB-100\t7000001\t4100001\t3/4/2020\tData Platform\tYes\tNo",
        ),
        competencies("competencies without MPN ID", COMPETENCY),
        competencies("competencies from Windows, with a mark", format!("\u{feff}{}", COMPETENCY.replace('\n', "\r\n"))),
        competencies(
            "competencies with quoted cells",
            "\"CompetencyName\"\t\"CompetencyLevel\"\t\"CompetencyStatus\"\t\"CompetencyStartDate\"\t\"CompetencyEndDate\"\n\"Data Platform\"\t\"Gold\"\t\"In Grace Period\"\t\"9/1/2020\"\t\"\"\n",
        ),
        Case::refused("competencies of nobody", COMPETENCY, &["required column \"partner_id\" is missing"])
            .of("competencies")
            .profile(&profile("competencies"))
            .named("competencies.tsv"),
    ]
}

fn payments() -> Vec<Case> {
    vec![
        paid("payments of 2021", PAYMENTS, PAYMENT),
        paid("payments of 2021 with two marks", &format!("\u{feff}\u{feff}{PAYMENTS}"), &format!("\u{feff}{PAYMENT}")),
        paid(
            "payments of 2021 with moments at midnight",
            PAYMENTS,
            &PAYMENT.replace("5/31/2021", "5/31/2021 12:00:00 AM").replace("4/20/2021", "2021-04-20T00:00:00Z"),
        ),
        paid(
            "payments of 2023",
            "participantId,programName,totalPayment,paymentCurrencyCode,earnedCurrencyCode,CIReferenceNumber,paymentId,paymentStatus,paymentDate,voucherNumber",
            "5200001,SAPS,5625.00,EUR,USD,G002297372,R-1,Payment Approved,,V-1",
        ),
        paid(
            "payments of 2023, new columns in other places",
            "CIReferenceNumber,paymentStatus,paymentId,participantId,totalPayment,newThing,paymentCurrencyCode,voucherNumber,paymentDate,another",
            "G002297372,PAYMENT SENT,R-1,5200001,5625.00,x,EUR,V-1,5/12/2021,y",
        ),
    ]
}

fn saved_by_people() -> Vec<Case> {
    let unicode_text: Vec<u8> =
        format!("\u{feff}{}", COMPETENCY.replace('\n', "\r\n")).encode_utf16().flat_map(u16::to_le_bytes).collect();
    vec![
        competencies("saved as Unicode text", unicode_text),
        paid("payments, typed by hand", "Payment ID,Voucher ID,Total Payment,currency,status,paymentDate", "R-1,V-1,5625.00,EUR,Payment Cancelled,5/12/2021"),
        paid("payments, titles as the translated articles spell them", "Paymentid,Vouchernumber,Totalpayment,Currencycode,Paymentstatus,Paymentdate", "R-1,V-1,5625.00,EUR,Payment Sent,5/12/2021"),
        Case::good("a part of a split export", "reference,voucher_id,amount,currency,status\nR-1,V-1,1.00,EUR,Paid\n", "accepted 1").named("payments-part-2-of-3.csv"),
        Case::good("rates saved by a Dutch spreadsheet program", "sep=;\r\nCountry;Service level (days);Amount;Currency;Valid from;Valid to\r\nNetherlands;5;5.625,00;EUR;01-01-2021;31-12-2021\r\n", "amounts 5625.00 EUR").of("rates").profile(&profile("rates")),
        Case::good("rates saved by a Swedish spreadsheet program", "Land;Dagar;Belopp;Valuta;Giltig från\r\nSweden;5;61\u{a0}250,00;SEK;2021-01-01\r\n", "amounts 61250.00 SEK").of("rates").profile(&profile("rates")),
        Case::good("a list of reservations in French", "ID de document,ID MPN de l'emplacement,État,Date de réservation,Date d'utilisation\nV-1,5200001,Utilisé,2021-01-11,2021-05-10\n", "accepted 1, refused 0").of("redemptions").profile(&as_csv("vvr")),
        Case::good("a list of reservations in Chinese", "凭证 ID,位置 MPN ID,状态,保留日期,兑换日期\nV-1,5200001,已兑换,2021-01-11,2021-05-10\n", "accepted 1, refused 0").of("redemptions").profile(&as_csv("vvr")),
    ]
}

#[test]
fn exports_are_read_as_they_come() {
    check(&cases());
}
