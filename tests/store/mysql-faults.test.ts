import { setTimeout as sleep } from 'node:timers/promises';
import type { EntityManager } from 'typeorm';
import { MsgidCounter } from '../../store/entities';
import type { Store } from '../../store/open-store';
import { lockRow } from '../../store/rows';
import { onMariaDb, type TestDatabase } from '../support/databases';
import type { TestServer } from '../support/mariadb';
import { startTcpProxy, type TcpProxy } from '../support/tcp-proxy';

const A = 'H99000000001';
const B = 'H99000000002';

onMariaDb('faults', (database, serverOrNull) => {
  const proxies: TcpProxy[] = [];
  const server = (): TestServer => {
    const running = serverOrNull();
    if (!running) throw new Error('these tests need a server');
    return running;
  };
  /** A migrated store whose connections pass through a proxy. */
  async function openThroughProxy(): Promise<{ store: Store; proxy: TcpProxy; direct: Store }> {
    const direct = await database().openMigrated();
    const proxy = await startTcpProxy(server().port);
    proxies.push(proxy);
    const name = new URL(database().databaseUrl).pathname.slice(1);
    const store = await database().open({ databaseUrl: server().url(name, proxy.port) });
    await store.ready();
    return { store, proxy, direct };
  }
  afterEach(async () => {
    await Promise.all(proxies.splice(0).map((proxy) => proxy.close()));
  });

  test('two transactions that cross deadlock, and both succeed', async () => {
    const store = await database().openMigrated();
    await store.write((manager) => manager.insert(MsgidCounter, [A, B].map((institution) => ({ institution, serial: 0 }))));
    const attempts: string[] = [];
    const crossing = (first: string, second: string): Promise<void> =>
      store.write(async (manager) => {
        attempts.push(first);
        await raise(manager, first);
        await sleep(100);
        await raise(manager, second);
      });
    await Promise.all([crossing(A, B), crossing(B, A)]);
    expect(await store.read((manager) => manager.find(MsgidCounter, { order: { institution: 'ASC' } }))).toEqual([
      { institution: A, serial: 2 },
      { institution: B, serial: 2 },
    ]);
    expect(attempts.length).toBeGreaterThan(2);
  });

  test('work that swallows a deadlock does not commit half of itself', async () => {
    const store = await database().openMigrated();
    await store.write((manager) => manager.insert(MsgidCounter, [A, B].map((institution) => ({ institution, serial: 0 }))));
    const careless = (first: string, second: string, mark: string): Promise<unknown> =>
      store.write(async (manager) => {
        await raise(manager, first);
        await sleep(100);
        await raise(manager, second).catch(() => undefined);
        await manager.insert(MsgidCounter, { institution: mark, serial: 0 });
      });
    await Promise.all([careless(A, B, 'one'), careless(B, A, 'two')]);
    expect(await store.read((manager) => manager.find(MsgidCounter, { order: { institution: 'ASC' } }))).toEqual([
      { institution: A, serial: 2 },
      { institution: B, serial: 2 },
      { institution: 'one', serial: 0 },
      { institution: 'two', serial: 0 },
    ]);
  });

  test('a COMMIT whose answer is lost is read back, and not done twice', async () => {
    const { store, proxy, direct } = await openThroughProxy();
    let runs = 0;
    proxy.cutAt('afterCommit');
    const result = await store.write(
      async (manager) => {
        runs += 1;
        await manager.insert(MsgidCounter, { institution: A, serial: runs });
        return runs;
      },
      { verify: async (manager) => (await manager.findOneBy(MsgidCounter, { institution: A }))?.serial },
    );
    expect({ result, runs, cuts: proxy.cuts() }).toEqual({ result: 1, runs: 1, cuts: 1 });
    expect(await direct.read((manager) => manager.find(MsgidCounter))).toEqual([{ institution: A, serial: 1 }]);
  });

  test('a COMMIT that never reached the server is found absent, and done again', async () => {
    const { store, proxy, direct } = await openThroughProxy();
    let runs = 0;
    proxy.cutAt('beforeCommit');
    const result = await store.write(
      async (manager) => {
        runs += 1;
        await manager.insert(MsgidCounter, { institution: A, serial: runs });
        return runs;
      },
      { verify: async (manager) => (await manager.findOneBy(MsgidCounter, { institution: A }))?.serial },
    );
    expect({ result, runs, cuts: proxy.cuts() }).toEqual({ result: 2, runs: 2, cuts: 1 });
    expect(await direct.read((manager) => manager.find(MsgidCounter))).toEqual([{ institution: A, serial: 2 }]);
  });

  test('without a way to read back, a lost COMMIT is unknown and never repeated', async () => {
    const { store, proxy, direct } = await openThroughProxy();
    let runs = 0;
    proxy.cutAt('afterCommit');
    const lost = store.write(async (manager) => {
      runs += 1;
      await manager.insert(MsgidCounter, { institution: A, serial: runs });
    });
    await expect(lost).rejects.toMatchObject({ name: 'CommitOutcomeUnknown', problem: 'commitOutcomeUnknown' });
    expect(runs).toBe(1);
    expect(await direct.read((manager) => manager.count(MsgidCounter))).toBe(1);
  });

  test('half-open connections are found out and replaced within 5 seconds', async () => {
    const { store, proxy } = await openThroughProxy();
    await Promise.all(Array.from({ length: 8 }, () => store.read(async () => sleep(50))));
    proxy.freeze();
    const started = Date.now();
    const results = await Promise.all(
      Array.from({ length: 12 }, (_, serial) =>
        store.write((manager) => manager.insert(MsgidCounter, { institution: `H${serial}`, serial })).then(() => Date.now() - started),
      ),
    );
    expect(Math.max(...results)).toBeLessThan(5000);
    expect(await store.read((manager) => manager.count(MsgidCounter))).toBe(12);
  });

  test('a connection that falls silent in the middle of the work is given up, and the work done again', async () => {
    const { store, proxy } = await openThroughProxy();
    let runs = 0;
    await store.write(async (manager) => {
      runs += 1;
      await manager.insert(MsgidCounter, { institution: A, serial: runs });
      if (runs === 1) proxy.freeze();
      await manager.insert(MsgidCounter, { institution: B, serial: runs });
    });
    expect(await store.read((manager) => manager.find(MsgidCounter, { order: { institution: 'ASC' } }))).toEqual([
      { institution: A, serial: runs },
      { institution: B, serial: runs },
    ]);
    expect(runs).toBeGreaterThan(1);
  });

  test('a statement that runs too long is stopped, and the store goes on', async () => {
    const store = await database().openMigrated({ statementTimeoutMs: 300 });
    const started = Date.now();
    await expect(store.read((manager) => manager.query(SLOW))).rejects.toMatchObject({
      problem: 'statementTimeout',
    });
    expect(Date.now() - started).toBeLessThan(3000);
    expect(await store.read((manager) => manager.count(MsgidCounter))).toBe(0);
  });

  test('writes wait while the server is read-only', async () => {
    const store = await database().openMigrated();
    await server().admin((connection) => connection.query('SET GLOBAL read_only = 1'));
    try {
      const write = store.write((manager) => manager.insert(MsgidCounter, { institution: A, serial: 1 }));
      await sleep(300);
      expect(await store.read((manager) => manager.count(MsgidCounter))).toBe(0);
      await server().admin((connection) => connection.query('SET GLOBAL read_only = 0'));
      await write;
      expect(await store.read((manager) => manager.count(MsgidCounter))).toBe(1);
    } finally {
      await server().admin((connection) => connection.query('SET GLOBAL read_only = 0'));
    }
  });

  test('a server that stays read-only is reported as unavailable, within the patience', async () => {
    const store = await database().openMigrated({ patienceMs: 500 });
    await server().admin((connection) => connection.query('SET GLOBAL read_only = 1'));
    try {
      const write = store.write((manager) => manager.insert(MsgidCounter, { institution: A, serial: 1 }));
      await expect(write).rejects.toMatchObject({ problem: 'unavailable' });
    } finally {
      await server().admin((connection) => connection.query('SET GLOBAL read_only = 0'));
    }
  });

  test('a server full of clients is waited for; a pool that stays full says busy', async () => {
    await database().openMigrated();
    const limit = (count: number): Promise<unknown> =>
      server().admin((connection) => connection.query(`SET GLOBAL max_connections = ${count}`));
    const crowd = await database().open({ poolSize: 10, patienceMs: 1500 });
    await limit(10);
    try {
      const holding = Array.from({ length: 10 }, () => crowd.read(async () => sleep(800)).catch(() => undefined));
      await sleep(200);
      const late = database().open({ poolSize: 2 });
      await Promise.all(holding);
      await crowd.close();
      await (await late).write((manager) => manager.insert(MsgidCounter, { institution: A, serial: 1 }));
    } finally {
      await limit(60);
    }
    const small = await database().open({ poolSize: 1, patienceMs: 200 });
    await small.ready();
    const first = small.read(async () => sleep(600));
    await expect(small.read(async () => 1)).rejects.toMatchObject({ problem: 'busy' });
    await first;
  });

  test('kill -9 of the server under load: no half entries, and the pool recovers', async () => {
    if (!server().owned) return;
    const store = await database().openMigrated({ patienceMs: 20_000 });
    const acknowledged: number[] = [];
    let running = true;
    const client = async (number: number): Promise<void> => {
      for (let round = 0; running; round += 1) {
        const id = number * 100_000 + round;
        const written = await store
          .write((manager) => writePair(manager, id), { verify: (manager) => pairStands(manager, id) })
          .then(() => true, () => false);
        if (written) acknowledged.push(id);
      }
    };
    const clients = Array.from({ length: 8 }, (_, number) => client(number));
    for (let kill = 0; kill < 2; kill += 1) {
      await sleep(700);
      await server().kill();
      await sleep(300);
      await server().start();
    }
    const beforeLast = acknowledged.length;
    await sleep(1500);
    running = false;
    await Promise.all(clients);
    const names = (await store.read((manager) => manager.find(MsgidCounter))).map((row) => row.institution);
    const standing = new Set(names);
    const halves = names.filter((name) => !standing.has(name.startsWith('a') ? `b${name.slice(1)}` : `a${name.slice(1)}`));
    expect(halves).toEqual([]);
    expect(acknowledged.filter((id) => !standing.has(`a${id}`))).toEqual([]);
    expect(acknowledged.length).toBeGreaterThan(beforeLast);
  });

  test('the address is checked', async () => {
    const { keyRing }: TestDatabase = database();
    for (const databaseUrl of ['mysql://', 'mysql://u:p@h:1', 'postgres://u:p@h/d', 'sqlite::memory:', 'sqlite:']) {
      await expect(database().open({ databaseUrl, keyRing })).rejects.toMatchObject({ problem: 'badUrl' });
    }
  });
}, { ownServer: true });

/** Some hundred million combinations, on MySQL as on MariaDB. */
const SLOW = `WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 900)
  SELECT COUNT(*) FROM n a JOIN n b JOIN n c ON a.i * b.i * c.i = -1`;

async function raise(manager: EntityManager, institution: string): Promise<void> {
  const row = await lockRow(manager, MsgidCounter, { institution });
  await manager.update(MsgidCounter, { institution }, { serial: (row?.serial ?? 0) + 1 });
}

async function writePair(manager: EntityManager, id: number): Promise<true> {
  await manager.insert(MsgidCounter, { institution: `a${id}`, serial: id });
  await manager.insert(MsgidCounter, { institution: `b${id}`, serial: id });
  return true;
}

async function pairStands(manager: EntityManager, id: number): Promise<true | undefined> {
  return (await manager.existsBy(MsgidCounter, { institution: `a${id}` })) ? true : undefined;
}
