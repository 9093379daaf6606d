import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isOutcomeCode, mayRepeat, OUTCOME_CODES, outcomeOf } from '../../domain/outcomes';
import { routes } from '../../api/routes';

/** Files of a folder, deep. */
function filesOf(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
    .map((entry) => join(entry.parentPath, entry.name));
}

/** Codes of refusals as the process writes them: `{ code: 'X', message: … }` and `refuse('X', …)`. */
const REFUSAL = /(?:\{ code: |refuse\()'([A-Z][A-Z_]+)',/g;
/** Abnormal items carry codes of their own. */
const ABNORMAL = /abnormal: \{ code: '([A-Z_]+)'/g;

describe('outcomes', () => {
  test.each(OUTCOME_CODES)('%s has a title, a class that fits its status, and says what to do next', (code) => {
    const { title, next, status, class: kind } = outcomeOf(code);
    expect(title).toMatch(/\p{Script=Han}/u);
    expect(next).toMatch(/。$/);
    expect(mayRepeat(code)).toBe(kind === 'retry');
    if (kind === 'refuse') expect(status).toBeLessThan(500);
    if (status === 503 || status === 429) expect(kind).toBe('retry');
  });

  test('every refusal that the process and its rules write is in the list', () => {
    const files = ['activities', 'workflows', 'domain/admission'].flatMap(filesOf);
    const texts = files.map((file) => readFileSync(file, 'utf8'));
    const abnormal = new Set(texts.flatMap((text) => [...text.matchAll(ABNORMAL)].map((match) => match[1])));
    const codes = new Set(texts.flatMap((text) => [...text.matchAll(REFUSAL)].map((match) => match[1] ?? '')));
    expect(codes.size).toBeGreaterThan(10);
    expect([...codes].filter((code) => !isOutcomeCode(code) && !abnormal.has(code))).toEqual([]);
  });

  test('every code that a route names is one of the list, and each request outcome is named somewhere', () => {
    for (const route of routes) expect(route.errors.filter((code) => !isOutcomeCode(code))).toEqual([]);
  });
});
