import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { CaseDefinition } from '../domain/office-case/definition';
import { loadCaseDefinitions, parseDefinition } from '../schemas/processes/load-cases';

const KEY = /^[a-z][a-z0-9-]{1,47}$/;

export interface Folders {
  readonly definitions: string;
  readonly tests: string;
}

/** Writes a new case definition with its test, both ready to run and to be changed. Throws Error when the key cannot be used. */
export function writeCase(key: string, folders: Folders): string[] {
  if (!KEY.test(key)) throw new Error(`${key}：只能用小写字母、数字和短横线，以字母开头，至多 48 位`);
  const definition = resolve(folders.definitions, `${key}.json`);
  const test = resolve(folders.tests, `${key}.test.ts`);
  if (loadCaseDefinitions()[key] || existsSync(definition) || existsSync(test)) throw new Error(`${key}：已有此办件`);
  const template = parseDefinition(templateOf(key), `${key}.json`);
  mkdirSync(folders.tests, { recursive: true });
  writeFileSync(definition, `${JSON.stringify(template, null, 2)}\n`);
  writeFileSync(test, testOf(key));
  return [definition, test];
}

/** 经办→审核→审批, a subject and an amount, and no effect yet. */
function templateOf(key: string): CaseDefinition {
  return {
    key,
    version: 1,
    zh: '新办件',
    en: 'New case',
    functions: [],
    startRoles: ['maker'],
    startLevel: ['province', 'city'],
    form: [
      { name: 'subject', zh: '事项', en: 'Subject', type: 'text', required: true, max: 100 },
      { name: 'amount', zh: '金额', en: 'Amount', type: 'fen', required: true },
      { name: 'reason', zh: '说明', en: 'Reason', type: 'longText', max: 500 },
    ],
    businessKey: ['subject'],
    amount: 'amount',
    chain: [
      { key: 'review', zh: '审核', en: 'Review', kind: 'sign', role: 'reviewer', where: 'own', need: 'any' },
      { key: 'approve', zh: '审批', en: 'Approval', kind: 'sign', role: 'approver', where: 'own', need: 'any' },
    ],
    operation: null,
    deadline: { hours: 40, remindAt: [0.5, 0.8], escalateTo: 'approver' },
  };
}

function testOf(key: string): string {
  return `import { loadCaseDefinitions } from '../../../schemas/processes/load-cases';
import { walkThrough } from '../../support/office-walk';

test('${key} goes from the draft to its effect', async () => {
  const definition = loadCaseDefinitions()['${key}'];
  if (!definition) throw new Error('no definition ${key}');
  // With a register operation of its own: pass true as the third argument, and look at the register afterwards.
  const state = await walkThrough(definition, { subject: '示例事项', amount: 100 });
  expect(state).toMatchObject({ status: 'effective', round: 1 });
}, 60_000);
`;
}

/** `npm run new:case -- <key>`. */
function main(): void {
  const [key] = process.argv.slice(2);
  if (key === undefined) throw new Error('用法：npm run new:case -- <键>');
  const written = writeCase(key, { definitions: 'schemas/processes/cases', tests: 'tests/office-case/cases' });
  for (const file of written) process.stdout.write(`${file}\n`);
}

// The bootstrap loads a command by require; a test imports it.
if (process.argv[1] === __filename) {
  try {
    main();
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  }
}
