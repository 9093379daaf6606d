import { operations as coordination } from '../../activities/coordination';
import { operations as disbursement } from '../../activities/disbursement';
import { operations as prepayment } from '../../activities/xr-prepayment';
import { readFunctions } from '../../cli/functions/catalogue';
import { EFFECT, operationOf, type CaseDefinition } from '../../domain/office-case/definition';
import { loadCaseDefinitions } from '../../schemas/processes/load-cases';

const MINE = /^xr-(base|prepay|pay|issue)|^xr-clear-(city-pay|forward|pay-undo)/;
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

test.each(definitions.map((definition) => [definition.key, definition] as const))('%s: whoever makes never signs, and no two steps share a role and place', (_, { chain }) => {
  const signs = chain.filter((step) => step.kind === 'sign');
  expect(signs.every((step) => step.different !== false)).toBe(true);
  expect(new Set(signs.map(({ role, where }) => `${role}/${where}`)).size).toBe(signs.length);
  expect(signs.every((step) => step.deadline)).toBe(true);
});
