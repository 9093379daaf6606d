import { operations as coordination } from '../../activities/coordination';
import { operations as disbursement } from '../../activities/disbursement';
import { operations as prepayment } from '../../activities/xr-prepayment';
import { readFunctions } from '../../cli/functions/catalogue';
import { ISSUE_URGENCIES } from '../../domain/coordination/issue';
import { EFFECT, operationOf, type CaseDefinition } from '../../domain/office-case/definition';
import { dueEvents } from '../../domain/office-case/moments';
import { apply } from '../../domain/office-case/state';
import type { CaseState } from '../../domain/office-case/types';
import { loadCaseDefinitions } from '../../schemas/processes/load-cases';

const MINE = /^xr-(base|prepay|pay|issue)|^xr-clear-(city-pay|forward|inst-pay|pay-undo)/;
const definitions: readonly CaseDefinition[] = Object.values(loadCaseDefinitions()).filter(({ key }) => MINE.test(key));
const operations = { ...prepayment, ...disbursement, ...coordination };

test('each definition names operations that exist, and each operation is named', () => {
  const named = definitions.flatMap((definition) => [...definition.chain.map(({ key }) => key), EFFECT].flatMap((step) => operationOf(definition, step) ?? []));
  expect([...new Set(named)].sort()).toEqual(Object.keys(operations).sort());
});

test('each function of the catalogue that is office work here has one definition', () => {
  const ids = readFunctions('docs/functions.tsv').map(({ id }) => id);
  const mine = ids.filter((id) => /^xr-(base|prepay|pay|issue)-/.test(id) || id.startsWith('xr-clear-city-'));
  const served = definitions.flatMap(({ functions }) => functions);
  const read = mine.filter((id) => /-(query|statistics)$/.test(id));
  expect(served.filter((id) => !ids.includes(id))).toEqual([]);
  expect(mine.filter((id) => !served.includes(id)).sort()).toEqual(read.sort());
  expect(new Set(served).size).toBe(served.length);
});

test('issues of the three urgencies differ in the term of the answer alone', () => {
  const [normal, urgent, critical] = ['xr-issue', 'xr-issue-urgent', 'xr-issue-critical'].map((key) => {
    const found = definitions.find((each) => each.key === key);
    if (!found) throw new Error(`no ${key}`);
    const { chain, form, businessKey, operation, startRoles, startLevel } = found;
    const handle = chain.find((step) => step.key === 'handle');
    const urgency = form.find(({ name }) => name === 'urgency')?.choices?.map(({ value }) => value);
    const terms = handle?.kind === 'sign' ? [urgency, handle.deadline?.hours] : [];
    return { terms, rest: { chain: chain.filter((step) => step.key !== 'handle'), form: form.filter(({ name }) => name !== 'urgency'), businessKey, operation, startRoles, startLevel } };
  });
  expect([normal?.terms, urgent?.terms, critical?.terms]).toEqual([[['normal'], 480], [['urgent'], 80], [['critical'], 16]]);
  for (const { workingDays } of Object.values(ISSUE_URGENCIES)) expect([normal, urgent, critical].map((each) => each?.terms[1])).toContain(workingDays * 8);
  expect([urgent?.rest, critical?.rest]).toEqual([normal?.rest, normal?.rest]);
  const accept = normal?.rest.chain.find(({ key }) => key === 'accept');
  expect(accept).toMatchObject({ where: 'field:peer', deadline: { hours: 8 } });
});

test("the raiser's silence to the end of its term closes an answered issue, where the province lets it", () => {
  const definition = definitions.find(({ key }) => key === 'xr-issue');
  if (!definition) throw new Error('no xr-issue');
  const seat = { slot: 'raiser-990100', zh: '发起方', role: 'reviewer', division: '990100', state: 'open', round: 1, assigneeId: null, added: false, openedAt: 1, doneAt: null, by: null, keptFrom: null, mark: 'm' };
  const state = (silenceCloses: boolean) =>
    ({ version: 9, status: 'inReview', step: 'confirm', round: 1, slots: { confirm: [seat] }, skipped: [], applied: [], results: { answered: { silenceCloses } }, timing: { startedAt: 1, spentMs: 0, since: 1, remindAt: [], dueAt: 100 }, escalatedAt: null, extract: { parties: {}, numbers: {} } }) as unknown as CaseState;
  expect(dueEvents(definition, state(true), 99)).toEqual([]);
  const [silent] = dueEvents(definition, state(true), 100);
  expect(silent).toMatchObject({ type: 'tacit', slots: ['raiser-990100'] });
  expect(silent && apply(definition, state(true), silent)).toMatchObject({ step: 'effect', status: 'approved' });
  expect(dueEvents(definition, state(false), 100)).toMatchObject([{ type: 'escalated' }]);
});

test.each(definitions.map((definition) => [definition.key, definition] as const))('%s: whoever makes never signs, and no two steps share a role and place', (_, { chain }) => {
  const signs = chain.filter((step) => step.kind === 'sign');
  // Who takes an issue on may answer it; who raised it may not, which the register sees to.
  const judging = signs.filter(({ key }) => key !== 'handle');
  expect(judging.every((step) => step.different !== false)).toBe(true);
  expect(new Set(judging.map(({ role, where }) => `${role}/${where}`)).size).toBe(judging.length);
  expect(signs.every((step) => step.deadline)).toBe(true);
});
