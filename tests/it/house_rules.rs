//! House rules: they stand once, a program takes them and may say otherwise, and a run keeps them as it read them.

use crate::folder::Folder;

const HOUSE: &str = "config/house-rules.toml";
const PROGRAM: &str = "config/programs/deployment-vouchers.toml";
const RUN: &str = "run deployment-month-end --as-of 2026-03-31";

/// The sample programs without house rules, as the version before had them: every block in the program file.
fn whole_program(home: &Folder) -> String {
    let house = home.read(HOUSE);
    let rules = &house[house.find("[rules.").unwrap()..];
    format!("{}\n{rules}", home.read(PROGRAM).replacen("house_rules = ", "# house_rules = ", 1))
}

#[test]
fn a_mistake_in_them_is_shown_in_their_file() {
    for (from, to, part) in [
        ("[rules.FX-02]", "[rules.FX-99]", "does not judge a code of that name"),
        ("title = \"Paid in full\"", "titel = \"Paid in full\"", "unknown field `titel`"),
        ("citation = \"house: paid equals entitled\"", "citation = \"X-264\"", "begins with no source"),
        (
            "looked_at = \"closed period\"\nvalid = \"always\"",
            "looked_at = \"closed period\"\nvalid = { to = \"2021-12-31\" }",
            "it is always valid",
        ),
    ] {
        let home = Folder::sample();
        home.edit(HOUSE, from, to);
        let said = home.say(RUN);
        assert_eq!(said.code, 2, "{to}: {}", said.stdout);
        let at = format!("{HOUSE}: line ");
        assert!(said.stderr.starts_with(&at) && said.stderr.contains('^'), "{to}: {}", said.stderr);
        assert!(said.stderr.contains(part), "{to}: {}", said.stderr);
    }
}

#[test]
fn house_rules_that_are_not_there_are_missed_where_they_are_named() {
    let home = Folder::sample();
    home.edit(PROGRAM, "house_rules = \"house-rules\"", "house_rules = \"rules-of-the-house\"");
    let said = home.say(RUN);
    assert_eq!(said.code, 2);
    assert!(said.stderr.starts_with(PROGRAM), "{}", said.stderr);
    assert!(said.stderr.contains("there is no config/rules-of-the-house.toml"), "{}", said.stderr);
    home.edit(PROGRAM, "house_rules = \"rules-of-the-house\"", "");
    let said = home.say(RUN);
    assert!(
        said.stderr.contains("rule DU-02 is missing") && said.stderr.contains("take it from house rules"),
        "{}",
        said.stderr
    );
}

#[test]
fn a_program_that_has_all_rules_itself_needs_none() {
    let home = Folder::sample();
    let whole = whole_program(&home);
    let with = home.say(RUN);
    assert_eq!(with.code, 0, "{}", with.stderr);
    let other = Folder::sample();
    std::fs::remove_file(other.path(HOUSE)).unwrap();
    other.write(PROGRAM, &whole);
    let without = other.say(RUN);
    assert_eq!((without.code, &without.stdout), (0, &with.stdout), "{}", without.stderr);
    let findings = "out/deployment-month-end/2026-03-31/findings.csv";
    assert_eq!(home.read(findings), other.read(findings));
}

#[test]
fn a_block_of_the_program_holds_in_place_of_the_house_rule() {
    let home = Folder::sample();
    let program = home.read(PROGRAM);
    let own = "[rules.DU-02]\ntitle = \"One partner redeemed the voucher\"\nlooked_at = \"live redemption\"\nvalid = \"always\"\ncitation = \"FPC-1674: one partner\"\n";
    home.write(PROGRAM, &format!("{program}\n{own}"));
    let voucher = home.read("sample-data/deployment-vouchers/vouchers-2026-04-01.csv");
    let voucher = voucher.lines().nth(1).unwrap().split(',').next().unwrap().to_owned();
    assert_eq!(home.say(RUN).code, 0);
    let explained = home.say(&format!("explain {voucher}")).stdout;
    assert!(explained.contains("DU-02: One partner redeemed the voucher"), "{explained}");
    assert!(explained.contains("DU-03: Nothing changed under a claim that was made"), "{explained}");
}

#[test]
fn a_run_keeps_the_house_rules_that_it_read() {
    let home = Folder::sample();
    assert_eq!(home.say(RUN).code, 0);
    assert!(home.say(RUN).stdout.contains("already done"));
    let voucher = "MDV-1001";
    let before = home.say(&format!("explain {voucher} --run 1")).stdout;
    home.edit(HOUSE, "title = \"Paid in full\"", "title = \"Paid to the last cent\"");
    // Another file of configuration is another run.
    let said = home.say(RUN);
    assert!(said.code == 0 && !said.stdout.contains("already done"), "{}{}", said.stdout, said.stderr);
    assert!(home.say(&format!("explain {voucher}")).stdout.contains("Paid to the last cent"));
    assert_eq!(home.say(&format!("explain {voucher} --run 1")).stdout, before);
}
