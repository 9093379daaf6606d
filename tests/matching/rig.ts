import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Source } from '../../activities/matching/sources';
import type { Declaration } from '../../domain/matching/declaration';
import { loadDeclarations } from '../../schemas/matching/load-declarations';
import type { PlainRow, PlainSides } from './plain';

export const PLACE = '990101';
export const DAY = '2026-10-12';

export function shipped(key: string): Declaration {
  const declaration = loadDeclarations().get(key);
  if (!declaration) throw new Error(`${key} is not shipped`);
  return declaration;
}

export function temporaryFolder(): { folder: string; remove: () => void } {
  const folder = mkdtempSync(join(tmpdir(), 'anjie-matching-'));
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

/** Writes one delimited file a side. */
export function filesOf(folder: string, declaration: Declaration, sides: PlainSides, name = ''): Record<string, Source> {
  return Object.fromEntries(
    declaration.sides.map(({ key }) => {
      const path = join(folder, `${name}${key}.csv`);
      const header = Object.keys(declaration.columns);
      const lines = (sides[key] ?? []).map((row) => header.map((column) => `"${String(row[column] ?? (declaration.columns[column]?.type === 'fen' ? 0 : ''))}"`).join(','));
      writeFileSync(path, `${[header.join(','), ...lines].join('\n')}\n`);
      return [key, { kind: 'delimited', path, header } satisfies Source];
    }),
  );
}

let serial = 0;

/** A receipt of leg bureau ↔ tax, with what the test says differently. */
export function receipt(given: PlainRow = {}): PlainRow {
  serial += 1;
  return {
    taxrpt_no: `3${String(serial).padStart(19, '0')}`, taxrpt_row: '1', kind: '01', orig_taxrpt_no: '', orig_taxrpt_row: '', levy_state: '61', insutype: '310',
    levy_item: '10210', levy_subitem: '102101', accrym_begn: '202610', accrym_end: '202610', clct_date: '2026-10-10', taxdept_code: '19901010000',
    amt: 120_000 + serial, inte: 0, latefee: 0, ...given,
  };
}
