import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createNationalGateway } from '../../activities/national/gateway';
import type { CallRequest, NationalGateway } from '../../activities/national/types';
import type { Config } from '../../runtime/config';
import { openKeyRing } from '../../runtime/keys';
import { createLogger } from '../../runtime/logger';
import { loadProfiles } from '../../schemas/national/load-profiles';
import type { Infno } from '../../schemas/national/generated';
import { Message } from '../../store/entities/Message';
import type { Store } from '../../store/open-store';
import { openMigratedStore } from '../support/migrated';

export const HOSPITAL = 'H99000000001';
export const OTHER_HOSPITAL = 'H99000000002';
export const OPERATOR = { id: 'op1', name: '示例经办', type: '1' } as const;
/** A made-up person whose data must not be readable in the database file. */
export const CANARY = '示例甲金丝雀';

export interface Settings {
  readonly directory: string;
  readonly url: string;
  readonly timeoutMs?: number;
  readonly signIn?: boolean;
  readonly concurrency?: number;
  readonly rate?: number;
  /** Processes that share the rate. */
  readonly processes?: number;
}

export interface Rig {
  readonly store: Store;
  readonly gateway: NationalGateway;
  messages(): Promise<Message[]>;
  close(): Promise<void>;
}

export function temporaryDirectory(): string {
  return mkdtempSync(join(tmpdir(), 'anjie-send-'));
}

export function removeDirectory(directory: string): void {
  rmSync(directory, { recursive: true, force: true });
}

/** A gateway with its own store connection over the database of `directory`; several rigs may share one directory. */
export async function openRig(settings: Settings): Promise<Rig> {
  const ring = join(settings.directory, 'ring.json');
  const keyRing = openKeyRing(ring, { create: !existsSync(ring) });
  const store = await openMigratedStore({ databaseUrl: `sqlite:${join(settings.directory, 'anjie.db')}`, keyRing });
  return rigOn(store, settings);
}

/** A gateway on a store that is open already; closing the rig closes the store. */
export function rigOn(store: Store, settings: Omit<Settings, 'directory'>): Rig {
  const { default: standard } = loadProfiles();
  if (!standard) throw new Error('no default profile');
  const profiles = { default: { ...standard, signIn: settings.signIn ?? false, rateLimitPerSecond: settings.rate ?? 1000 } };
  const gateway = createNationalGateway({
    store,
    config: { national: nationalConfig(settings), profilesDir: null, logLevel: 'silent' },
    profiles,
    logger: createLogger('test', 'silent'),
  });
  return {
    store,
    gateway,
    messages: () => store.read((manager) => manager.find(Message, { order: { id: 'ASC' } })),
    close: async () => {
      gateway.close();
      await store.close();
    },
  };
}

function nationalConfig(settings: Omit<Settings, 'directory'>): Config['national'] {
  const gateway = { url: settings.url, paasid: 'app', secret: 'secret' };
  const institution = (fixmedinsCode: string) =>
    ({ fixmedinsCode, name: '示例一院', admdvs: '990100', level: '3', profile: 'default', gateway, operators: [] }) as const;
  return {
    baseUrl: null,
    timeoutMs: settings.timeoutMs ?? 3000,
    concurrency: settings.concurrency ?? 16,
    processes: settings.processes ?? 1,
    institutionsPath: '',
    institutions: [institution(HOSPITAL), institution(OTHER_HOSPITAL)],
  };
}

let serial = 0;

/** 2305: books something, and its unknown outcome stays open. */
export function cancellationCall(over: Partial<CallRequest<'2305'>> = {}): CallRequest<'2305'> {
  serial += 1;
  return { ...callOf(`c${serial}`), infno: '2305', input: { data: { mdtrt_id: 'M0001', setl_id: `SETL-${CANARY}`, psn_no: '99010000000001' } }, ...over };
}

/** 5303: a read. */
export function readCall(over: Partial<CallRequest<'5303'>> = {}): CallRequest<'5303'> {
  serial += 1;
  return { ...callOf(`c${serial}`), infno: '5303', input: { data: { psn_no: '99010000000001', begntime: '2026-11-01 00:00:00' } }, ...over };
}

export function callOf(commandId: string): Omit<CallRequest<Infno>, 'infno' | 'input' | 'onAnswer'> {
  return {
    key: { workflowId: `admission/${HOSPITAL}/zy1`, commandId, step: 'send', ordinal: 0 },
    institution: HOSPITAL,
    psnNo: '99010000000001',
    insuplcAdmdvs: '990100',
    operator: OPERATOR,
  };
}

export interface Child {
  readonly process: ChildProcess;
  readonly pid: number;
  /** JSON lines that it has printed so far. */
  readonly lines: Record<string, unknown>[];
  exited(): Promise<{ code: number | null; signal: string | null }>;
}

/** Runs one call of `commandId` in a process of its own. */
export function startChild(settings: Settings & { commandId: string; infno?: '2305' | '5303' }, env: Record<string, string> = {}): Child {
  const child = spawn(process.execPath, ['-r', join(__dirname, 'ts-hook.js'), join(__dirname, 'child.ts'), JSON.stringify(settings)], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const lines: Record<string, unknown>[] = [];
  let rest = '';
  child.stdout.on('data', (chunk: Buffer) => {
    const parts = (rest + chunk.toString()).split('\n');
    rest = parts.pop() ?? '';
    lines.push(...parts.map((line) => JSON.parse(line) as Record<string, unknown>));
  });
  const exit = once(child, 'close') as Promise<[number | null, string | null]>;
  return {
    process: child,
    pid: child.pid ?? 0,
    lines,
    exited: async () => {
      const [code, signal] = await exit;
      return { code, signal };
    },
  };
}

export async function until(what: string, condition: () => boolean | Promise<boolean>, timeoutMs = 15_000): Promise<void> {
  const deadline = Date.now() + timeoutMs;
  while (!(await condition())) {
    if (Date.now() > deadline) throw new Error(`waited ${timeoutMs} ms for ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
