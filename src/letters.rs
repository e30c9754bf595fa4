//! Letters to partners, the whole way: what is due, to whom, worded, composed. Nothing is sent here.

mod addressing;
mod compose;
mod due;
mod topics;
mod worded;

pub use addressing::address;
pub use compose::ComposeError;
pub use due::{AddressedReminder, Receiver, Reminder, ReminderDetails, STAGE, Topic};
pub use topics::due;
pub use worded::{Letter, LetterError, Letterhead, Letters, NoticeRow, Sender, write};
