import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Noto Sans SC (SIL Open Font License), the whole font as an npm package carries it; the PDF embeds only what it shows. */
const PACKAGE = '@expo-google-fonts/noto-sans-sc';
const FILES = { regular: '400Regular/NotoSansSC_400Regular.ttf', bold: '700Bold/NotoSansSC_700Bold.ttf' } as const;

export type FontName = keyof typeof FILES;

const loaded = new Map<FontName, Buffer>();

/** The bytes of a font, read once (about 10 MB each). Throws Error when the package is not installed. */
export function fontBytes(name: FontName): Buffer {
  const known = loaded.get(name);
  if (known) return known;
  const bytes = readFileSync(join(dirname(require.resolve(`${PACKAGE}/package.json`)), FILES[name]));
  loaded.set(name, bytes);
  return bytes;
}
