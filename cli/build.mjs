/**
 * Builds dist/: TypeScript through swc, everything else that the program reads (JSON, CSV, HTML, fonts …) copied.
 * Only what changed since the last build is done again; a file appears in dist/ by rename, so a running process never
 * reads half of one. Plain Node, so that it works before anything is built: `node cli/build.mjs`.
 */
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const dist = path.join(root, 'dist');
const manifestPath = path.join(dist, '.build.json');
const bundlePath = path.join(dist, 'workflow-bundle.js');

/** The folders that make the program; tests stay outside. */
const sourceFolders = [
  'activities', 'api', 'bench', 'cli', 'domain', 'runtime', 'sandbox', 'schemas', 'store', 'temporal-dev', 'workers', 'workflows',
];
/** What a workflow bundle may hold: see the import borders in eslint.config.mjs. */
const bundledFolders = ['workflows', 'domain', 'schemas', 'runtime'];
const notCopied = new Set(['.md', '.mjs', '.map']);

function listFiles(folder) {
  const absolute = path.join(root, folder);
  if (!fs.existsSync(absolute)) return [];
  return fs
    .readdirSync(absolute, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.name.startsWith('.'))
    .map((entry) => path.relative(root, path.join(entry.parentPath, entry.name)))
    .filter((file) => !file.endsWith('.d.ts') && !notCopied.has(path.extname(file)));
}

/** A file's mark: its time and size. A checkout or an edit changes at least one of them. */
function markOf(file) {
  const { mtimeMs, size } = fs.statSync(path.join(root, file));
  return `${mtimeMs}:${size}`;
}

function digest(text) {
  return createHash('sha256').update(text).digest('hex').slice(0, 16);
}

function readManifest() {
  if (!fs.existsSync(manifestPath)) return { toolchain: '', files: {}, bundle: '' };
  return JSON.parse(fs.readFileSync(manifestPath, 'utf8'));
}

function outputOf(file) {
  return path.join(dist, file.endsWith('.ts') ? file.replace(/\.ts$/, '.js') : file);
}

function writeAtomically(file, content) {
  fs.mkdirSync(path.dirname(file), { recursive: true });
  const temporary = `${file}.${process.pid}.tmp`;
  fs.writeFileSync(temporary, content);
  fs.renameSync(temporary, file);
}

async function compile(files) {
  if (files.length === 0) return;
  const swc = await import('@swc/core');
  for (const file of files) {
    const output = outputOf(file);
    if (!file.endsWith('.ts')) {
      writeAtomically(output, fs.readFileSync(path.join(root, file)));
      continue;
    }
    const { code, map } = await swc.transformFile(path.join(root, file), { configFile: path.join(root, '.swcrc'), swcrc: false });
    writeAtomically(output, `${code}\n//# sourceMappingURL=${path.basename(output)}.map\n`);
    if (map) writeAtomically(`${output}.map`, map);
  }
}

function removeOutputs(files) {
  for (const file of files) {
    const output = outputOf(file);
    fs.rmSync(output, { force: true });
    if (file.endsWith('.ts')) fs.rmSync(`${output}.map`, { force: true });
  }
}

/** Bundles the workflows once, so that neither a worker nor a test has to. */
async function bundleWorkflows() {
  const { bundleWorkflowCode } = await import('@temporalio/worker');
  const failureConverter = path.join(dist, 'runtime', 'failure-converter.js');
  const { code } = await bundleWorkflowCode({
    workflowsPath: path.join(dist, 'workflows', 'index.js'),
    ...(fs.existsSync(failureConverter) ? { failureConverterPath: failureConverter } : {}),
    logger: { log() {}, trace() {}, debug() {}, info() {}, warn: console.error, error: console.error },
  });
  writeAtomically(bundlePath, code);
  return code.length;
}

/** The files that the workbench was built from last time, unchanged, and those that stand in web/ now: are they the same? */
function workbenchStands(before) {
  if (!before || !fs.existsSync(path.join(dist, 'web', 'index.html'))) return false;
  const inFolder = listWorkbench();
  return inFolder.every((file) => file in before) && Object.entries(before).every(([file, mark]) => fs.existsSync(path.join(root, file)) && markOf(file) === mark);
}

