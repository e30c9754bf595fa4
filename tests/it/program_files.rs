//! Program files with mistakes: each is refused, with its line and what was probably meant. Nothing in a program file is
//! taken without a source, without the days on which it is valid, or without a use.

use std::fs;

use vouchsafe::program::{self, HouseRules};

use crate::folder::{Folder, project};

const PLANNING: &str = "sa-planning-services";
const DEPLOYMENT: &str = "deployment-vouchers";
const INCENTIVES: &str = "commerce-incentives";
const PROGRAMS: [&str; 3] = [PLANNING, DEPLOYMENT, INCENTIVES];

/// Program, what is replaced by what, and what must be said of it.
const MISTAKES: &[(&str, &str, &str, &str)] = &[
    // Names.
    (PLANNING, "nl = \"Partnercentrum\"", "nl = \" \"", "it is blank, or of several lines"),
    (PLANNING, "nl = \"Partnercentrum\"", "nl = \"Partner\\nCentrum\"", "it is blank, or of several lines"),
    (PLANNING, "vouchers = \"VLSC\"", "vouchers = \"\"", "it is blank, or of several lines"),
    (PLANNING, "nl = \"Partnercentrum\"", "zh-cn = \"\u{4f19}\u{4f34}\"", "zh-CN stands here twice"),
    (PLANNING, "house_rules = \"house-rules\"", "house_rules = \"house-rules.toml\"", "without .toml"),
    (PLANNING, "house_rules = \"house-rules\"", "house_rules = \"../config/house-rules\"", "without .toml"),
    (PLANNING, "house_rules = \"house-rules\"", "house_rules = \"\"", "without .toml"),
    (PLANNING, "offering = \"SSDPS\"", "offering = \"SSDP\"", "did you mean \"SSDPS\"?"),
    (PLANNING, "\nskype = [", "\nskyp = [", "did you mean \"skype\"?"),
    (PLANNING, "[rules.EL-02]", "[rules.EL-99]", "does not judge a code of that name"),
    (PLANNING, "expiry_notice_days", "expiry_notice_day", "did you mean \"expiry_notice_days\"?"),
    (PLANNING, "level = \"Gold\"", "level = \"Golden\"", "did you mean \"Gold\"?"),
    (PLANNING, "aliases = [\"Azure Planning Services\"]", "aliases = [\"skype\"]", "belongs to another one too"),
    (
        DEPLOYMENT,
        "needs = [\"statement-of-work\"]",
        "needs = [\"statement-of-works\"]",
        "did you mean \"statement-of-work\"?",
    ),
    (DEPLOYMENT, "by = \"started\"", "by = \"start\"", "did you mean \"started\"?"),
    (DEPLOYMENT, "with = \"extension\"", "with = \"extention\"", "did you mean \"extension\"?"),
    (DEPLOYMENT, "aliases = [\"SOW\"]", "aliases = [\"POE\"]", "belongs to another one too"),
    (
        INCENTIVES,
        "[milestones.due]\nfrom = \"created\"",
        "[milestones.due]\nfrom = \"redeemed\"",
        "would never be looked at",
    ),
    (INCENTIVES, "Large = \"290 days\"", "Larg = \"290 days\"", "did you mean \"Large\"?"),
    (INCENTIVES, ", XXL = \"290 days\" }", " }", "there is no length for the level \"XXL\""),
    (PLANNING, "de = \"Abschlussbericht\"", "dd = \"Abschlussbericht\"", "\"dd\" is no language"),
    (PLANNING, "title.en = \"The voucher is known to VLSC\"\n", "", "expected an entry \"en\""),
    // Lengths and days.
    (DEPLOYMENT, "length = \"6 months\"", "length = \"half a year\"", "as in 60 days, 2 business days or 6 months"),
    (DEPLOYMENT, "length = \"60 days\"", "length = \"-60 days\"", "is no length of time"),
    (PLANNING, "last_creation = \"2021-06-30\"", "last_creation = \"2021-06-31\"", "last_creation"),
    (PLANNING, "valid = { to = \"2021-04-08\" }", "valid = { until = \"2021-04-08\" }", "valid"),
    (PLANNING, "valid = { to = \"2021-04-08\" }", "valid = \"ever\"", "expected \"always\""),
    (PLANNING, "valid = { to = \"2021-04-08\" }", "valid = {}", "expected \"always\""),
    (
        PLANNING,
        "valid = { to = \"2021-04-08\" }",
        "valid = { from = \"2021-04-09\", to = \"2021-04-08\" }",
        "end before",
    ),
    (DEPLOYMENT, "id = \"extension\"", "id = \"statement-of-work\"", "is defined twice"),
    (DEPLOYMENT, "id = \"extension\"", "id = \"redeemed\"", "is the name of a step"),
    // What was left out, and what was not.
    (PLANNING, "[left_out]\n", "[left_out]\nDU-02 = \"once is enough\"\n", "every program has it"),
    (PLANNING, "[left_out]\n", "[left_out]\nEL-03 = \"not asked for\"\n", "stands in [rules] too"),
    (PLANNING, "PD-08 = \"there are no milestones\"\n", "", "rule PD-08 is missing"),
    (DEPLOYMENT, "EL-06 = \"as EL-04\"\n", "", "rule EL-06 is missing"),
    (DEPLOYMENT, "DT-10 = \"", "DT-10 = \"\"\nDT-99 = \"", "left out without a reason"),
    (PLANNING, "once_per_customer = { days = 15, per = \"engagement\" }", "", "has nothing to look at"),
    (DEPLOYMENT, "once_per_customer = { per = \"offering\" }", "", "has nothing to look at"),
    (
        PLANNING,
        "[rules.DU-01]\n",
        "[rules.DU-01]\nsuspended = [{ from = \"2021-01-01\", to = \"2021-12-31\", citation = \"house\" }]\n",
        "it is always valid",
    ),
    (
        PLANNING,
        "from = \"2020-07-01\"\nto = \"2020-12-31\"",
        "from = \"2020-12-31\"\nto = \"2020-07-01\"",
        "end before they begin",
    ),
    (PLANNING, "once_per_customer = { days = 15", "once_per_customer = { days = 14", "14 is no level of the program"),
    (
        PLANNING,
        "except = [\"Cloud Business",
        "except = [\"Cloud Busines",
        "did you mean \"Cloud Business Applications\"?",
    ),
    (
        PLANNING,
        "\"ERP\" = \"Enterprise Resource",
        "\"ERP\" = \"Enterprise Resorce",
        "did you mean \"Enterprise Resource Planning\"?",
    ),
    (INCENTIVES, "XS = 3", "XS = 4", "have one number, 4"),
    (INCENTIVES, "after = \"rejection\"", "after = \"dispute\"", "cannot wait for itself"),
    // Days of rules.
    (
        PLANNING,
        "looked_at = \"reservation\"\nvalid = { to",
        "looked_at = \"the moon\"\nvalid = { to",
        "which its check looks at",
    ),
    (
        DEPLOYMENT,
        "looked_at = \"the steps that ask for a milestone\"\nvalid = \"always\"",
        "looked_at = \"the steps that ask for a milestone\"\nvalid = { to = \"2025-12-31\" }",
        "it is always valid",
    ),
    // Names that are there twice.
    (PLANNING, "\"ERP\" = ", "\"Messaging\" = ", "is a competency of [qualification] itself"),
    (DEPLOYMENT, "levels = { Voucher = 1 }", "levels = { Voucher = 1, voucher = 2 }", "two levels have the name"),
    (PLANNING, "id = \"spring-2020\"", "id = \"life\"", "is defined twice"),
    (
        PLANNING,
        "[exams]\n",
        "[exams]\n\"AB-100\" = \"Datacenter\"\n\"ab-100\" = \"Messaging\"\n",
        "two exams have the name",
    ),
    // Sources.
    (PLANNING, "[sources.T-POL]", "[sources.T-POLL]", "begins with no source"),
    (PLANNING, "citation = \"X-PROC\"", "citation = \"\"", "begins with no source"),
    (PLANNING, "citation = \"B-KURT\" }]", "citation = \"K-BURT\" }]", "did you mean \"B-KURT\"?"),
    // Conflicts.
    (PLANNING, "set.voucher.life.from = \"assigned\"", "set.voucher.life.form = \"assigned\"", "form"),
    (PLANNING, "set.payment.claim.until = \"2021-12-31\"", "", "2 readings set nothing"),
    (
        PLANNING,
        "set.payment.claim.until = \"2021-12-31\"",
        "set.payment.claim.length = \"60 days\"",
        "it sets nothing differently",
    ),
    (PLANNING, "set.payment.claim.until", "set.voucher.once_per_customer.per", "which a run cannot weigh"),
    (PLANNING, "set.payment.claim.until = \"2021-12-31\"", "set.engagements = []", "which a run cannot weigh"),
];

