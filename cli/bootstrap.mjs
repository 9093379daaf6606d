/**
 * The door of every npm script: `node cli/bootstrap.mjs <verb> [arguments]`. It checks Node, installs what package-lock.json
 * names when that changed, builds what changed, and then runs dist/cli/<verb>.js in this very process, so that Ctrl-C and
 * SIGTERM reach it directly. Plain Node without dependencies: nothing may be installed yet.
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const oldestNode = [20, 19];
const verbs = ['demo', 'start', 'doctor', 'test', 'check', 'build', 'generate', 'functions', 'migrate', 'reset', 'bench', 'bench-clearing', 'bench-inbox', 'bench-matching', 'bench-tax', 'rebuild', 'new-case', 'people', 'sign', 'batch'];

function say(text) {
  process.stderr.write(`${text}\n`);
}

function stop(text, code = 1) {
  say(text);
  process.exit(code);
}

function checkNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  const recent = major > oldestNode[0] || (major === oldestNode[0] && minor >= oldestNode[1]);
  if (!recent) {
    stop(
      `安结需要 Node ${oldestNode.join('.')} 或更新版本，这里是 ${process.versions.node}。请安装 Node 20 LTS 后再试。\n` +
        `Anjie needs Node ${oldestNode.join('.')} or later; this is ${process.versions.node}.`,
    );
  }
}

/** The stamp says which lock file, Node and machine node_modules was installed for: native bindings depend on all three. */
function installStamp() {
  const lock = fs.readFileSync(path.join(root, 'package-lock.json'));
  const hash = createHash('sha256').update(lock).digest('hex');
  return `${hash} node-abi-${process.versions.modules} ${process.platform}-${process.arch}`;
}

/** True when npm's own record of node_modules holds what package-lock.json names, as after an `npm install` by hand. */
function alreadyInstalled() {
  const record = path.join(root, 'node_modules', '.package-lock.json');
  if (!fs.existsSync(record)) return false;
  const wanted = JSON.parse(fs.readFileSync(path.join(root, 'package-lock.json'), 'utf8')).packages;
  const found = JSON.parse(fs.readFileSync(record, 'utf8')).packages;
  return Object.entries(wanted).every(
    ([place, entry]) => place === '' || (found[place] ? found[place].version === entry.version : entry.optional === true),
  );
}

function install() {
  const stampFile = path.join(root, 'node_modules', '.anjie-installed');
  const wanted = installStamp();
  const found = fs.existsSync(stampFile) ? fs.readFileSync(stampFile, 'utf8').trim() : '';
  if (found === wanted) return;
  const sameMachine = found === '' || found.slice(found.indexOf(' ')) === wanted.slice(wanted.indexOf(' '));
  if (sameMachine && alreadyInstalled()) {
    fs.writeFileSync(stampFile, wanted);
    return;
  }
  say('安装依赖（首次约一至三分钟） installing dependencies with npm ci');
  const npmCli = process.env.npm_execpath;
  const [command, first] = npmCli?.endsWith('.js') ? [process.execPath, [npmCli]] : ['npm', []];
  const result = spawnSync(command, [...first, 'ci', '--no-fund', '--no-audit', '--loglevel=error'], {
    cwd: root,
    stdio: ['ignore', 2, 2],
  });
  if (result.status !== 0) {
    stop(
      '依赖没有装成：请看上面 npm 的说明；better-sqlite3 需要编译时请先装 C++ 编译器（Debian：apt-get install build-essential python3）。\n' +
        'npm ci failed; a compiler may be missing. `npm run doctor` says more once Node runs it.',
    );
  }
  fs.writeFileSync(stampFile, wanted);
}

function build() {
  const result = spawnSync(process.execPath, [path.join(root, 'cli', 'build.mjs')], { cwd: root, stdio: ['ignore', 2, 2] });
  if (result.status !== 0) stop('编译没有成功，原因见上。 The build failed, see above.');
}

const [verb = '', ...rest] = process.argv.slice(2);
if (!verbs.includes(verb)) stop(`用法 usage: node cli/bootstrap.mjs ${verbs.join('|')} [arguments]`, 2);
if (verb === 'doctor') {
  // It must speak on a machine where nothing can be installed, even with an old Node.
  await import('./doctor.mjs');
}
checkNode();
install();
build();
if (verb !== 'build') {
  const script = path.join(root, 'dist', 'cli', `${verb}.js`);
  if (!fs.existsSync(script)) stop(`没有这个命令 no such command: ${verb}`, 2);
  process.chdir(root);
  process.argv = [process.argv[0], script, ...rest];
  createRequire(import.meta.url)(script);
}
