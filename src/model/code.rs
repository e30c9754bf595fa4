//! The public vocabulary of findings, in the order in which they are printed. Codes are never renumbered.

use std::fmt;

/// What a verdict comes to. Ordered so that the graver of two is the greater.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Outcome {
    /// Payable now, or settled.
    Ok,
    /// In order, and waiting for an event or a day.
    Pending,
    /// Cannot be decided, or may not go out yet.
    Blocked,
    /// A check failed.
    Exception,
}

impl Outcome {
    /// All, from the gravest to the lightest.
    pub const ALL: [Outcome; 4] = [Outcome::Exception, Outcome::Blocked, Outcome::Pending, Outcome::Ok];

    /// The word of machine files.
    pub fn as_str(self) -> &'static str {
        match self {
            Outcome::Ok => "ok",
            Outcome::Pending => "pending",
            Outcome::Blocked => "blocked",
            Outcome::Exception => "exception",
        }
    }
}

impl fmt::Display for Outcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// Who can clear an open item.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Group {
    /// The partner has to do or to show something.
    Partner,
    /// The customer has to.
    Customer,
    /// The payer has to pay, or to say why not.
    Payer,
    /// Finance decides.
    Finance,
    /// Our own data: exports, lists, configuration.
    Operations,
}

impl Group {
    /// All groups.
    pub const ALL: [Group; 5] = [Group::Partner, Group::Customer, Group::Payer, Group::Finance, Group::Operations];

    /// The word of machine files and settings.
    pub fn as_str(self) -> &'static str {
        match self {
            Group::Partner => "partner",
            Group::Customer => "customer",
            Group::Payer => "payer",
            Group::Finance => "finance",
            Group::Operations => "operations",
        }
    }
}

macro_rules! codes {
    ($($variant:ident $text:literal $outcome:ident $priority:literal $family:literal $group:ident;)+) => {
        /// A finding code. All may stand in a verdict but IN-21, which is about a closed period. The order of the variants is the printed order.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Code {
            $(#[doc = $text] $variant,)+
        }

        impl Code {
            /// Every code that this version judges, in printed order.
            pub const ALL: &'static [Code] = &[$(Code::$variant,)+];

            /// The printed code.
            pub fn as_str(self) -> &'static str {
                match self { $(Code::$variant => $text,)+ }
            }

            /// What the code alone makes of a verdict. DT-06 is graver when the step lies after its export.
            pub fn outcome(self) -> Outcome {
                match self { $(Code::$variant => Outcome::$outcome,)+ }
            }

            /// 1: money could be paid wrongly; 2: amount or reference disagrees; 3: money not yet applied.
            pub fn priority(self) -> u8 {
                match self { $(Code::$variant => $priority,)+ }
            }

            /// Codes that exclude each other share a family, so that a changed code stays one case.
            pub fn family(self) -> &'static str {
                match self { $(Code::$variant => $family,)+ }
            }

            /// Who can clear it.
            pub fn group(self) -> Group {
                match self { $(Code::$variant => Group::$group,)+ }
            }
        }
    };
}

