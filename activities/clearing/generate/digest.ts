import { createHash } from 'node:crypto';
import { type ClearingLine, keyOf } from '../../../domain/clearing/lines';

/** SHA-256 of lines, whatever their order: what a city confirmed and what was approved can be told from what stands. */
export function digestOf(lines: readonly ClearingLine[]): string {
  const hash = createHash('sha256');
  for (const text of lines.map((line) => `${keyOf(line)}=${line.count},${line.fen}`).sort()) hash.update(`${text}\n`);
  return hash.digest('hex');
}
