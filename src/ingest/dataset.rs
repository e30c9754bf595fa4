//! The data sets: each file below names the columns of one, and says how its record is made of them.

pub(super) mod certifications;
mod claims;
mod competencies;
mod completions;
mod contacts;
mod decisions;
mod enrollments;
mod milestones;
mod partners;
pub(super) mod payments;
mod rates;
mod redemptions;
mod vouchers;

use super::columns::record::Record;
use super::columns::schema::DatasetSchema;
use crate::model::{
    Certification, Competency, Completion, Contact, Dataset, DecisionRow, Enrollment, MilestoneRow, Partner, Payment,
    PriorClaim, Rate, Redemption, Voucher,
};

/// The columns and keys of a data set.
pub(super) fn schema_of(dataset: Dataset) -> &'static DatasetSchema {
    match dataset {
        Dataset::Partners => Partner::SCHEMA,
        Dataset::Contacts => Contact::SCHEMA,
        Dataset::Enrollments => Enrollment::SCHEMA,
        Dataset::Competencies => Competency::SCHEMA,
        Dataset::Certifications => Certification::SCHEMA,
        Dataset::Vouchers => Voucher::SCHEMA,
        Dataset::Redemptions => Redemption::SCHEMA,
        Dataset::Completions => Completion::SCHEMA,
        Dataset::Milestones => MilestoneRow::SCHEMA,
        Dataset::Payments => Payment::SCHEMA,
        Dataset::Rates => Rate::SCHEMA,
        Dataset::Claims => PriorClaim::SCHEMA,
        Dataset::Decisions => DecisionRow::SCHEMA,
    }
}

#[cfg(test)]
mod tests {
    use std::fmt::Debug;
    use std::sync::Arc;

    use super::super::content::Content;
    use super::super::input::{InputFile, Source};
    use super::super::intake::Intake;
    use super::super::means::Means;
    use super::super::profile::Profile;
    use super::super::source::SourceReader;
    use super::*;
    use crate::model::{CompetencyName, EngagementId, MilestoneId, Offering, Vocabulary};

    /// A record says what the cells of its row say, written `column=value`: those of all its columns, in this order and in
    /// the opposite one.
    fn check<D: Record + Debug>(row: &str, expected: &str) {
        let cells: Vec<(&str, &str)> = row.split_whitespace().filter_map(|cell| cell.split_once('=')).collect();
        let named: Vec<&str> = cells.iter().map(|(name, _)| *name).collect();
        let columns: Vec<&str> = D::SCHEMA.columns.iter().map(|column| column.name).collect();
        assert_eq!(named, columns);
        let backwards: Vec<(&str, &str)> = cells.iter().rev().copied().collect();
        for cells in [cells, backwards] {
            let shown = format!("{:?}", read::<D>(&cells)).replace("place: Place { table: 0, row: 2 }, ", "");
            assert_eq!(shown, expected);
        }
    }

    /// Reads one row the way all rows are read.
    fn read<D: Record>(cells: &[(&str, &str)]) -> D {
        let line = |of: fn(&(&str, &str)) -> String| cells.iter().map(of).collect::<Vec<String>>().join(",");
        let text = format!("{}\n{}\n", line(|cell| cell.0.to_owned()), line(|cell| cell.1.to_owned()));
        let file = InputFile {
            name: "export.csv".to_owned(),
            content: Content::Memory(text.into_bytes().into()),
            sha256: String::new(),
            exported_on: None,
        };
        let profile = Arc::new(Profile::canonical());
        let pattern = String::new();
        let sources = [Source { dataset: D::SCHEMA.dataset, required: true, pattern, profile, files: vec![file] }];
        let mut vocabulary = Vocabulary::default();
        vocabulary.add_engagement("Kick-off", EngagementId::new("kick-off"));
        vocabulary.add_offering("SSDPS", Offering::new("SSDPS"));
        vocabulary.add_milestone("consent", MilestoneId::new("consent"));
        vocabulary.add_competency("Cloud", CompetencyName::new("Cloud"));
        let mut intake = Intake::default();
        let mut reader =
            SourceReader { sources: &sources, vocabulary: &vocabulary, means: Means::PLAIN, intake: &mut intake };
        let mut rows = reader.table::<D>().rows;
        assert_eq!(rows.len(), 1, "{:?}", intake.rejects);
        rows.remove(0)
    }

    #[test]
    fn every_data_set_is_read_by_its_own_columns() {
        for dataset in Dataset::ALL {
            assert_eq!(schema_of(*dataset).dataset, *dataset);
        }
    }

