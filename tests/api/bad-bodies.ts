import { routes } from '../../api/routes';
import type { Route } from '../../api/route';
import table from './bad-inputs.json';
import type { RowCounts } from './standing';

/** A row of bad-inputs.json. */
export interface BadBody {
  readonly group: string;
  readonly name: string;
  readonly case?: string;
  readonly base: string;
  readonly set?: Record<string, unknown>;
  readonly remove?: readonly string[];
  readonly append?: Record<string, { copy: string; set: Record<string, unknown> }>;
  readonly whole?: unknown;
  readonly code?: string;
  readonly issue?: string;
  readonly row?: string;
  readonly leaves?: RowCounts;
}

const { note: _note, ...groups } = table;

export const BAD_BODIES: readonly BadBody[] = Object.entries(groups).flatMap(([group, rows]) =>
  (rows as unknown as Omit<BadBody, 'group'>[]).map((row) => ({ group, ...row })),
);

/** Operations by the short names of the table. */
const BASES: Readonly<Record<string, string>> = {
  admit: 'admit', search: 'searchAdmissions', cancel: 'cancelAdmission', deposit: 'recordDeposit', fees: 'uploadFees',
  withdrawFees: 'withdrawFees', preSettle: 'preSettle', settle: 'settle', discharge: 'discharge', cancelSettlement: 'cancelSettlement',
  acceptAmounts: 'acceptAmounts', resolveUnknown: 'resolveUnknown',
};

/** The operation that a row is about. Throws for a base that the table does not know. */
export function routeOf({ base }: BadBody): Route {
  const route = routes.find((one) => one.operationId === BASES[base]);
  if (!route) throw new Error(`the table names no operation: ${base}`);
  return route;
}

type Members = Record<string, unknown>;

function place(body: unknown, path: string): { holder: Members; name: string } {
  const parts = path.split('.');
  const name = parts.pop() ?? '';
  const holder = parts.reduce<Members>((node, part) => node[part] as Members, body as Members);
  return { holder, name };
}

/** A raw JSON literal survives JSON.stringify as text between marks, taken off again afterwards. */
const MARK = '\u0001raw:';

function valueOf(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  const { repeat, times, json } = value as { repeat?: string; times?: number; json?: string };
  if (json !== undefined) return `${MARK}${json}`;
  return repeat === undefined ? value : repeat.repeat(times ?? 1);
}

/** The example of the operation with the changes of the row, as the bytes that are sent. */
export function bodyOf(row: BadBody, example: unknown): string {
  if ('whole' in row) return JSON.stringify(row.whole);
  const body = structuredClone(example) as Members;
  for (const path of row.remove ?? []) {
    const { holder, name } = place(body, path);
    delete holder[name];
  }
  for (const [path, value] of Object.entries(row.set ?? {})) {
    const { holder, name } = place(body, path);
    holder[name] = valueOf(value);
  }
  for (const [path, { copy, set }] of Object.entries(row.append ?? {})) {
    const from = place(body, copy);
    (place(body, path).holder[path] as unknown[]).push({ ...(from.holder[from.name] as object), ...set });
  }
  return JSON.stringify(body).replace(/"\\u0001raw:([^"]*)"/g, '$1');
}
