import fs from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';

import { choosePorts } from '../../cli/launcher/addresses';
import { createPortChooser, portFrom } from '../../cli/launcher/ports';
import { openRotatingLog } from '../../cli/launcher/rotating-log';
import { devServerCommand } from '../../temporal-dev/server';
import { TEMPORAL_CLI, TEMPORAL_TEST_SERVER } from '../../temporal-dev/binaries';
import { resolveBinary, satisfies } from '../../temporal-dev/resolve';

let folder: string;
beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'anjie-pieces-'));
});
afterEach(() => fs.rmSync(folder, { recursive: true, force: true }));

describe('ports', () => {
  test('a taken port is replaced by a free one, and none is given twice', async () => {
    const server = net.createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const taken = (server.address() as net.AddressInfo).port;
    const choose = createPortChooser();
    const ports = [await choose(taken), await choose(taken), await choose(), await choose()];
    await new Promise((resolve) => server.close(resolve));
    expect(ports).not.toContain(taken);
    expect(new Set(ports).size).toBe(ports.length);
    expect(Math.min(...ports)).toBeGreaterThan(0);
  });

  test('the environment decides, the rest is free and distinct', async () => {
    const wanted = await createPortChooser()();
    const ports = await choosePorts({ ANJIE_API_PORT: String(wanted) }, false);
    expect(ports.api).toBe(wanted);
    expect(new Set(Object.values(ports)).size).toBe(Object.keys(ports).length);
  });

  test.each(['x', '-1', '70000', '80.5'])('%s is no port', (text) => {
    expect(() => portFrom({ ANJIE_API_PORT: text }, 'ANJIE_API_PORT')).toThrow('ANJIE_API_PORT');
  });
});

describe('rotating log', () => {
  test('keeps the newest files and never more than it may', () => {
    const file = path.join(folder, 'api.log');
    const log = openRotatingLog(file, 20, 2);
    for (const line of ['first line of text\n', 'second line\n', 'third line of it\n', 'fourth line\n']) log.write(line);
    log.close();
    log.write('after the end');
    expect(fs.readFileSync(file, 'utf8')).toBe('fourth line\n');
    expect(fs.readFileSync(`${file}.1`, 'utf8')).toBe('third line of it\n');
    expect(fs.readFileSync(`${file}.2`, 'utf8')).toBe('second line\n');
    expect(fs.existsSync(`${file}.3`)).toBe(false);
    expect(log.tail(2)).toEqual(['third line of it', 'fourth line']);
  });
});

describe('the Temporal programs', () => {
  test.each([
    ['1.9.1', '1.9.1', true],
    ['1.10.0', '1.9.1', true],
    ['1.9.0', '1.9.1', false],
    ['1.2.11', '1.9.1', false],
    ['2.0.0', '1.9.1', false],
  ])('version %s where %s is wanted: %s', (found, wanted, expected) => {
    expect(satisfies(found, wanted)).toBe(expected);
  });

  test('a program named by its variable is used, and refused with its version when it is too old', async () => {
    const program = path.join(folder, 'temporal');
    fs.writeFileSync(program, '#!/bin/sh\necho temporal version 1.9.4\n', { mode: 0o755 });
    const env = { ...process.env, TEMPORAL_CLI_PATH: program };
    expect(await resolveBinary(TEMPORAL_CLI, { env })).toEqual({ path: program, version: '1.9.4', source: 'variable' });
    fs.writeFileSync(program, '#!/bin/sh\necho temporal version 1.1.0\n', { mode: 0o755 });
    await expect(resolveBinary(TEMPORAL_CLI, { env })).rejects.toThrow('1.1.0');
    await expect(resolveBinary(TEMPORAL_CLI, { env: { ...env, TEMPORAL_CLI_PATH: '/no/such' } })).rejects.toThrow('不是可执行文件');
  });

  test('PATH comes before the cache, unless what it has is too old', async () => {
    const program = path.join(folder, 'temporal');
    const cached = path.join(folder, `temporal-${TEMPORAL_CLI.version}`);
    fs.writeFileSync(cached, '', { mode: 0o755 });
    const env = { PATH: `${folder}${path.delimiter}/bin${path.delimiter}/usr/bin`, ANJIE_CACHE_DIR: folder };
    fs.writeFileSync(program, '#!/bin/sh\necho temporal version 1.9.1\n', { mode: 0o755 });
    expect((await resolveBinary(TEMPORAL_CLI, { env })).path).toBe(program);
    fs.writeFileSync(program, '#!/bin/sh\necho temporal version 0.9.9\n', { mode: 0o755 });
    expect(await resolveBinary(TEMPORAL_CLI, { env })).toMatchObject({ path: cached, source: 'cache' });
  });

  test('where it cannot be had, the message says what to do', async () => {
    const env = { PATH: folder, ANJIE_CACHE_DIR: path.join(folder, 'cache') };
    await expect(resolveBinary(TEMPORAL_TEST_SERVER, { env })).rejects.toThrow(/python3[\s\S]*TEMPORAL_TEST_SERVER_PATH/);
  });

  test('the server gets a durable file, the fast queue readers, the codec and the search attributes', () => {
    const { command, args } = devServerCommand({
      binary: '/bin/temporal',
      dataDir: '/data',
      port: 1,
      uiPort: 2,
      httpPort: 3,
      metricsPort: 4,
      codecEndpoint: 'http://127.0.0.1:5',
    });
    const text = args.join(' ');
    expect(command).toBe('/bin/temporal');
    expect(text).toContain('--db-filename /data/temporal.sqlite');
    expect(text).toContain('--sqlite-pragma journal_mode=wal --sqlite-pragma synchronous=2');
    expect(text).toContain('history.transferProcessorMaxPollRPS=1000');
    expect(text).toContain('history.timerProcessorMaxPollRPS=1000');
    expect(text).toContain('--ui-codec-endpoint http://127.0.0.1:5');
    expect(text).toContain('--search-attribute WaitsFor=Keyword');
  });
});