fn text(program: &str) -> String {
    fs::read_to_string(project().join(format!("config/programs/{program}.toml"))).unwrap()
}

fn house_rules() -> HouseRules {
    HouseRules::parse(&fs::read_to_string(project().join("config/house-rules.toml")).unwrap()).unwrap()
}

/// The mistakes of a program file after an edit that must change something.
fn mistakes(program: &str, from: &str, to: &str) -> String {
    let (before, after) = (text(program), text(program).replacen(from, to, 1));
    assert!(before != after, "{program} has no {from}");
    match program::parse(&after, Some(&house_rules())) {
        Ok(_) => panic!("{program}: {to} was accepted"),
        Err(mistakes) => mistakes.to_string(),
    }
}

#[test]
fn each_mistake_is_shown_with_its_place() {
    for (program, from, to, part) in MISTAKES {
        let shown = mistakes(program, from, to);
        assert!(shown.contains(part), "{program}: {from} to {to}: {part} in\n{shown}");
        assert!(shown.starts_with("line ") && shown.contains('^'), "{program}: {from} to {to}: no place in\n{shown}");
    }
}

type Parse<'a> = &'a dyn Fn(&str) -> Result<(), vouchsafe::mistake::Mistakes>;

#[test]
fn no_rule_is_without_citation_and_validity() {
    let house_rules = house_rules();
    let of_program = |text: &str| program::parse(text, Some(&house_rules)).map(|_| ());
    let of_house = |text: &str| HouseRules::parse(text).map(|_| ());
    let mut files = PROGRAMS.map(|program| (format!("programs/{program}"), &of_program as Parse<'_>)).to_vec();
    files.push(("house-rules".to_owned(), &of_house));
    let mut tried = 0;
    for (file, parse) in files {
        let text = fs::read_to_string(project().join(format!("config/{file}.toml"))).unwrap();
        let whole = text.lines().collect::<Vec<_>>();
        let first_rule = whole.iter().position(|line| line.starts_with("[rules.")).unwrap();
        for (at, line) in whole.iter().enumerate().skip(first_rule) {
            if !["citation = ", "valid = "].iter().any(|key| line.starts_with(key)) {
                continue;
            }
            let without: Vec<&str> =
                whole.iter().enumerate().filter(|(n, _)| *n != at).map(|(_, line)| *line).collect();
            let refused = parse(&without.join("\n")).expect_err(line).to_string();
            let key = line.split(' ').next().unwrap();
            assert!(refused.contains(&format!("missing field `{key}`")), "{file}: {refused}");
            tried += 1;
        }
    }
    assert!(tried >= 200, "{tried}");
}

/// Every rule says what its check looks at, in the words of the table of codes.
#[test]
fn rules_say_what_their_checks_look_at() {
    for program in PROGRAMS {
        let program = program::parse(&text(program), Some(&house_rules())).unwrap();
        for (code, rule) in &program.rules {
            assert_eq!(rule.looked_at, code.spec().looked_at.as_str(), "{}: {code}", program.id);
        }
    }
}

#[test]
fn words_of_a_program_stand_for_words_of_the_data_sets() {
    let home = Folder::sample();
    let file = "config/programs/deployment-vouchers.toml";
    let sound = home.read(file);
    for (from, to, part) in [
        ("Reserved = [", "Reservd = [", "hint: did you mean \"Reserved\"?"),
        ("[words.redemptions.status]", "[words.redemption.status]", "redemption has no column \"status\" of words"),
        ("[words.milestones.status]", "[words.milestones.state]", "milestones has no column \"state\" of words"),
    ] {
        home.write(file, &sound.replacen(from, to, 1));
        let said = home.say("check deployment-month-end");
        assert_eq!(said.code, 2, "{to}");
        assert!(said.stderr.starts_with(file) && said.stderr.contains(part), "{}", said.stderr);
    }
}

#[test]
fn schemas_are_printed_for_editors() {
    let home = Folder::empty();
    for (file, part) in [
        ("program", "holidays"),
        ("house-rules", "remedy"),
        ("job", "sources_of"),
        ("profile", "exported_on"),
        ("settings", "ceiling"),
    ] {
        let said = home.say(&format!("schema {file}"));
        let schema: serde_json::Value = serde_json::from_str(&said.stdout).unwrap();
        assert_eq!(schema["additionalProperties"], false, "{file}");
        assert!(said.stdout.contains(part), "{file}: {}", said.stdout);
    }
}
