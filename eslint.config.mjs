import { builtinModules } from 'node:module';
import tseslint from 'typescript-eslint';

const ours = ['activities', 'api', 'bench', 'cli', 'domain', 'runtime', 'sandbox', 'schemas', 'store', 'temporal-dev', 'web', 'workers', 'workflows'];

/** What each folder may import of ours; api, workers, cli and bench may import anything. docs/architecture.md explains. */
const mayImport = {
  domain: ['schemas'],
  schemas: ['domain'],
  runtime: ['domain', 'schemas'],
  store: ['domain', 'schemas', 'runtime'],
  activities: ['store', 'domain', 'schemas', 'runtime'],
  sandbox: ['domain', 'schemas', 'runtime'],
  'temporal-dev': ['runtime', 'domain'],
};

const reasons = {
  domain: 'domain/ holds pure functions: it imports nothing of ours but schemas/.',
  schemas: 'schemas/ is the source of shapes: it imports nothing of ours but domain/.',
  runtime: 'runtime/ is what every process stands on: it imports only domain/ and schemas/.',
  store: 'store/ keeps rows: it imports only domain/, schemas/ and runtime/, so that it can be tested without the rest.',
  activities: 'activities/ touch the world for a workflow; they import store/, domain/, schemas/ and runtime/, never a workflow or the API.',
  sandbox: 'sandbox/ plays the counterparty, so it shares no code that keeps our books: only domain/, schemas/ and the plain pieces of runtime/.',
  'temporal-dev': 'temporal-dev/ starts the development server and knows nothing of the product above runtime/.',
};

/** Files `depth` folders down, where `../` repeated so often reaches the root and anything less stays inside. */
const depths = [1, 2, 3, 4, 5];
function filesAt(folder, depth) {
  return [`${folder}/${'*/'.repeat(depth - 1)}*.ts`];
}
function pattern(folder, depth) {
  return `^(\\.\\./){${depth}}${folder}(/|$)`;
}

function border(folder) {
  const forbidden = ours.filter((other) => other !== folder && !mayImport[folder].includes(other));
  return depths.map((depth) => ({
    files: filesAt(folder, depth),
    rules: {
      '@typescript-eslint/no-restricted-imports': [
        'error',
        { patterns: forbidden.map((other) => ({ regex: pattern(other, depth), message: reasons[folder] })) },
      ],
    },
  }));
}

const deterministic =
  'Workflow code is replayed: it must be deterministic and light. Ask an activity for anything of the world; take types by `import type`.';
const heavy = [
  'zod', 'typeorm', 'pino', 'better-sqlite3', 'mysql2', 'express', 'jose', 'iconv-lite', 'csv-parse',
  '@temporalio/activity', '@temporalio/client', '@temporalio/worker', '@temporalio/testing',
];
const builtins = builtinModules.filter((name) => !name.startsWith('_'));

const workflowBorders = depths.map((depth) => ({
  files: filesAt('workflows', depth),
  rules: {
    '@typescript-eslint/no-restricted-imports': [
      'error',
      {
        paths: [...heavy, ...builtins].map((name) => ({ name, message: deterministic })),
        patterns: [
          { regex: '^node:', message: deterministic },
          { regex: `^(${heavy.join('|')})/`, message: deterministic },
          { regex: pattern('schemas/api', depth), message: 'schemas/api/ brings zod into the workflow bundle; check in the API, re-check in domain/.' },
          { regex: pattern('activities', depth), message: 'Workflows import only types from activities/: use `import type`.', allowTypeImports: true },
          ...ours
            .filter((other) => !['workflows', 'domain', 'schemas', 'activities'].includes(other))
            .map((other) => ({ regex: pattern(other, depth), message: `Workflows import domain/, types of schemas/ and of activities/, not ${other}/.`, allowTypeImports: other === 'runtime' })),
        ],
      },
    ],
    'no-restricted-globals': ['error', ...['setInterval', 'fetch', 'process'].map((name) => ({ name, message: deterministic }))],
  },
}));

const browser = 'web/ runs in the browser: of ours it imports pure domain/ and data and types of schemas/, and meets the rest through web/api.ts.';
const webBorders = depths.map((depth) => ({
  files: filesAt('web', depth),
  rules: {
    '@typescript-eslint/no-restricted-imports': [
      'error',
      {
        paths: builtins.map((name) => ({ name, message: browser })),
        patterns: [
          { regex: '^node:', message: browser },
          { regex: `^(\\.\\./){${depth}}schemas/(?!.*\\.json$)`, message: browser, allowTypeImports: true },
          ...ours.filter((other) => !['domain', 'schemas', 'web'].includes(other)).map((other) => ({ regex: pattern(other, depth), message: browser })),
        ],
      },
    ],
  },
}));

const money = 'Amounts are integers of fen: parse with domain/money, print with formatYuan.';

export default tseslint.config(
  { ignores: ['dist/', 'data/', 'node_modules/', 'coverage/', 'schemas/national/generated/'] },
  ...tseslint.configs.recommended,
  {
    files: ['**/*.ts'],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-unused-vars': [
        'error',
        { argsIgnorePattern: '^_', varsIgnorePattern: '^_', ignoreRestSiblings: true },
      ],
      'no-empty': 'error',
      eqeqeq: 'error',
      'max-lines': ['error', { max: 400 }],
      'no-restricted-globals': ['error', { name: 'parseFloat', message: money }],
      'no-restricted-properties': ['error', { property: 'toFixed', message: money }, { object: 'Number', property: 'parseFloat', message: money }],
      'no-restricted-syntax': ['error', { selector: 'TSEnumDeclaration', message: 'Use a union of `as const` values.' }],
    },
  },
  {
    files: ['**/*.js', '**/*.mjs'],
    rules: { '@typescript-eslint/no-require-imports': 'off' },
  },
  ...Object.keys(mayImport).flatMap(border),
  ...workflowBorders,
  ...webBorders,
);
