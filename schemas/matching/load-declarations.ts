import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Declaration } from '../../domain/matching/declaration';
import { checkDeclaration } from './check-declaration';

/** The reconciliations that the program ships. */
const SHIPPED = join(__dirname, 'declarations');

/** All declarations of a folder by their key. Throws DeclarationError, or Error when a key stands twice. */
export function loadDeclarations(folder: string = SHIPPED): ReadonlyMap<string, Declaration> {
  const found = new Map<string, Declaration>();
  for (const file of readdirSync(folder).filter((each) => each.endsWith('.json')).sort()) {
    const declaration = checkDeclaration(JSON.parse(readFileSync(join(folder, file), 'utf8')));
    if (found.has(declaration.key)) throw new Error(`the reconciliation ${declaration.key} is declared twice`);
    found.set(declaration.key, declaration);
  }
  return found;
}
