import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { OPERATIONS } from '../../activities/office-case/registry';
import { changesOf } from '../../domain/office-case/changes';
import { EFFECT, operationOf, type CaseDefinition } from '../../domain/office-case/definition';
import { attachmentsHashOf, decisionSubject, hashOf, seenHashOf } from '../../domain/office-case/digest';
import { checkForm, extractOf } from '../../domain/office-case/form';
import { openState } from '../../domain/office-case/state';
import { CaseDefinitionError, currentCaseDefinitions, loadCaseDefinitions, openCaseDefinitions, parseDefinition } from '../../schemas/processes/load-cases';
import { definitionOf, partiesOf, PARTY_FIELDS, sign } from '../support/office-definitions';

const review = sign({ key: 'review', role: 'reviewer' });

const TERM = { hours: 8, remindAt: [0.5], escalateTo: 'approver' } as const;
const SILENT = sign({ key: 'confirm', role: 'cityConfirmer', where: 'parties', need: 'all', deadline: TERM, onOverdue: { act: 'confirm' } });

/** What is wrong with a definition, and what the loader says. */
const WRONG: readonly (readonly [string, Partial<CaseDefinition> & Record<string, unknown>, RegExp])[] = [
  ['a misspelt member', { chian: [] }, /[Uu]nrecognized key/],
  ['nobody signs', { chain: [{ key: 'auto', zh: 'a', en: 'a', kind: 'automatic', operation: 'a.b', summary: 'a' }] }, /nobody signs/],
  ['an unknown role', { chain: [{ ...review, role: 'boss' }] }, /role/],
  ['two steps of one key', { chain: [review, review] }, /two steps/],
  ['a step called effect', { chain: [{ ...review, key: EFFECT }] }, /no step may be called/],
  ['a return to a later step', { chain: [{ ...review, returnTo: 'later' }, { ...review, key: 'later' }] }, /returnTo/],
  ['when on a text', { chain: [{ ...review, when: { field: 'subject', atLeast: 1 } }] }, /when/],
  ['a division field that is none', { chain: [{ ...review, where: 'field:subject' }] }, /where/],
  ['parties without a list', { chain: [{ ...review, where: 'parties' }] }, /list `parties`/],
  ['another list of parties that is no list', { chain: [{ ...review, where: 'list:subject' }] }, /list `subject`/],
  ['silence that stands for an approval', { form: [...definitionOf().form, PARTY_FIELDS], chain: [{ ...SILENT, role: 'approver' }] }, /never for a review or an approval/],
  ['silence that stands for a re-check', { form: [...definitionOf().form, PARTY_FIELDS], chain: [{ ...SILENT, role: 'rechecker' }] }, /never for a review or an approval/],
  ['silence of one division', { chain: [{ ...SILENT, where: 'own' }] }, /onOverdue is for parties/],
  ['silence without an end', { form: [...definitionOf().form, PARTY_FIELDS], chain: [{ ...SILENT, deadline: undefined }] }, /onOverdue needs a deadline/],
  ['silence by a result that nothing gives', { form: [...definitionOf().form, PARTY_FIELDS], chain: [{ ...SILENT, onOverdue: { act: 'confirm', when: { step: 'later', result: 'x' } } }] }, /earlier automatic step/],
  ['a business key that may be absent', { businessKey: ['amount'] }, /businessKey/],
  ['a personal business key', { form: [{ name: 'subject', zh: 'x', en: 'x', type: 'text', required: true, personal: true }], amount: undefined }, /businessKey/],
  ['an amount that is no money', { amount: 'subject' }, /amount/],
  ['a choice without choices', { form: [{ name: 'subject', zh: 'x', en: 'x', type: 'choice', required: true }], amount: undefined }, /choices/],
  ['a reminder after the end', { deadline: { hours: 1, remindAt: [1.5], escalateTo: 'approver' } }, /remindAt/],
];

test.each(WRONG)('%s is refused when it is loaded', (_what, change, message) => {
  expect(() => parseDefinition({ ...definitionOf(), ...change }, 'test.json')).toThrow(message);
});

test('the smallest definition of the tests is right', () => {
  expect(parseDefinition(JSON.parse(JSON.stringify(definitionOf())), 'test.json')).toMatchObject({ key: 'test-case' });
});

