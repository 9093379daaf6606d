import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';

import { paceOf } from '../domain/batch/pace';
import { phaseOf } from '../domain/batch/state';
import { BATCH_STATE_NAMES } from '../domain/batch/types';
import { loadConfig } from '../runtime/config';
import { openKeyRing } from '../runtime/keys';
import { Batch } from '../store/entities';
import { openStore, type Store } from '../store/open-store';
import { run } from './run';

const USAGE = `用法: npm run batch
      npm run batch -- <批次编号>

列出最近的批次，或者跟随一个批次的进度，直到它等人办理或办结。`;
const BAR = 30;
const LOOK_EVERY_MS = 500;
const LISTED = 30;

/** `npm run batch`: the newest batches, or the progress of one until it waits for a person. Exit code 1 when it is held or refused. */
async function main(): Promise<number> {
  const { positionals } = parseArgs({ allowPositionals: true });
  const [id, ...more] = positionals;
  if (more.length > 0) {
    process.stderr.write(`${USAGE}\n`);
    return 2;
  }
  const config = loadConfig();
  const store = await openStore({ databaseUrl: config.databaseUrl, keyRing: openKeyRing(config.keyRingPath) });
  try {
    return id === undefined ? await list(store) : await follow(store, id);
  } finally {
    await store.close();
  }
}

async function list(store: Store): Promise<number> {
  const rows = await store.read((manager) => manager.find(Batch, { order: { createdAt: 'DESC' }, take: LISTED }));
  for (const row of rows) process.stdout.write(`${lineOf(row)}\n`);
  if (rows.length === 0) process.stdout.write('还没有批次。\n');
  return 0;
}

async function follow(store: Store, id: string): Promise<number> {
  const isTerminal = process.stdout.isTTY === true;
  for (let shown = ''; ; ) {
    const row = await store.read((manager) => manager.findOneBy(Batch, { id }));
    if (!row) {
      process.stderr.write(`没有批次 ${id}\n`);
      return 2;
    }
    const line = lineOf(row);
    if (line !== shown) process.stdout.write(isTerminal ? `\r\u001b[2K${line}` : `${line}\n`);
    shown = line;
    if (row.hold !== null || (row.state !== 'accepted' && phaseOf(row) === null)) {
      process.stdout.write(`${isTerminal ? '\n' : ''}${row.reason ? `${row.reason}\n` : ''}`);
      return row.hold === 'failed' || row.state === 'refused' ? 1 : 0;
    }
    await sleep(LOOK_EVERY_MS);
  }
}

function lineOf(row: Batch): string {
  const { id, state, hold, chunks, phaseDone, total, done, rejected } = row;
  const part = phaseOf(row) === null ? 1 : chunks === 0 ? 0 : phaseDone / chunks;
  const filled = Math.round(part * BAR);
  const { rowsPerSecond, remainingMs } = paceOf(row, Date.now());
  const held = hold === 'paused' ? '（已暂停）' : hold === 'failed' ? '（因故停下）' : '';
  const pace = rowsPerSecond === null ? '' : `，${rowsPerSecond} 行/秒，约剩 ${Math.ceil((remainingMs ?? 0) / 1000)} 秒`;
  return `${id} ${BATCH_STATE_NAMES[state]}${held} [${'█'.repeat(filled)}${'·'.repeat(BAR - filled)}] 共 ${total} 行，已处理 ${done}，未通过 ${rejected}${pace}`;
}

run(main);
