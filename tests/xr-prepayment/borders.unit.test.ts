import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Files of a folder, all levels down. */
function filesOf(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts')).map((file) => join(folder, file));
}

test("a patient's settlement never asks a pool: neither stays nor the national gateway reach prepayment", () => {
  const stays = ['activities/register', 'activities/national', 'activities/reconcile', 'workflows/admission', 'domain/admission'].flatMap(filesOf);
  expect(stays.length).toBeGreaterThan(30);
  expect(stays.filter((file) => /xr-prepayment|disbursement|PrepayPool/.test(readFileSync(file, 'utf8')))).toEqual([]);
});

test('balances of pools are derived: only the ledger moves money, and no entity keeps a balance', () => {
  const entity = readFileSync('store/entities/PrepayPool.ts', 'utf8');
  expect(entity).not.toMatch(/FenColumn/);
  const posting = ['activities/xr-prepayment', 'activities/disbursement'].flatMap(filesOf).filter((file) => /postEntry|contraEntry/.test(readFileSync(file, 'utf8')));
  expect(posting.map((file) => file.split('/').at(-1)).sort()).toEqual(['clearing-books.ts', 'post.ts']);
});