test('every shipped definition names functions, operations and an undo that exist', () => {
  const functions = new Set(readFileSync('docs/functions.tsv', 'utf8').split('\n').map((line) => line.split('\t')[0]));
  const definitions = Object.values(loadCaseDefinitions());
  expect(definitions.map(({ key }) => key)).toEqual(expect.arrayContaining(['people-change', 'xr-base-city-bank']));
  for (const definition of definitions) {
    expect([definition.key, definition.functions.filter((id) => !functions.has(id))]).toEqual([definition.key, []]);
    const names = [...definition.chain.map((step) => step.key), EFFECT].map((step) => operationOf(definition, step)).filter((name) => name !== null);
    expect([definition.key, names.filter((name) => !OPERATIONS[name])]).toEqual([definition.key, []]);
  }
});

describe('definitions of a site', () => {
  let folder = '';
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'anjie-site-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const shipped = loadCaseDefinitions()['xr-base-agency'];
  const put = (name: string, content: unknown): void => writeFileSync(join(folder, name), typeof content === 'string' ? content : JSON.stringify(content));
  const next = (shipped?.version ?? 0) + 1;

  test('stand beside the shipped ones, and this process opens cases under them', () => {
    put('site-own.json', { ...definitionOf(), key: 'site-own', operation: 'people.change' });
    put('README.md', 'not a definition');
    expect(Object.keys(loadCaseDefinitions(folder))).toEqual([...Object.keys(loadCaseDefinitions()), 'site-own']);
    expect(openCaseDefinitions(folder, OPERATIONS)['site-own']).toMatchObject({ zh: '测试件' });
    expect(currentCaseDefinitions()['site-own']).toMatchObject({ operation: 'people.change' });
    openCaseDefinitions(null, OPERATIONS);
    expect(currentCaseDefinitions()['site-own']).toBeUndefined();
  });

  test('take the place of a shipped one with a higher version only', () => {
    put('xr-base-agency.json', { ...shipped, version: next, zh: '本地经办机构维护' });
    expect(loadCaseDefinitions(folder)['xr-base-agency']).toMatchObject({ version: next, zh: '本地经办机构维护' });
    put('xr-base-agency.json', { ...shipped, zh: '本地经办机构维护' });
    expect(() => loadCaseDefinitions(folder)).toThrow(`give it version ${next}`);
  });

  /** A file, its content, and what is said of it. */
  const FAULTS: readonly (readonly [string, unknown, RegExp])[] = [
    ['a.json', '{', /a\.json: no JSON/],
    ['a.json', 'null', /a\.json/],
    ['a.json', { ...definitionOf(), key: 'b' }, /a\.json/],
    ['other.json', { ...definitionOf(), key: 'site-own' }, /bears the name of the key/],
    ['site-own.json', { ...definitionOf(), key: 'site-own', undo: 'nothing' }, /undo names nothing/],
    ['site-own.json', { ...definitionOf(), key: 'site-own', operation: 'site.own' }, /no register operation site\.own/],
    ['site-own.json', { ...definitionOf(), key: 'site-own', chain: [] }, /chain/],
  ];
  test.each(FAULTS)('%s that is %j stops the start by name and code', (name, content, message) => {
    put(name, content);
    const start = (): unknown => openCaseDefinitions(folder, OPERATIONS);
    expect(start).toThrow(CaseDefinitionError);
    expect(start).toThrow(message);
    expect(start).toThrow(/^CASE_DEFINITION_INVALID /);
  });
});

const FORM = definitionOf({
  form: [
    { name: 'subject', zh: '事项', en: 'Subject', type: 'text', required: true, max: 5 },
    { name: 'amount', zh: '金额', en: 'Amount', type: 'fen', min: 1, max: 100 },
    { name: 'month', zh: '月份', en: 'Month', type: 'period' },
    { name: 'account', zh: '账号', en: 'Account', type: 'account' },
    { name: 'kind', zh: '种类', en: 'Kind', type: 'choice', choices: [{ value: 'a', zh: '甲', en: 'A' }] },
    { name: 'day', zh: '日期', en: 'Day', type: 'date' },
    { name: 'fund', zh: '基金', en: 'Fund', type: 'fund' },
    PARTY_FIELDS,
  ],
  chain: [sign({ key: 'confirm', role: 'cityConfirmer', where: 'parties', need: 'all' })],
});
const RIGHT = { subject: '事项', amount: 5, month: '2026-03', parties: partiesOf() };

