import Database from 'better-sqlite3';

/** Commits as durable as the product's: WAL, synchronous FULL, one row each. */
export interface Commits {
  commit(text: string): void;
  close(): void;
}

export function openCommits(file: string): Commits {
  const db = new Database(file);
  db.pragma('journal_mode = WAL');
  db.pragma('synchronous = FULL');
  db.pragma('busy_timeout = 10000');
  db.exec('CREATE TABLE IF NOT EXISTS row (id INTEGER PRIMARY KEY, text TEXT NOT NULL)');
  const insert = db.prepare('INSERT INTO row (text) VALUES (?)');
  return {
    commit: (text) => void insert.run(text),
    close: () => void db.close(),
  };
}
