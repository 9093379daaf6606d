import type { Profile } from '../../schemas/national/profile';
import { keptClock, type Clock } from '../kit/clock';
import { Centre } from './centre';
import { MessageFaults } from './faults';
import { Gateway } from './gateway';
import { StaleView } from './stale-view';
import { openCentreBooks, type Books } from './store';

/** What the parts of the process share. */
export interface Machinery {
  readonly profile: Profile;
  readonly books: Books;
  readonly clock: Clock;
  readonly faults: MessageFaults;
  readonly staleView: StaleView;
  readonly centre: Centre;
  readonly gateway: Gateway;
  readonly latencyMs: number;
  readonly onError: (error: unknown) => void;
}

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
  const books = openCentreBooks(options.dataDir);
  const clock = keptClock(books);
  const staleView = new StaleView(books);
  return {
    profile,
    books,
    clock,
    faults: new MessageFaults(),
    staleView,
    centre: new Centre(profile, books, clock, staleView),
    gateway: new Gateway(profile, books.db),
    latencyMs: options.latencyMs ?? 0,
    onError: options.onError ?? (() => undefined),
  };
}
