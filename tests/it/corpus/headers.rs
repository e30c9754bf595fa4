//! Titles: languages, drift, doubles, what is missing.

use super::{Case, check};
use crate::folder::project;

/// The text of a profile of the project.
pub(super) fn profile(name: &str) -> String {
    std::fs::read_to_string(project().join(format!("config/exports/{name}.toml"))).unwrap()
}

/// A file of the profile's kind, but as CSV, with a comma.
pub(super) fn as_csv(name: &str) -> String {
    let text = profile(name);
    let lines = text.lines().map(|line| match line.split(' ').next() {
        Some("format") => "format = \"csv\"",
        Some("sheet" | "delimiter" | "exported_on" | "file_name") => "",
        _ => line,
    });
    lines.collect::<Vec<&str>>().join("\n")
}

fn vouchers(name: &str, titles: &str, status: &str) -> Case {
    let bytes = format!("{titles}\nV-1,Contoso Foods,data-estate,5,2021-01-04,2021-01-05,{status}\n");
    Case::good(name, bytes, "accepted 1, refused 0").of("vouchers").profile(&as_csv("vlsc"))
}

fn languages() -> Vec<Case> {
    vec![
        vouchers(
            "English",
            "Voucher Number,Organization Name,Planning Service,Service Level (Days),Created Date,Assigned Date,Voucher Status",
            "Assigned",
        ),
        vouchers(
            "Dutch, as the seed splits it",
            "Boek stuk-id,Naam van organisatie,Naam van betrokkenheid,Dagen,Gemaakt op,Toegewezen op,Status van boekstuk",
            "Toegewezen",
        ),
        vouchers(
            "Dutch, tegoedbon",
            "Tegoedbon-id,Klant,Afspraak,Dagen,Aanmaakdatum,Datum toegewezen,Voucherstatus",
            "Ingewisseld",
        ),
        vouchers("Swedish", "Verifikations-ID,Kund,Åtagande,Dagar,Skapad,Tilldelad,Verifikationsstatus", "Inlöst"),
        vouchers(
            "German",
            "Gutschein-ID,Kunde,Name der Einbindung,Tage,Erstellt am,Zugewiesen am,Gutscheinstatus",
            "Eingelöst",
        ),
        vouchers(
            "German, Beleg",
            "Belegnummer,Organisationsname,Einsatz,Tage,Erstelldatum,Zuweisungsdatum,Gutscheinstatus",
            "Zugewiesen",
        ),
        vouchers("Chinese", "凭证 ID,客户名称,活动名称,服务级别（天）,创建日期,分配日期,状态", "已分配"),
        vouchers("Chinese, half-width brackets", "凭证号,客户,服务,服务级别 (天),创建日期,分配日期,凭证状态", "兑换"),
        vouchers(
            "French",
            "ID de document,Nom du client,Nom de l'engagement,Jours,Date de création,Date d'attribution,État",
            "Attribué",
        ),
        vouchers(
            "French without accents",
            "NUMERO DE DOCUMENT,CLIENT,CONTRAT,JOURS,CREE LE,ATTRIBUE LE,ETAT",
            "A échanger",
        ),
        vouchers("encoded twice", "Voucher Number,Client,Mission,Jours,CrÃ©Ã© le,AttribuÃ© le,Ã‰tat", "Utilisé"),
        vouchers(
            "drift",
            "VOUCHER_NUMBER,organization  name,PlanningService,service-level (days),CREATED DATE:,assigned.date,voucherStatus",
            "assigned",
        ),
    ]
}

fn mistakes() -> Vec<Case> {
    let file = |titles: &str, row: &str| format!("{titles}\n{row}\n");
    let vlsc = as_csv("vlsc");
    vec![
        Case::refused(
            "the same title twice",
            file("voucher_id,voucher_id,reference,claimed_on", "V-1,V-1,R-1,2021-01-01"),
            &["column \"voucher_id\" is there twice"],
        )
        .of("claims"),
        Case::refused(
            "two titles of one column",
            file("Voucher Number,Voucher ID,Customer,Engagement,Days,Created On", "V-1,V-2,C,data-estate,5,2021-01-04"),
            &["\"Voucher Number\" and \"Voucher ID\""],
        )
        .of("vouchers")
        .profile(&vlsc),
        Case::refused(
            "all that is missing at once",
            file("voucher_id,note", "V-1,x"),
            &[
                "required column \"reference\" is missing",
                "required column \"claimed_on\" is missing",
                "the file has \"voucher_id\", \"note\"",
            ],
        )
        .of("claims"),
        Case::refused(
            "nearly right",
            file("voucher_id,refrence,claimed_on", "V-1,R-1,2021-01-01"),
            &["\"reference\" is missing (is it \"refrence\"?)"],
        )
        .of("claims"),
        Case::good(
            "a title that is not read",
            file("voucher_id,reference,claimed_on,note", "V-1,R-1,2021-01-01,x"),
            "ignored columns \"note\"",
        )
        .of("claims"),
        Case::good(
            "a column without a title",
            file("voucher_id,reference,claimed_on,", "V-1,R-1,2021-01-01,x"),
            "accepted 1",
        )
        .of("claims"),
        Case::refused(
            "a false friend elsewhere",
            file("Belegnummer,reference,claimed_on", "V-1,R-1,2021-01-01"),
            &["required column \"voucher_id\" is missing"],
        )
        .of("claims"),
        Case::rows(
            "a word of another column",
            file("partner_id,competency,level,status,attained_on", "P-1,Data Platform,活动,活动,2021-01-01"),
            &["column \"level\": \"活动\" is an unknown word"],
        )
        .of("competencies")
        .profile(&as_csv("competencies")),
        Case::good(
            "that word in its own column",
            file("partner_id,competency,level,status,attained_on", "P-1,数据平台,金级,活动,2021-01-01"),
            "accepted 1",
        )
        .of("competencies")
        .profile(&as_csv("competencies")),
    ]
}

pub(super) fn cases() -> Vec<Case> {
    let mut cases = languages();
    cases.extend(mistakes());
    cases
}

#[test]
fn titles_come_to_their_outcomes() {
    check(&cases());
}