codes! {
    Rf01 "RF-01" Exception 2 "RF-01" Operations;
    Rf03 "RF-03" Exception 2 "RF-03" Operations;
    Rf05 "RF-05" Exception 2 "RF-05" Partner;
    Du01 "DU-01" Exception 1 "DU-01" Operations;
    Du02 "DU-02" Exception 1 "DU-02" Partner;
    Du03 "DU-03" Exception 1 "DU-03" Finance;
    Du04 "DU-04" Exception 2 "DU-04" Partner;
    Du05 "DU-05" Exception 1 "DU-05" Finance;
    Du06 "DU-06" Exception 2 "DU-06" Finance;
    El01 "EL-01" Exception 1 "EL-01" Partner;
    El02 "EL-02" Exception 1 "EL-01" Partner;
    El03 "EL-03" Exception 1 "EL-03" Partner;
    El04 "EL-04" Exception 1 "EL-04" Partner;
    El05 "EL-05" Exception 1 "EL-04" Partner;
    El06 "EL-06" Exception 1 "EL-04" Partner;
    El07 "EL-07" Exception 1 "EL-07" Partner;
    El08 "EL-08" Exception 1 "EL-08" Partner;
    El09 "EL-09" Exception 1 "EL-09" Partner;
    El10 "EL-10" Exception 1 "EL-01" Partner;
    El11 "EL-11" Blocked 2 "EL-11" Partner;
    El12 "EL-12" Blocked 2 "EL-12" Partner;
    Lc01 "LC-01" Exception 1 "LC-01" Operations;
    Lc02 "LC-02" Exception 1 "LC-02" Partner;
    Lc03 "LC-03" Exception 1 "LC-03" Partner;
    Lc04 "LC-04" Exception 2 "LC-04" Partner;
    Lc05 "LC-05" Exception 2 "LC-05" Partner;
    Lc06 "LC-06" Exception 1 "LC-06" Partner;
    Lc07 "LC-07" Exception 1 "LC-07" Partner;
    Lc08 "LC-08" Exception 1 "LC-08" Partner;
    Lc09 "LC-09" Exception 2 "LC-09" Partner;
    Lc10 "LC-10" Exception 2 "LC-10" Partner;
    Dt01 "DT-01" Exception 1 "DT-01" Customer;
    Dt02 "DT-02" Pending 1 "DT-01" Partner;
    Dt03 "DT-03" Exception 1 "DT-03" Partner;
    Dt04 "DT-04" Exception 1 "DT-04" Partner;
    Dt05 "DT-05" Exception 1 "DT-05" Partner;
    Dt06 "DT-06" Pending 1 "DT-06" Operations;
    Dt07 "DT-07" Exception 1 "DT-07" Partner;
    Dt08 "DT-08" Exception 1 "DT-08" Partner;
    Dt09 "DT-09" Exception 1 "DT-09" Partner;
    Dt10 "DT-10" Exception 1 "DT-10" Partner;
    Dt11 "DT-11" Exception 1 "DT-11" Customer;
    Dt12 "DT-12" Exception 1 "DT-12" Partner;
    Am01 "AM-01" Exception 2 "AM-01" Finance;
    Am02 "AM-02" Exception 2 "AM-01" Finance;
    Am03 "AM-03" Blocked 2 "AM-03" Operations;
    Am06 "AM-06" Exception 2 "AM-01" Payer;
    Am07 "AM-07" Exception 2 "AM-01" Finance;
    Am09 "AM-09" Exception 2 "AM-09" Payer;
    Fx02 "FX-02" Exception 1 "FX-02" Payer;
    Mt02 "MT-02" Exception 3 "MT-02" Payer;
    Mt03 "MT-03" Exception 2 "MT-03" Finance;
    Mt04 "MT-04" Blocked 3 "MT-04" Finance;
    In01 "IN-01" Blocked 1 "IN-01" Operations;
    In11 "IN-11" Blocked 1 "IN-11" Operations;
    In12 "IN-12" Blocked 1 "IN-12" Operations;
    In13 "IN-13" Blocked 1 "IN-13" Operations;
    In14 "IN-14" Blocked 1 "IN-14" Operations;
    In15 "IN-15" Blocked 1 "IN-15" Operations;
    In16 "IN-16" Blocked 1 "IN-16" Operations;
    In21 "IN-21" Exception 1 "IN-21" Finance;
    Po02 "PO-02" Blocked 1 "PO-02" Finance;
    Pd01 "PD-01" Pending 1 "PD-01" Partner;
    Pd02 "PD-02" Pending 1 "PD-02" Partner;
    Pd03 "PD-03" Pending 1 "PD-03" Partner;
    Pd04 "PD-04" Pending 1 "PD-04" Payer;
    Pd08 "PD-08" Pending 1 "DT-12" Partner;
}

impl Code {
    /// The code with this printed form.
    pub fn from_text(text: &str) -> Option<Code> {
        Code::ALL.iter().copied().find(|code| code.as_str() == text)
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl serde::Serialize for Code {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}