function listWorkbench() {
  return fs
    .readdirSync(path.join(root, 'web'), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.name.startsWith('.') && path.extname(entry.name) !== '.md')
    .map((entry) => path.relative(root, path.join(entry.parentPath, entry.name)));
}

/**
 * Builds the workbench into dist/web: hashed assets first, each with a gzip twin, then index.html, then what no page asks
 * for any more goes. Returns the marks of all our files that went in.
 */
async function buildWorkbench() {
  // Vue is built for people, also where a test asked for the build.
  process.env.NODE_ENV = 'production';
  const vite = await import('vite');
  const built = await vite.build({ configFile: path.join(root, 'web', 'vite.config.mjs'), build: { write: false } });
  const files = new Map(built.output.map((file) => [file.fileName, Buffer.from(file.type === 'chunk' ? file.code : file.source)]));
  for (const [name, content] of [...files].sort(([a], [b]) => Number(a === 'index.html') - Number(b === 'index.html'))) {
    writeAtomically(path.join(dist, 'web', `${name}.gz`), gzipSync(content));
    writeAtomically(path.join(dist, 'web', name), content);
  }
  for (const name of fs.readdirSync(path.join(dist, 'web', 'assets'))) {
    if (!files.has(`assets/${name.replace(/\.gz$/, '')}`)) fs.rmSync(path.join(dist, 'web', 'assets', name));
  }
  const modules = built.output.flatMap((file) => (file.type === 'chunk' ? file.moduleIds : []));
  const ours = modules.map((id) => path.relative(root, id.split('?')[0])).filter((file) => !file.startsWith('..') && !file.startsWith('node_modules'));
  return Object.fromEntries([...new Set([...listWorkbench(), ...ours])].filter((file) => fs.existsSync(path.join(root, file))).map((file) => [file, markOf(file)]));
}

function say(text) {
  process.stderr.write(`${text}\n`);
}

export async function build() {
  const before = readManifest();
  const toolchain = digest(
    ['.swcrc', 'cli/build.mjs', 'package-lock.json'].map((file) => fs.readFileSync(path.join(root, file))).join('\n'),
  );
  const known = before.toolchain === toolchain ? before.files : {};
  const marks = Object.fromEntries(sourceFolders.flatMap(listFiles).map((file) => [file, markOf(file)]));

  const stale = Object.keys(marks).filter((file) => known[file] !== marks[file] || !fs.existsSync(outputOf(file)));
  const gone = Object.keys(before.files).filter((file) => !(file in marks));
  if (stale.length > 0) say(`编译 building ${stale.length} file(s)`);
  removeOutputs(gone);
  await compile(stale);

  const bundleMark = digest(
    JSON.stringify([toolchain, Object.entries(marks).filter(([file]) => bundledFolders.includes(file.split(path.sep)[0]))]),
  );
  const manifest = { toolchain, files: marks, bundle: before.bundle, workbench: before.workbench };
  const hasWorkflows = 'workflows/index.ts' in marks;
  if (hasWorkflows && (before.bundle !== bundleMark || !fs.existsSync(bundlePath))) {
    // Written first without the bundle's mark: a bundle that fails to build is tried again, the compiled files are not.
    writeAtomically(manifestPath, JSON.stringify({ ...manifest, bundle: '' }));
    const bytes = await bundleWorkflows();
    say(`打包工作流 workflow bundle ${(bytes / 1024 / 1024).toFixed(2)} MiB`);
  }
  manifest.bundle = hasWorkflows ? bundleMark : '';
  manifest.workbench = before.toolchain === toolchain ? before.workbench : undefined;
  writeAtomically(manifestPath, JSON.stringify(manifest));
  if (!workbenchStands(manifest.workbench)) {
    manifest.workbench = await buildWorkbench();
    say(`打包工作台 workbench ${Object.keys(manifest.workbench).length} file(s)`);
    writeAtomically(manifestPath, JSON.stringify(manifest));
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await build();