/** A form's change, and the path of what is wrong; null when nothing is. */
const FORMS: readonly (readonly [Record<string, unknown>, string | null])[] = [
  [{}, null],
  [{ subject: undefined }, 'subject'],
  [{ subject: '  ' }, 'subject'],
  [{ subject: '六个字的事项' }, 'subject'],
  [{ subject: 'a\u0000b' }, 'subject'],
  [{ subject: 'a\u202eb' }, 'subject'],
  [{ subject: 5 }, 'subject'],
  [{ amount: 0 }, 'amount'],
  [{ amount: 101 }, 'amount'],
  [{ amount: 1.5 }, 'amount'],
  [{ amount: '5' }, 'amount'],
  [{ amount: 2 ** 53 }, 'amount'],
  [{ month: '2026-13' }, 'month'],
  [{ account: '12 34 56 78' }, 'account'],
  [{ kind: 'b' }, 'kind'],
  [{ kind: 'toString' }, 'kind'],
  [{ day: '2026-02-30' }, 'day'],
  [{ fund: 'constructor' }, 'fund'],
  [{ fund: 'employeePool' }, null],
  [{ surplus: 1 }, 'surplus'],
  [JSON.parse('{"__proto__": {"x": 1}}') as Record<string, unknown>, '__proto__'],
  [{ parties: [] }, 'parties'],
  [{ parties: 'all' }, 'parties'],
  [{ parties: [...partiesOf(), ...partiesOf()] }, 'parties[3].slot'],
  [{ parties: [{ slot: 'x y', division: '990100', zh: 'x', amount: '1' }] }, 'parties[0].slot'],
  [{ parties: [{ slot: 'x', division: '9901', zh: 'x', amount: '1' }] }, 'parties[0].division'],
  [{ parties: [null] }, 'parties[0]'],
];

test.each(FORMS)('form %j: %s', (change, path) => {
  const form = Object.fromEntries([...Object.entries(RIGHT), ...Object.entries(change)]);
  if (Object.hasOwn(change, '__proto__')) Object.defineProperty(form, '__proto__', { value: {}, enumerable: true });
  expect(checkForm(FORM, form)[0]?.path ?? null).toBe(path);
});

test('changes between rounds, whatever the order of members', () => {
  expect(changesOf({ a: 1, b: { x: 1, y: 2 }, c: 3 }, { b: { y: 2, x: 1 }, a: 2, d: 4 })).toEqual([
    { field: 'a', before: 1, after: 2 },
    { field: 'c', before: 3, after: undefined },
    { field: 'd', before: undefined, after: 4 },
  ]);
});

const NONE = attachmentsHashOf([]);

test('what is signed follows from what was seen: form, attachments, round and step, and from a new form where the act brings one', () => {
  const extract = extractOf(FORM, RIGHT, hashOf);
  const opened = { caseNo: 'n', definition: 'k', definitionVersion: 1, division: '990000', parentDivision: '990000', rootDivision: '990000', makerId: 'm', extract, openedAt: 1 };
  const state = openState(opened);
  const act = { act: 'submit' as const, step: 'maker', round: 1, opinion: '' };
  const seen = decisionSubject(state, act, NONE).seenHash;
  expect(decisionSubject({ ...state, round: 2 }, act, NONE).seenHash).not.toBe(seen);
  expect(decisionSubject({ ...state, step: 'confirm' }, act, NONE).seenHash).not.toBe(seen);
  expect(decisionSubject(state, { ...act, form: RIGHT }, NONE).seenHash).toBe(seen);
  expect(decisionSubject(state, { ...act, form: { ...RIGHT, amount: 6 } }, NONE).seenHash).not.toBe(seen);
  const file = { id: 'a', sha256: '1', withdrawnAt: null };
  expect(attachmentsHashOf([{ ...file, withdrawnAt: 5 }])).toBe(NONE);
  expect(attachmentsHashOf([file, { ...file, id: 'b' }])).toBe(attachmentsHashOf([{ ...file, id: 'b' }, file]));
  for (const other of [[file], [{ ...file, sha256: '2' }], [{ ...file, id: 'b' }]]) expect(decisionSubject(state, act, attachmentsHashOf(other)).seenHash).not.toBe(seen);
  expect(decisionSubject(state, { ...act, form: RIGHT }, attachmentsHashOf([file])).seenHash).toBe(seenHashOf(state, attachmentsHashOf([file])));
  expect(decisionSubject(state, { ...act, to: { userId: 'x' } }, NONE).opinionHash).not.toBe(decisionSubject(state, act, NONE).opinionHash);
});
