import { EntityManager, In, IsNull, LessThan, LessThanOrEqual, Like, MoreThan, MoreThanOrEqual, Not } from 'typeorm';
import { fen } from '../../domain/money';
import { AbnormalItem, Command, Deposit, MsgidCounter, TimelineEvent } from '../../store/entities';
import { onBothDatabases } from '../support/databases';

const INSTITUTION = 'H99000000001';

/** TypeORM's own manager on the same transaction: what plain statements must agree with. */
function byQueryBuilder(manager: EntityManager): EntityManager {
  return new EntityManager(manager.dataSource, manager.queryRunner);
}

async function fill(manager: EntityManager): Promise<void> {
  await manager.insert(
    TimelineEvent,
    [1, 2, 3, 4].map((seq) => ({
      admissionId: seq < 4 ? 'A' : 'B',
      seq,
      at: seq * 1000,
      commandId: seq % 2 === 0 ? null : `c${seq}`,
      kind: 'deposit',
      text: `第 ${seq} 条 'quoted' "twice"`,
      detail: { seq, 名: '示例', nested: [null, true] },
    })),
  );
}

const CONDITIONS = {
  equal: { admissionId: 'A' },
  two: { admissionId: 'A', seq: 2 },
  nobody: { admissionId: 'nobody' },
  isNull: { admissionId: 'A', commandId: IsNull() },
  not: { admissionId: Not('A') },
  notIsNull: { commandId: Not(IsNull()) },
  notIn: { seq: Not(In([1, 2])) },
  oneOf: { seq: In([1, 3, 9]) },
  noneOf: { seq: In([]) },
  more: { seq: MoreThan(2) },
  moreOrEqual: { seq: MoreThanOrEqual(2) },
  less: { seq: LessThan(2) },
  lessOrEqual: { seq: LessThanOrEqual(2) },
  like: { text: Like('第 1%') },
};

onBothDatabases('plain statements', (database) => {
  test.each(Object.entries(CONDITIONS))('find as the query builder does: %s', async (_, where) => {
    const store = await database().openMigrated();
    await store.write(fill);
    await store.read(async (manager) => {
      const own = byQueryBuilder(manager);
      const order = { admissionId: 'DESC', seq: 'ASC' } as const;
      expect(await manager.find(TimelineEvent, { where, order })).toEqual(await own.find(TimelineEvent, { where, order }));
      expect(await manager.find(TimelineEvent, { where, order, take: 1 })).toEqual(await own.find(TimelineEvent, { where, order, take: 1 }));
      expect(await manager.findBy(TimelineEvent, where)).toEqual(await own.findBy(TimelineEvent, where));
      expect(await manager.findOne(TimelineEvent, { where, order })).toEqual(await own.findOne(TimelineEvent, { where, order }));
      expect(await manager.countBy(TimelineEvent, where)).toBe(await own.countBy(TimelineEvent, where));
    });
  });

  test('rows are of their class, and either of two conditions is the query builder’s', async () => {
    const store = await database().openMigrated();
    await store.write(fill);
    await store.read(async (manager) => {
      expect(await manager.findOneBy(TimelineEvent, { seq: 1 })).toBeInstanceOf(TimelineEvent);
      expect(await manager.findBy(TimelineEvent, [{ seq: 1 }, { seq: 4 }])).toHaveLength(2);
    });
  });

  test('an insert tells its number, leaves out what was not given, and refuses what its column refuses', async () => {
    const store = await database().openMigrated();
    const deposit = { admissionId: 'A', kind: 'received' as const, amountFen: fen(1050), method: null, receiptNo: null, commandId: 'c', at: '2026-03-02 10:00:00' };
    await store.write(async (manager) => {
      const first = await manager.insert(Deposit, deposit);
      const second = await manager.insert(Deposit, { ...deposit, commandId: 'd', method: 'cash' });
      const ids = [first, second].map(({ identifiers }) => identifiers[0]?.['id'] as number);
      expect(ids[1]).toBeGreaterThan(ids[0] ?? Infinity);
      expect(await byQueryBuilder(manager).findOneByOrFail(Deposit, { id: ids[1] })).toEqual({ ...deposit, id: ids[1], commandId: 'd', method: 'cash' });
      await expect(manager.insert(Deposit, { ...deposit, amountFen: 10.5 as never })).rejects.toThrow(RangeError);
    });
  });

  test('an update touches the rows of its condition, says how many, and may write null', async () => {
    const store = await database().openMigrated();
    await store.write(fill);
    await store.write(async (manager) => {
      const changed = await manager.update(TimelineEvent, { admissionId: 'A', seq: In([1, 2]) }, { text: '改', commandId: null });
      expect(changed.affected).toBe(2);
      expect((await manager.update(TimelineEvent, { seq: 99 }, { text: 'x' })).affected).toBe(0);
      expect(await byQueryBuilder(manager).countBy(TimelineEvent, { text: '改', commandId: IsNull() })).toBe(2);
    });
  });

  test('a value given as SQL still counts in the database', async () => {
    const store = await database().openMigrated();
    await store.write(async (manager) => {
      await manager.insert(MsgidCounter, { institution: INSTITUTION, serial: 1 });
      await manager.update(MsgidCounter, { institution: INSTITUTION }, { serial: () => 'serial + 5' });
      expect(await manager.findOneBy(MsgidCounter, { institution: INSTITUTION })).toEqual({ institution: INSTITUTION, serial: 6 });
    });
  });

  test('an update or a find without any condition is not written as one for the whole table', async () => {
    const store = await database().openMigrated();
    await store.write(fill);
    await store.write(async (manager) => {
      await expect(manager.update(TimelineEvent, {}, { text: 'x' })).rejects.toThrow();
      await expect(manager.findOneBy(TimelineEvent, { seq: undefined })).rejects.toThrow();
      expect(await manager.countBy(AbnormalItem, { state: 'open' })).toBe(0);
      expect(await manager.countBy(Command, { state: In(['accepted', 'delivered']) })).toBe(0);
    });
  });
});
