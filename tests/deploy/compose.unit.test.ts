import fs from 'node:fs';
import path from 'node:path';

import { safeLoad } from 'js-yaml';
import { z } from 'zod';

import { ConfigError, loadConfig } from '../../runtime/config';

/** The part of the Compose specification that our file uses, strictly: a misspelt key is an error. */
const text = z.string().min(1);
const duration = z.string().regex(/^\d+(ms|s|m|h)$/);
const port = z.string().regex(/^127\.0\.0\.1:\d{2,5}:\d{2,5}$/, 'published to this machine only');
const service = z.strictObject({
  image: z.string().regex(/^[a-z0-9./-]+:[\w.-]+$/, 'an image with a fixed version'),
  build: text.optional(),
  restart: z.enum(['unless-stopped', 'on-failure']),
  stop_grace_period: duration.optional(),
  command: z.array(text).optional(),
  environment: z.record(z.string().regex(/^[A-Z][A-Z0-9_]*$/), z.string()),
  depends_on: z.record(text, z.strictObject({ condition: z.enum(['service_healthy', 'service_completed_successfully']) })).optional(),
  deploy: z.strictObject({ replicas: z.number().int().min(1) }).optional(),
  ports: z.array(port).optional(),
  volumes: z.array(z.string().regex(/^[\w./-]+:\/[\w./-]+(:ro)?$/)).optional(),
  healthcheck: z
    .strictObject({ test: z.array(text).min(2), interval: duration, timeout: duration, retries: z.number().int().min(1) })
    .optional(),
});
const composeFile = z.object({ services: z.record(text, service), volumes: z.record(text, z.strictObject({})) });

const source = fs.readFileSync('docker-compose.yml', 'utf8');
const compose = composeFile.parse(safeLoad(source));
const services = Object.entries(compose.services);
const ours = services.filter(([, { image }]) => image.startsWith('anjie:'));

/** Names that runtime/config.ts reads. */
const known = new Set(fs.readFileSync('runtime/config.ts', 'utf8').match(/ANJIE_[A-Z_]+/g));

test('the file has the production shape', () => {
  expect(services.map(([name]) => name).sort()).toEqual([
    'api', 'codec', 'mysql', 'setup', 'temporal', 'temporal-ui', 'worker-admission', 'worker-batch', 'worker-office', 'worker-reconcile',
  ]);
  expect(compose.services['mysql']?.image).toMatch(/^mysql:8\./);
});

test('what a service waits for exists and can be waited for', () => {
  for (const [, { depends_on = {} }] of services) {
    for (const [other, { condition }] of Object.entries(depends_on)) {
      const awaited = compose.services[other];
      expect(awaited).toBeDefined();
      if (condition === 'service_healthy') expect(awaited?.healthcheck).toBeDefined();
      else expect(awaited?.restart).toBe('on-failure');
    }
  }
});

test.each(ours)('the command of %s runs a program that the build makes', (_name, { command = [] }) => {
  const [node, program = ''] = command;
  expect(node).toBe('node');
  expect(program).toMatch(/^dist\/.*\.js$/);
  expect(fs.existsSync(program.replace(/^dist\//, '').replace(/\.js$/, '.ts'))).toBe(true);
});

test('each task queue has a worker, and no worker serves a queue that does not exist', () => {
  const queues = [...fs.readFileSync('workers/queues.ts', 'utf8').matchAll(/^ {2}(\w+): create/gm)].map((match) => match[1]);
  const served = ours.map(([, { command = [] }]) => command).filter((command) => command[1] === 'dist/workers/main.js');
  expect(queues.length).toBeGreaterThan(0);
  expect(served.map((command) => command[2]).sort()).toEqual([...queues].sort());
});

test.each(ours)('the variables of %s are read by the program, and it accepts them', (_name, { environment }) => {
  for (const name of Object.keys(environment)) expect(known).toContain(name);
  const example = path.resolve('deploy', 'institutions.example.json');
  const filled = Object.entries(environment).map(([name, value]) => [name, value.replace(/\$\{[^}]*PASSWORD[^}]*\}/g, 'secret')]);
  const env = {
    ...Object.fromEntries(filled),
    ANJIE_JWKS_URL: 'https://identity.example/jwks',
    ANJIE_TOKEN_ISSUER: 'https://identity.example',
    ANJIE_INSTITUTIONS: example,
    GATEWAY_SECRET_H99000000001: 'secret',
  };
  const config = loadConfig(env);
  expect(config.databaseUrl).toBe('mysql://anjie:secret@mysql:3306/anjie');
  expect(config.temporal).toEqual({ address: 'temporal:7233', namespace: 'anjie', retentionDays: 3650 });
});

test('published ports are those that the program listens on', () => {
  const listening = { api: 'ANJIE_API_PORT', codec: 'ANJIE_CODEC_PORT' } as const;
  for (const [name, variable] of Object.entries(listening)) {
    const { ports = [], environment = {} } = compose.services[name] ?? {};
    expect(ports.map((each) => each.split(':')[2])).toEqual([environment[variable]]);
  }
});

test('files that are mounted from the repository are there or have an example', () => {
  const mounted = services.flatMap(([, { volumes = [] }]) => volumes).map((volume) => volume.split(':')[0] ?? '');
  const files = [...new Set(mounted.filter((name) => name.startsWith('./')))];
  expect(files).toContain('./deploy/temporal.yaml');
  for (const file of files) expect(fs.existsSync(file) || fs.existsSync(file.replace(/\.json$/, '.example.json'))).toBe(true);
  for (const name of mounted.filter((each) => !each.startsWith('./'))) expect(Object.keys(compose.volumes)).toContain(name);
});

test('no password stands in the file', () => {
  for (const [, secret = ''] of source.matchAll(/(?:PASSWORD|PWD): (.*)/g)) expect(secret).toMatch(/^\$\{[A-Z_]+:\?/);
});

test('a variable that nobody reads, or that cannot be read, is told', () => {
  expect(known).not.toContain('ANJIE_NO_SUCH_THING');
  expect(() => loadConfig({ ANJIE_API_PORT: 'eighty' })).toThrow(ConfigError);
});
