import fs from 'node:fs';
import path from 'node:path';

import { readFunctions } from '../../cli/functions/catalogue';

const known = new Set(readFunctions(path.resolve('docs', 'functions.tsv')).map((row) => row.id));

/**
 * Says, inside a test that proves it through the API, which function of docs/functions.tsv that test serves. It counts
 * only when the test passes. Throws for an id that the list does not have, and outside a test.
 */
export function serves(...ids: readonly string[]): void {
  const folder = process.env['ANJIE_SERVES_DIR'];
  const { testPath, currentTestName } = expect.getState();
  if (!folder || !testPath || !currentTestName) throw new Error('serves() belongs inside a running test');
  const unknown = ids.filter((id) => !known.has(id));
  if (unknown.length > 0) throw new Error(`docs/functions.tsv has no ${unknown.join(', ')}`);
  const notes = ids.map((id) => `${JSON.stringify({ id, file: testPath, test: currentTestName })}\n`);
  fs.appendFileSync(path.join(folder, `${process.pid}.jsonl`), notes.join(''));
}
