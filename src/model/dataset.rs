//! The data sets of the program, in the order in which a person would open them.

use std::fmt;

macro_rules! datasets {
    ($($variant:ident $name:literal $what:literal;)+) => {
        /// What a source delivers.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Dataset {
            $(#[doc = $what] $variant,)+
        }

        impl Dataset {
            /// All data sets.
            pub const ALL: &'static [Dataset] = &[$(Dataset::$variant,)+];

            /// The name in job files and reports.
            pub fn as_str(self) -> &'static str {
                match self { $(Dataset::$variant => $name,)+ }
            }
        }
    };
}

datasets! {
    Partners "partners" "Partner profile: companies and their locations.";
    Contacts "contacts" "Who receives letters: your own list.";
    Enrollments "enrollments" "Enrollments for offerings, agreement, registration for payment.";
    Competencies "competencies" "Competencies that partners attained.";
    Certifications "certifications" "Exams and assessments that consultants passed.";
    Vouchers "vouchers" "Vouchers that customers created and assigned.";
    Redemptions "redemptions" "Reservations and redemptions.";
    Completions "completions" "Completion reports with their deliverables.";
    Milestones "milestones" "Steps that have no data set of their own: consent, statement of work, proof of execution.";
    Payments "payments" "Payment requests and payments.";
    Rates "rates" "What is paid for a level in a country: your contract.";
    Claims "claims" "Claims older than the tool: your own list.";
    Decisions "decisions" "What people have decided about open items: a list, or the workbook coming back.";
}

impl Dataset {
    /// The data set with this name.
    pub fn from_name(name: &str) -> Option<Dataset> {
        Dataset::ALL.iter().copied().find(|dataset| dataset.as_str() == name)
    }
}

impl fmt::Display for Dataset {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}
