import fs from 'node:fs';
import path from 'node:path';

const IMPORT = /^\s*(?:import|export)\s+(?!type\s)(?:[^'";]*?\sfrom\s+)?'(\.[^']+)'/gm;

/**
 * Finds circles of imports among TypeScript files; imports of types only do not count, they vanish in the build.
 * @param sources file → its text, paths relative to one root
 * @returns each circle once, as the files on the way round
 */
export function findCycles(sources: ReadonlyMap<string, string>): string[][] {
  const edges = new Map([...sources].map(([file, text]) => [file, importsOf(file, text, sources)]));
  const state = new Map<string, 'open' | 'done'>();
  const way: string[] = [];
  const cycles: string[][] = [];

  function visit(file: string): void {
    state.set(file, 'open');
    way.push(file);
    for (const next of edges.get(file) ?? []) {
      if (state.get(next) === 'open') cycles.push([...way.slice(way.indexOf(next)), next]);
      else if (!state.has(next)) visit(next);
    }
    way.pop();
    state.set(file, 'done');
  }

  for (const file of edges.keys()) if (!state.has(file)) visit(file);
  return cycles;
}

function importsOf(file: string, text: string, sources: ReadonlyMap<string, string>): string[] {
  const found = new Set<string>();
  for (const [, target = ''] of text.matchAll(IMPORT)) {
    const base = path.posix.join(path.posix.dirname(file), target);
    const hit = [`${base}.ts`, `${base}/index.ts`].find((candidate) => sources.has(candidate));
    if (hit) found.add(hit);
  }
  return [...found];
}

/** Reads the TypeScript files of some folders. */
export function readSources(root: string, folders: readonly string[]): Map<string, string> {
  const files = folders
    .filter((folder) => fs.existsSync(path.join(root, folder)))
    .flatMap((folder) => fs.readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' }).map((name) => `${folder}/${name}`))
    .filter((file) => file.endsWith('.ts'));
  return new Map(files.map((file) => [file, fs.readFileSync(path.join(root, file), 'utf8')]));
}
