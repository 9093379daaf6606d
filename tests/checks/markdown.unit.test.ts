import path from 'node:path';

import { missingNames } from '../../cli/checks/markdown';

const root = path.resolve('.');
const scripts = new Set(['demo', 'test', 'test:unit']);

function found(text: string): string[] {
  return missingNames('docs/page.md', text, root, scripts).map(({ line, name }) => `${line} ${name}`);
}

test('links are read from the page that holds them', () => {
  expect(found('[a](../package.json)\n[b](package.json) [c](https://example.org/x) [d](#part)')).toEqual(['2 package.json']);
});

test('paths in inline code are read from the root when they start with one of its folders', () => {
  expect(found('`domain/money.ts` `domain/no-money.ts` `made/up.ts` `data/logs/api.log` `cli/<verb>.ts`')).toEqual([
    '1 domain/no-money.ts',
  ]);
});

test('npm scripts must exist, npm words of its own need not', () => {
  expect(found('`npm run demo`, `npm test`, `npm run test:unit`, `npm ci`\n`npm run fly`')).toEqual(['2 npm run fly']);
});
