import type { Profile } from '../../schemas/national/profile';
import { Centre } from './centre';
import { createClock, type CentreClock } from './clock';
import { FaultPlan } from './faults';
import { Gateway } from './gateway';
import { StaleView } from './stale-view';
import { openBooks, type Books } from './store';

/** What the parts of the process share. */
export interface Machinery {
  readonly profile: Profile;
  readonly books: Books;
  readonly clock: CentreClock;
  readonly faults: FaultPlan;
  readonly staleView: StaleView;
  readonly centre: Centre;
  readonly gateway: Gateway;
  readonly latencyMs: number;
  readonly onError: (error: unknown) => void;
}

const CLOCK_OFFSET = 'clock_offset_ms';

export interface MachineryOptions {
  /** Folder of the SQLite file. */
  readonly dataDir: string;
  readonly profile: Profile;
  /** Milliseconds before each answer. */
  readonly latencyMs?: number;
  /** Where a fault of the program itself is reported. */
  readonly onError?: (error: unknown) => void;
}

/** Puts the parts together over one folder of data. */
export function assemble(options: MachineryOptions): Machinery {
  const { profile } = options;
  const books = openBooks(options.dataDir);
  const kept = books.db.prepare<[string], { value: string }>('SELECT value FROM meta WHERE name = ?').get(CLOCK_OFFSET);
  const clock = createClock(Number(kept?.value ?? 0));
  const staleView = new StaleView(books);
  return {
    profile,
    books,
    clock,
    faults: new FaultPlan(),
    staleView,
    centre: new Centre(profile, books, clock, staleView),
    gateway: new Gateway(profile, books.db),
    latencyMs: options.latencyMs ?? 0,
    onError: options.onError ?? (() => undefined),
  };
}

/** Moves the centre's clock; a restart keeps the offset. */
export function moveClock({ books, clock }: Machinery, offsetMs: number): void {
  books.write(true, () =>
    books.db
      .prepare('INSERT INTO meta (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value')
      .run(CLOCK_OFFSET, String(offsetMs)),
  );
  clock.move(offsetMs);
}
