import { setTimeout as sleep } from 'node:timers/promises';
import type { EntityManager } from 'typeorm';
import { CommitOutcomeUnknown, isUniqueViolation } from '../../store/errors';
import { MsgidCounter, SignSession } from '../../store/entities';
import { insertOnce, lockRow } from '../../store/rows';
import { onBothDatabases } from '../support/databases';

const A = 'H99000000001';
const B = 'H99000000002';

async function serialOf(manager: EntityManager, institution: string): Promise<number | undefined> {
  return (await manager.findOneBy(MsgidCounter, { institution }))?.serial;
}

/** Reads under a lock, lets others run, writes: a lost update would show. */
async function addOne(manager: EntityManager, institution: string): Promise<void> {
  const row = await lockRow(manager, MsgidCounter, { institution });
  await sleep(1);
  await manager.update(MsgidCounter, { institution }, { serial: (row?.serial ?? 0) + 1 });
}

onBothDatabases('transactions', (database) => {
  test('work is committed, and a throw undoes all of it', async () => {
    const store = await database().openMigrated();
    await store.write((manager) => manager.insert(MsgidCounter, { institution: A, serial: 1 }));
    const failing = store.write(async (manager) => {
      await manager.update(MsgidCounter, { institution: A }, { serial: 2 });
      await manager.insert(MsgidCounter, { institution: B, serial: 1 });
      throw new RangeError('refused');
    });
    await expect(failing).rejects.toThrow(new RangeError('refused'));
    expect(await store.read((manager) => manager.find(MsgidCounter))).toEqual([{ institution: A, serial: 1 }]);
  });

  test('50 parallel read-modify-writes lose nothing', async () => {
    const store = await database().openMigrated();
    await store.write((manager) => manager.insert(MsgidCounter, { institution: A, serial: 0 }));
    await Promise.all(Array.from({ length: 50 }, () => store.write((manager) => addOne(manager, A))));
    expect(await store.read((manager) => serialOf(manager, A))).toBe(50);
  });

  test('two stores on one database (two processes) lose nothing either', async () => {
    const [one, two] = [await database().openMigrated(), await database().openMigrated()];
    await one.write((manager) => manager.insert(MsgidCounter, { institution: A, serial: 0 }));
    await Promise.all([one, two].flatMap((store) => Array.from({ length: 20 }, () => store.write((manager) => addOne(manager, A)))));
    expect(await two.read((manager) => serialOf(manager, A))).toBe(40);
  });

  test('transactions that run at once do not mix: one rolls back, the other stands', async () => {
    const store = await database().openMigrated();
    const failing = store.write(async (manager) => {
      await manager.insert(MsgidCounter, { institution: A, serial: 1 });
      await sleep(30);
      throw new Error('refused');
    });
    const standing = store.write(async (manager) => {
      await sleep(5);
      await manager.insert(MsgidCounter, { institution: B, serial: 1 });
      await sleep(40);
    });
    await expect(failing).rejects.toThrow('refused');
    await standing;
    expect(await store.read((manager) => manager.find(MsgidCounter))).toEqual([{ institution: B, serial: 1 }]);
  });

  test('statements that outlive their transaction write nothing', async () => {
    const store = await database().openMigrated();
    const late: Promise<unknown>[] = [];
    const failing = store.write(async (manager) => {
      late.push(manager.insert(MsgidCounter, { institution: A, serial: 1 }));
      late.push(sleep(20).then(() => manager.insert(MsgidCounter, { institution: B, serial: 1 })));
      throw new Error('refused');
    });
    await expect(failing).rejects.toThrow('refused');
    const [, afterEnd] = await Promise.allSettled(late);
    expect(afterEnd?.status).toBe('rejected');
    expect(await store.read((manager) => manager.count(MsgidCounter))).toBe(0);
  });

  test('a transaction cannot be opened inside another one', async () => {
    const store = await database().openMigrated();
    const nested = store.write(() => store.write(async () => 1));
    await expect(nested).rejects.toMatchObject({ problem: 'nested' });
    await expect(store.read(() => store.write(async () => 1))).rejects.toMatchObject({ problem: 'nested' });
    const afterwards: Promise<number>[] = [];
    await store.write(async () => {
      afterwards.push(sleep(20).then(() => store.write(async () => 7)));
    });
    expect(await Promise.all(afterwards)).toEqual([7]);
  });

  test('a nested transaction of TypeORM is a savepoint', async () => {
    const store = await database().openMigrated();
    await store.write(async (manager) => {
      await manager.insert(MsgidCounter, { institution: A, serial: 1 });
      const inner = manager.transaction(async (nested) => {
        await nested.insert(MsgidCounter, { institution: B, serial: 1 });
        throw new Error('refused');
      });
      await expect(inner).rejects.toThrow('refused');
    });
    expect(await store.read((manager) => manager.find(MsgidCounter))).toEqual([{ institution: A, serial: 1 }]);
  });

  test('of 20 racing inserts of one key, one stands and the others know', async () => {
    const store = await database().openMigrated();
    const race = Array.from({ length: 20 }, (_, serial) =>
      store.write((manager) => insertOnce(manager, MsgidCounter, { institution: A, serial })),
    );
    expect((await Promise.all(race)).filter(Boolean)).toHaveLength(1);
    const again = store.write((manager) => manager.insert(MsgidCounter, { institution: A, serial: 99 }));
    expect(isUniqueViolation(await again.catch((error: unknown) => error))).toBe(true);
  });

  test('after a refused duplicate the same transaction goes on', async () => {
    const store = await database().openMigrated();
    await store.write((manager) => manager.insert(MsgidCounter, { institution: A, serial: 1 }));
    await store.write(async (manager) => {
      expect(await insertOnce(manager, MsgidCounter, { institution: A, serial: 2 })).toBe(false);
      await manager.insert(MsgidCounter, { institution: B, serial: 3 });
    });
    expect(await store.read((manager) => manager.count(MsgidCounter))).toBe(2);
  });

  test('a read sees one moment, whatever is written meanwhile', async () => {
    const store = await database().openMigrated();
    await store.write((manager) => manager.insert(MsgidCounter, { institution: A, serial: 1 }));
    const seen = await store.read(async (manager) => {
      const before = await serialOf(manager, A);
      const write = store.write.bind(store);
      await outsideOfTransaction(() => write((writer) => writer.update(MsgidCounter, { institution: A }, { serial: 2 })));
      return [before, await serialOf(manager, A)];
    });
    expect(seen).toEqual([1, 1]);
    expect(await store.read((manager) => serialOf(manager, A))).toBe(2);
  });

  test('a read cannot write', async () => {
    const store = await database().openMigrated();
    await expect(store.read((manager) => manager.insert(MsgidCounter, { institution: A, serial: 1 }))).rejects.toThrow(/./);
    expect(await store.read((manager) => manager.count(MsgidCounter))).toBe(0);
  });

  test('case matters in keys, and the widest amounts and texts come back as they were', async () => {
    const store = await database().openMigrated();
    await store.write(async (manager) => {
      await manager.insert(MsgidCounter, { institution: 'h99', serial: Number.MAX_SAFE_INTEGER });
      await manager.insert(MsgidCounter, { institution: 'H99', serial: -1 });
      await manager.insert(SignSession, { institution: A, opter: '示例😀', sign_no: '密', signedAt: 1767196800123 });
    });
    expect(await store.read((manager) => serialOf(manager, 'h99'))).toBe(Number.MAX_SAFE_INTEGER);
    expect(await store.read((manager) => manager.findOneBy(SignSession, { opter: '示例😀' }))).toEqual({
      institution: A, opter: '示例😀', sign_no: '密', signedAt: 1767196800123, expiresAt: null, leaseHolder: null, leaseUntil: null,
    });
  });

  test('an amount beyond 2^53 is refused on the way in and on the way out', async () => {
    const store = await database().openMigrated();
    const tooMuch = store.write((manager) => manager.insert(MsgidCounter, { institution: A, serial: 2 ** 53 }));
    await expect(tooMuch).rejects.toThrow(RangeError);
    await store.write((manager) => manager.query(`INSERT INTO msgid_counter (institution, serial) VALUES ('${A}', 9007199254740993)`));
    await expect(store.read((manager) => serialOf(manager, A))).rejects.toThrow(RangeError);
  });

  test('a COMMIT that is sure is never reported as unknown', async () => {
    const store = await database().openMigrated();
    const duplicate = store.write(async (manager) => {
      await manager.insert(MsgidCounter, { institution: A, serial: 1 });
      await manager.insert(MsgidCounter, { institution: A, serial: 1 });
    });
    await expect(duplicate).rejects.not.toBeInstanceOf(CommitOutcomeUnknown);
  });
});

/** Runs work in a context of its own, as another request of the same process would. */
function outsideOfTransaction<T>(work: () => Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    outside.push(() => work().then(resolve, reject));
  });
}

const outside: (() => Promise<void>)[] = [];
const pump = setInterval(() => void outside.shift()?.(), 5);
afterAll(() => clearInterval(pump));
