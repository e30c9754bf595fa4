//! Jobs become the text that a scheduler reads.

use std::path::Path;

use crate::config::job::Job;

/// A crontab of all jobs. cron knows one zone for all lines below a `CRON_TZ`; where it does not, the machine's
/// zone counts, and the as-of date is still the one of the job's own zone.
pub fn crontab(jobs: &[Job], home: &Path) -> String {
    let mut lines = vec![
        "# vouchsafe: made by `vouchsafe schedule cron`. The program must be on the PATH of cron.".to_owned(),
        "# A job that is started twice does its work once; see README for the exit codes.".to_owned(),
        "# Where cron does not know CRON_TZ, the hours are those of the machine.".to_owned(),
    ];
    for job in jobs {
        lines.push(String::new());
        lines.push(format!("# {}: {} ({})", job.name, job.cron.describe(), job.time_zone));
        lines.push(format!("CRON_TZ={}", job.time_zone));
        // In a crontab a percent sign ends the command.
        let folder = home.display().to_string().replace('\'', "'\\''").replace('%', "\\%");
        lines.push(format!("{} vouchsafe -C '{}' run {}", job.cron, folder.trim_end_matches('/'), job.name));
    }
    lines.join("\n")
}
