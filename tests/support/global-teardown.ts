import fs from 'node:fs';
import path from 'node:path';

import { takeDataFolder } from '../../cli/launcher/data-folder';
import { stopSharedMariaDb } from './mariadb';
import { removeTemporaryFolder } from './temporary-folder';

/** After the last test of a run: ends what broken tests left running, and removes the folders of the run. */
export default async function tearDown(): Promise<void> {
  const stacks = process.env['ANJIE_TEST_STACKS'];
  if (stacks) {
    for (const name of fs.readdirSync(stacks)) {
      const folder = await takeDataFolder(path.join(stacks, name), (line) => process.stderr.write(`${line}\n`));
      folder.release();
    }
    fs.rmSync(stacks, { recursive: true, force: true });
  }
  const databases = process.env['ANJIE_TEST_DATABASES'];
  if (databases) {
    await stopSharedMariaDb(databases);
    fs.rmSync(databases, { recursive: true, force: true });
  }
  const notes = process.env['ANJIE_SERVES_DIR'];
  if (notes) fs.rmSync(notes, { recursive: true, force: true });
  removeTemporaryFolder();
}
