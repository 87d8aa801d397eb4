import { DatabaseSync } from 'node:sqlite';

/**
 * The engine reads its whole stream to number a record (no index): at 10,000 records a write takes 7 ms, at 100,000
 * seventy. With this index it stays at half a millisecond (ADR 0020).
 */
const index =
  'CREATE INDEX IF NOT EXISTS _stream_by_number ON _stream_records (table_name, CAST(sequence_number AS INTEGER))';

/** All but the newest of each table, since the next number is counted from it. A few at a time: others write too. */
const prune = `DELETE FROM _stream_records WHERE id IN (
  SELECT r.id FROM _stream_records r WHERE r.created_at < ?
  AND r.id NOT IN (SELECT MAX(id) FROM _stream_records GROUP BY table_name) LIMIT 500)`;

/** Seconds. AWS keeps a day; a second one is for a clock that was moved. */
const kept = 2 * 24 * 3_600;
const every = 600_000;

/** Looks after the engine's file: an index that it lacks, and stream records that it never forgets. */
export const startUpkeep = (file: string, log: (line: string) => void): { readonly stop: () => void } => {
  const db = new DatabaseSync(file);
  db.exec('PRAGMA busy_timeout = 2000');
  db.exec(index);
  const old = db.prepare(prune);
  const sweep = (): void => {
    try {
      if (Number(old.run(Math.floor(Date.now() / 1000) - kept).changes) === 500) next(200);
      else next(every);
    } catch (error) {
      log(`upkeep: ${String(error)}`);
      next(every);
    }
  };
  let timer: NodeJS.Timeout;
  const next = (ms: number): void => {
    timer = setTimeout(sweep, ms);
  };
  next(5_000);
  return {
    stop: () => {
      clearTimeout(timer);
      db.close();
    },
  };
};
