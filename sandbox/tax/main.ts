import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { shippedFormat } from '../../schemas/files/load-formats';
import { reportError, runAsProcess, wholeNumber } from '../kit/process';
import type { TransportKeys } from './machinery';
import { startTaxSandbox } from './server';

const keysSchema = z
  .strictObject({ sm4Key: z.string().regex(/^[0-9a-f]{32}$/), privateKey: z.string().regex(/^[0-9a-f]{64}$/), bureauPublicKey: z.string().regex(/^04[0-9a-f]{128}$/) })
  .transform((keys): TransportKeys => ({ ...keys, sm4Key: Buffer.from(keys.sm4Key, 'hex') }));

runAsProcess(async () => {
  const { env } = process;
  return startTaxSandbox({
    port: wholeNumber(env, 'SANDBOX_TAX_PORT', 8282),
    dataDir: env.SANDBOX_TAX_DATA || join(process.cwd(), 'data', 'sandbox-tax'),
    format: shippedFormat(env.SANDBOX_TAX_FORMAT || 'gbk-fixed-1'),
    folder: env.SANDBOX_TAX_FOLDER || undefined,
    keys: readKeys(env.SANDBOX_TAX_KEYS),
    onError: reportError,
  });
});

/** Keys of the sealed transport, hex texts in a JSON file. Throws Error naming the file. */
function readKeys(path: string | undefined): TransportKeys | undefined {
  if (!path) return undefined;
  if (!existsSync(path)) throw new Error(`SANDBOX_TAX_KEYS: no file ${path}`);
  return keysSchema.parse(JSON.parse(readFileSync(path, 'utf8')));
}
