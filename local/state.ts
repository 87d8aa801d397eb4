import { chmodSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

/**
 * What the runtime itself must remember across a restart and `kill -9`: checkpoints, users, keys, messages, the
 * clock. Values are JSON; a write is durable for the process when the call returns (WAL, one statement).
 */
export interface State {
  readonly get: (space: string, key: string) => unknown;
  readonly set: (space: string, key: string, value: unknown) => void;
  readonly remove: (space: string, key: string) => void;
  /** All entries of a space in the order of their keys. */
  readonly list: (space: string) => readonly { readonly key: string; readonly value: unknown }[];
  readonly close: () => void;
}

/** @param dir where `runtime.db` is kept; undefined keeps everything in memory */
export const openState = (dir: string | undefined): State => {
  if (dir !== undefined) mkdirSync(dir, { recursive: true, mode: 0o700 });
  const file = dir === undefined ? ':memory:' : join(dir, 'runtime.db');
  const db = new DatabaseSync(file);
  // The keys of KMS and of the issuers are in it.
  if (dir !== undefined) chmodSync(file, 0o600);
  // NORMAL survives the death of the process; only a power cut may take the last moments.
  db.exec(`PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;
    CREATE TABLE IF NOT EXISTS entries (space TEXT, key TEXT, value TEXT NOT NULL, PRIMARY KEY (space, key)) WITHOUT ROWID`);
  const get = db.prepare('SELECT value FROM entries WHERE space = ? AND key = ?');
  const set = db.prepare('INSERT OR REPLACE INTO entries (space, key, value) VALUES (?, ?, ?)');
  const remove = db.prepare('DELETE FROM entries WHERE space = ? AND key = ?');
  const list = db.prepare('SELECT key, value FROM entries WHERE space = ? ORDER BY key');
  return {
    get: (space, key) => {
      const row = get.get(space, key);
      return row === undefined ? undefined : JSON.parse(String(row['value']));
    },
    set: (space, key, value) => {
      set.run(space, key, JSON.stringify(value));
    },
    remove: (space, key) => {
      remove.run(space, key);
    },
    list: (space) =>
      list
        .all(space)
        .map((row) => ({ key: String(row['key']), value: JSON.parse(String(row['value'])) as unknown })),
    close: () => db.close(),
  };
};
