import { findCycles } from '../../cli/checks/cycles';

function files(text: Record<string, string>): Map<string, string> {
  return new Map(Object.entries(text));
}

test('a circle through three files is found once, with its way', () => {
  const cycles = findCycles(
    files({
      'store/a.ts': "import { b } from './b';\nexport const a = b;",
      'store/b.ts': "import {\n  c,\n} from '../domain';\nexport const b = c;",
      'domain/index.ts': "export * from '../store/a';",
      'domain/lonely.ts': "import './index';",
    }),
  );
  expect(cycles).toEqual([['store/a.ts', 'store/b.ts', 'domain/index.ts', 'store/a.ts']]);
});

test('an import of types only makes no circle', () => {
  const cycles = findCycles(files({ 'a.ts': "import type { B } from './b';", 'b.ts': "import { a } from './a';" }));
  expect(cycles).toEqual([]);
});