    #[test]
    fn every_cell_reaches_its_field() {
        check::<Partner>(
            "partner_id=P-1 location_id=L-2 partner_name=Three country=SE city=Five hierarchy_level=Six \
             membership_expires_on=2021-05-07",
            "Partner { partner: P-1, location: L-2, name: \"Three\", country: SE }",
        );
        check::<Contact>(
            "location_id=L-1 contact_name=Two contact_email=three@example.com language=sv",
            "Contact { location: L-1, name: Is(\"Two\"), email: \"three@example.com\", language: Is(Sv) }",
        );
        check::<Enrollment>(
            "partner_id=P-1 offering=SSDPS enrolled_on=2021-05-03 agreement_signed_on=2021-05-04 \
             training_completed_on=2021-05-05 profile_updated_on=2021-05-06 savb_registered_on=2021-05-07 \
             bank_mapped=yes location_id=L-9",
            "Enrollment { partner: P-1, offering: SSDPS, enrolled_on: 2021-05-03, agreement_signed_on: Is(2021-05-04), \
             training_completed_on: Is(2021-05-05), profile_updated_on: Is(2021-05-06), \
             savb_registered_on: Is(2021-05-07), bank_mapped: Is(true), location: Is(L-9) }",
        );
        check::<Competency>(
            "partner_id=P-1 competency=Cloud level=Gold status=Inactive attained_on=2021-05-05 expires_on=2021-05-06",
            "Competency { partner: P-1, competency: Cloud, level: Gold, status: Is(Inactive), \
             attained_on: 2021-05-05, expires_on: Is(2021-05-06) }",
        );
        check::<Certification>(
            "consultant_id=C-1 partner_id=P-2 exam=E-3 competency=Cloud passed_on=2021-05-05 expires_on=2021-05-06",
            "Certification { consultant: C-1, partner: P-2, exam: \"E-3\", competency: Is(Cloud), \
             passed_on: 2021-05-05, expires_on: Is(2021-05-06) }",
        );
        check::<Rate>(
            "country=FR days=2 amount=3.00 currency=EUR valid_from=2021-05-05 valid_to=2021-05-06",
            "Rate { country: FR, days: 2, amount: 3.00 EUR, valid_from: 2021-05-05, valid_to: Is(2021-05-06) }",
        );
        check::<DecisionRow>(
            "finding_id=0123456789abcdef decision=waive reason=Three initials_1=fo initials_2=fi \
             waive_until=2021-05-06 item_hash=fedcba9876543210 resolve_to=V-8",
            "DecisionRow { entry: Ok(DecisionEntry { item: 0123456789abcdef, hash: Some(fedcba9876543210), \
             disposition: Waive(2021-05-06), reason: \"Three\", first: \"FO\", second: Some(\"FI\") }), \
             finding_id: \"0123456789abcdef\" }",
        );
    }

    #[test]
    fn every_cell_about_a_voucher_reaches_its_field() {
        check::<Voucher>(
            "voucher_id=V-1 customer_id=C-2 customer_name=Three engagement=Kick-off days=5 created_on=2021-05-06 \
             assigned_on=2021-05-07 expires_on=2021-05-08 status=Expired",
            "Voucher { voucher: V-1, customer: C-2, customer_name: \"Three\", engagement: kick-off, days: 5, \
             created_on: 2021-05-06, assigned_on: Is(2021-05-07), expires_on: Is(2021-05-08), status: Is(Expired) }",
        );
        check::<Redemption>(
            "voucher_id=V-1 location_id=L-2 status=Redeemed reserved_on=2021-05-04 redeemed_on=2021-05-05 \
             cancelled_on=2021-05-06",
            "Redemption { voucher: V-1, location: L-2, status: Redeemed, reserved_on: Is(2021-05-04), \
             redeemed_on: Is(2021-05-05), cancelled_on: Is(2021-05-06) }",
        );
        check::<Completion>(
            "voucher_id=V-1 consultant_id=C-2 country=NL started_on=2021-05-04 completed_on=2021-05-05 \
             reported_on=2021-05-06 deliverable=Seven deliverable_on=2021-05-08 offsite_days=9",
            "Completion { voucher: V-1, consultant: C-2, country: NL, started_on: 2021-05-04, \
             completed_on: 2021-05-05, reported_on: Is(2021-05-06), deliverable: Is(\"Seven\"), \
             deliverable_on: Is(2021-05-08), offsite_days: Is(9) }",
        );
        check::<MilestoneRow>(
            "voucher_id=V-1 milestone=consent on=2021-05-03 status=Open",
            "MilestoneRow { voucher: V-1, milestone: consent, on: 2021-05-03, status: Is(Open) }",
        );
        check::<Payment>(
            "reference=R-1 invoice_number=I-2 voucher_id=V-3 amount=4.00 currency=EUR status=Paid \
             requested_on=2021-05-06 paid_on=2021-05-07 reason=Eight partner_id=P-9 location_id=L-10",
            "Payment { reference: R-1, invoice_number: Is(I-2), voucher: Is(V-3), amount: 4.00 EUR, status: Paid, \
             requested_on: Is(2021-05-06), paid_on: Is(2021-05-07), reason: Is(\"Eight\"), partner: Is(P-9), \
             location: Is(L-10) }",
        );
        check::<PriorClaim>(
            "voucher_id=V-1 reference=R-2 claimed_on=2021-05-03",
            "PriorClaim { voucher: V-1, reference: R-2, claimed_on: 2021-05-03 }",
        );
    }
}
