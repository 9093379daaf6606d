/**
 * `npm run doctor`: what this machine has and lacks, one line each; exit code 1 when something that is needed is missing.
 * Plain Node without dependencies, because it must speak when nothing could be installed.
 */
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const cacheDir = path.resolve(root, process.env.ANJIE_CACHE_DIR || path.join('data', '.cache'));
const gigabyte = 1024 ** 3;

let missing = 0;
const line = (mark, text) => process.stdout.write(`${mark} ${text}\n`);
const good = (text) => line('✓', text);
const note = (text) => line('!', text);
function bad(text) {
  missing += 1;
  line('✗', text);
}

function answerOf(command, args) {
  const result = spawnSync(command, args, { encoding: 'utf8', timeout: 20_000 });
  return result.status === 0 ? (result.stdout || result.stderr).trim().split('\n')[0] : undefined;
}

function onPath(program) {
  const folders = (process.env.PATH ?? '').split(path.delimiter).filter(Boolean);
  return folders.map((folder) => path.join(folder, program)).find((file) => fs.existsSync(file));
}

function checkNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major > 20 || (major === 20 && minor >= 19)) good(`Node ${process.versions.node}`);
  else bad(`Node ${process.versions.node}：需要 20.19 或更新`);
  const npm = answerOf('npm', ['--version']);
  if (npm) good(`npm ${npm}`);
  else bad('npm：没有找到');
}

function checkDependencies() {
  const binding = path.join(root, 'node_modules', 'better-sqlite3', 'build', 'Release', 'better_sqlite3.node');
  if (fs.existsSync(binding)) {
    good('依赖已安装，better-sqlite3 的原生模块已就绪');
    return;
  }
  note('依赖尚未安装（npm run demo 会自动安装）');
  const compiler = onPath('c++') ?? onPath('g++') ?? onPath('clang++');
  if (compiler && onPath('make') && onPath('python3')) good(`编译器 ${compiler}、make、python3`);
  else note('没有完整的编译工具（c++、make、python3）：better-sqlite3 若下载不到预编译包就装不成；Debian：apt-get install build-essential python3');
}

function checkTemporal() {
  const named = process.env.TEMPORAL_CLI_PATH;
  const cached = fs.existsSync(cacheDir) ? fs.readdirSync(cacheDir).find((name) => /^temporal-\d/.test(name)) : undefined;
  const program = named ?? onPath('temporal') ?? (cached ? path.join(cacheDir, cached) : undefined);
  const version = program ? answerOf(program, ['--version']) : undefined;
  if (version) good(`${version}（${program}）`);
  else if (named) bad(`TEMPORAL_CLI_PATH=${named} 不能运行`);
  else if (answerOf('python3', ['-m', 'pip', '--version']) || answerOf('pip', ['--version'])) {
    good('temporal 尚未取得，首次启动时用 pip 下载');
  } else note('temporal 尚未取得，也没有 python3 与 pip：将改用 SDK 自带的下载，或请设 TEMPORAL_CLI_PATH');
}

function isFree(port) {
  return new Promise((resolve) => {
    const server = net.createServer();
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
}

async function checkPorts() {
  const places = { ANJIE_API_PORT: 8080, ANJIE_TEMPORAL_PORT: 7233, ANJIE_TEMPORAL_UI_PORT: 8233, ANJIE_CODEC_PORT: 8091, ANJIE_SANDBOX_NATIONAL_PORT: 8300, ANJIE_SANDBOX_TAX_PORT: 8301 };
  const taken = [];
  for (const [variable, usual] of Object.entries(places)) {
    const port = Number(process.env[variable] || usual);
    if (!(await isFree(port))) taken.push(`${variable} ${port}`);
  }
  if (taken.length === 0) good('常用端口都空着');
  else note(`端口已被占用，启动时会换成空闲的：${taken.join('、')}`);
}

function checkDisk() {
  const { bavail, bsize } = fs.statfsSync(root);
  const free = (bavail * bsize) / gigabyte;
  const text = `磁盘剩余 ${Math.floor(free)} GB`;
  if (free >= 2) good(text);
  else bad(`${text}：至少要 2 GB`);
}

function checkTests() {
  if (process.env.MYSQL_URL) good('测试用 MYSQL_URL 所指的数据库');
  else if (onPath('mariadbd') || fs.existsSync('/usr/sbin/mariadbd')) good('MariaDB 已安装（测试用）');
  else if (onPath('apt-get') && process.getuid?.() === 0) note('没有 MariaDB，npm test 会用 apt-get 安装');
  else note('没有 MariaDB：设 MYSQL_URL 后 npm test 才会跑 MySQL 那一半，否则会列出跳过的测试');
  if (onPath('chromium') || process.env.ANJIE_CHROMIUM) good('Chromium 已安装（测试用）');
  else note('没有 Chromium：工作台的测试会失败；Debian：apt-get install chromium，或用 ANJIE_CHROMIUM 指明');
}

function checkClock() {
  const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
  const today = new Intl.DateTimeFormat('zh-CN', { timeZone: 'Asia/Shanghai', dateStyle: 'short', timeStyle: 'short' }).format(new Date());
  good(`本机时区 ${timeZone}；业务时间一律按北京时间，现在是 ${today}`);
}

checkNode();
checkDependencies();
checkTemporal();
await checkPorts();
checkDisk();
checkTests();
checkClock();
process.stdout.write(missing === 0 ? '可以运行 npm run demo\n' : `缺 ${missing} 项，见上面的 ✗\n`);
process.exit(missing === 0 ? 0 : 1);
