-- From schema 1 to 2: findings of runs become items with their first and last day. What an item was worth is not known.
-- Of several runs of one day the last one counts.
CREATE TEMP TABLE counted AS
    SELECT run, job, as_of, row_number() OVER (PARTITION BY job ORDER BY as_of) AS position
    FROM run WHERE revision = (SELECT max(revision) FROM run later WHERE later.job = run.job AND later.as_of = run.as_of);
CREATE TEMP TABLE shown AS
    SELECT DISTINCT c.job, c.position, c.as_of, f.finding_id, f.code FROM finding f JOIN counted c USING (run);
INSERT OR IGNORE INTO item (job, finding_id, since, until, subject, code, opened_on, hash)
    SELECT s.job, from_hex(s.finding_id), s.as_of,
        (SELECT c.as_of FROM counted c WHERE c.job = s.job AND c.position > s.position AND NOT EXISTS
            (SELECT 1 FROM shown other
             WHERE other.job = c.job AND other.position = c.position AND other.finding_id = s.finding_id)
         ORDER BY c.position LIMIT 1),
        '', s.code, s.as_of, 0
    FROM shown s WHERE NOT EXISTS
        (SELECT 1 FROM shown other
         WHERE other.job = s.job AND other.position = s.position - 1 AND other.finding_id = s.finding_id);
INSERT INTO run_record (run, name, sha256) SELECT run, path, sha256 FROM run_output WHERE path = 'verdicts.csv';
DROP TABLE counted;
DROP TABLE shown;
DROP TABLE finding;
