import { setTimeout as sleep } from 'node:timers/promises';
import { Client, Connection } from '@temporalio/client';
import { nodeChild } from '../../cli/launcher/node-child';
import { Supervisor } from '../../cli/launcher/supervisor';
import { createDataConverter } from '../../runtime/data-converter';
import { openKeyRing } from '../../runtime/keys';
import { createLogger } from '../../runtime/logger';
import { openStore, type Store } from '../../store/open-store';
import { startStack, type TestStack, type TestStackOptions } from '../support/stack';
import { makePerson, openHospital, type Hospital, type Person } from './hospital';

/** A settlement in the centre's own books. */
export interface CentreSettlement {
  readonly setl_id: string;
  readonly mdtrt_id: string;
  readonly msgid: string;
  readonly refd_setl_flag: string;
  readonly amounts: Readonly<Record<string, number>>;
}

export interface CentreMessage {
  readonly infno: string;
  readonly msgid: string;
}

export interface Fault {
  readonly infno: string;
  readonly phase: 'before-commit' | 'after-commit' | 'in-answer';
  readonly kind: string;
  readonly nth?: number;
  readonly times?: number;
  readonly ms?: number;
  readonly institution?: string;
  readonly text?: string;
}

/** A whole product with its windows: the API, the tables, Temporal and the other side's books. */
export interface Ground {
  readonly stack: TestStack;
  readonly hospital: Hospital;
  readonly store: Store;
  readonly temporal: Client;
  readonly connection: Connection;
  /** Registers a new person at the centre. */
  person(over?: Partial<Person>): Promise<Person>;
  faults(...faults: readonly Fault[]): Promise<void>;
  /** Waits until a fault fired at this transaction: it is in the middle then. */
  untilFired(infno: string): Promise<void>;
  records<T>(kind: 'settlements' | 'messages'): Promise<T[]>;
  close(): Promise<void>;
}

const FIRES_WITHIN_MS = 20_000;
let people = 0;

export async function openGround(options: TestStackOptions = {}): Promise<Ground> {
  const stack = await startStack(options);
  const keyRing = openKeyRing(String(stack.env['ANJIE_KEY_RING']));
  const store = await openStore({ databaseUrl: String(stack.env['ANJIE_DATABASE_URL']), keyRing });
  const connection = await Connection.connect({ address: stack.temporalAddress });
  const dataConverter = createDataConverter(keyRing, 'client', createLogger('test', 'silent'));
  const centre = async <T>(path: string, method = 'GET', body?: object): Promise<T> => {
    const init = body ? { method, headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) } : { method };
    const answer = await fetch(`${stack.sandbox.national}${path}`, init);
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
    return (await answer.json()) as T;
  };
  return {
    stack, store, connection,
    hospital: openHospital(stack.api, stack.tokens.clerk),
    temporal: new Client({ connection, dataConverter }),
    person: async (over) => {
      const person = makePerson((people += 1), over);
      await centre('/_data', 'PUT', { persons: [person] });
      return person;
    },
    faults: async (...faults) => void (await centre('/_faults', 'PUT', { faults })),
    untilFired: async (infno) => {
      const fired = async (): Promise<boolean> => {
        const { firings } = await centre<{ firings: { infno: string }[] }>('/_faults');
        return firings.some((firing) => firing.infno === infno);
      };
      const deadline = Date.now() + FIRES_WITHIN_MS;
      while (!(await fired())) {
        if (Date.now() > deadline) throw new Error(`no fault fired at ${infno}`);
        await sleep(20);
      }
    },
    records: async <T>(kind: string) => (await centre<Record<string, T[]>>(`/_records?kind=${kind}`))[kind] ?? [],
    close: async () => {
      await connection.close();
      await store.close();
      await stack.stop();
    },
  };
}

/** A worker of the admissions beside the stack's own, with fail-points for its first life only. */
export interface Seat {
  /** What its supervisor said: deaths with their signal or exit code, and restarts. */
  readonly told: readonly string[];
  pid(): number | undefined;
  signal(signal: NodeJS.Signals): void;
  /** Waits until it has died so many times. */
  untilDeaths(count: number): Promise<number>;
  leave(): Promise<void>;
}

const DIES_WITHIN_MS = 30_000;
const SEAT = 'worker-of-test';

export async function seatWorker({ stack }: Ground, failpoints = ''): Promise<Seat> {
  const told: string[] = [];
  const deaths: number[] = [];
  const supervisor = new Supervisor({
    logsDir: `${stack.dataDir}/logs`,
    report: (line) => {
      told.push(line);
      if (line.includes('已退出')) deaths.push(Date.now());
    },
  });
  const env: NodeJS.ProcessEnv = { ...stack.env, ANJIE_FAILPOINTS: failpoints };
  await supervisor.start(nodeChild(SEAT, 'workers/main.js', env, ['admission']));
  delete env['ANJIE_FAILPOINTS'];
  return {
    told,
    pid: () => supervisor.pid(SEAT),
    signal: (signal) => supervisor.kill(SEAT, signal),
    untilDeaths: async (count) => {
      const deadline = Date.now() + DIES_WITHIN_MS;
      for (;;) {
        const at = deaths[count - 1];
        if (at !== undefined) return at;
        if (Date.now() > deadline) throw new Error(`the worker died ${deaths.length} time(s), not ${count}`);
        await sleep(5);
      }
    },
    leave: () => supervisor.stop(),
  };
}

/** Keeps a process of the stack dead, however often it is started again, until the returned function is called. */
export function holdDown({ stack }: Ground, name: string): () => Promise<void> {
  let held = true;
  const keeping = (async () => {
    while (held) {
      if (stack.pid(name) !== undefined) stack.kill(name, 'SIGKILL');
      await sleep(40);
    }
  })();
  return async () => {
    held = false;
    await keeping;
  };
}
