import type { EntityManager } from 'typeorm';
import { operations as clearing } from '../../activities/clearing';
import { operations as disbursement } from '../../activities/disbursement';
import { rebuildAll, type Rebuilt } from '../../activities/rebuild';
import { operations as prepayment } from '../../activities/xr-prepayment';
import { clearingRoutes } from '../../api/routes/clearing';
import { paymentRoutes } from '../../api/routes/payments';
import { xrSettlementRoutes } from '../../api/routes/xr-settlements';
import { addDays, formatDate } from '../../domain/calendar';
import { addMonths, periodOf, periodText } from '../../domain/clearing/period';
import type { XrRecord } from '../../domain/clearing/record';
import type { CaseDefinition } from '../../domain/office-case/definition';
import type { CaseState } from '../../domain/office-case/types';
import type { RoleKey } from '../../domain/people/role-keys';
import { loadCaseDefinitions } from '../../schemas/processes/load-cases';
import { CaseAct, OfficeCase } from '../../store/entities';
import { openStore, type Store } from '../../store/open-store';
import { csvOf, reversal, settlement } from '../clearing/support';
import { createDatabaseOn, describeOnMariaDb } from '../support/databases';
import { sharedMariaDb } from '../support/mariadb';
import { CITIES, PROVINCE } from '../support/office-people';
import { STAFF } from '../support/office-definitions';
import { THREE } from './definitions';
import { type Desk, type OfficeApi, openOfficeApi } from './rig';

/** The office part on the other database: a month from its intake to an order that three have signed; the read model made anew while people sign. */
const definitions: Readonly<Record<string, CaseDefinition>> = { ...loadCaseDefinitions(), [THREE.key]: THREE };
const [CITY] = CITIES;
const CITY_ROLES: readonly RoleKey[] = ['maker', 'reviewer', 'inspector', 'approver'];
const PEOPLE = [
  ...STAFF,
  { id: 'first-1', role: 'firstReviewer' as const, division: PROVINCE },
  ...[2, 3].map((index) => ({ id: `maker-${index}`, role: 'maker' as const, division: PROVINCE })),
  ...CITY_ROLES.map((role) => ({ id: `${role}-${CITY}`, role, division: CITY })),
];
const TODAY = formatDate(Date.now());
/** Three months ago: its reconciliation deadline has passed on every day of the year. */
const PERIOD = periodText(addMonths(periodOf(TODAY.slice(0, 7)), -3));
const day = (given: Partial<XrRecord>): XrRecord =>
  settlement({ businessDate: `${PERIOD}-12`, reconciledDate: `${PERIOD}-13`, setl_time: `${PERIOD}-12 10:00:00`, ...given });

describeOnMariaDb('office cases', () => {
  let databaseUrl: string;
  let api: OfficeApi;
  const desks = new Map<string, Promise<Desk>>();

  beforeAll(async () => {
    const server = await sharedMariaDb();
    databaseUrl = server.url(await createDatabaseOn(server));
    const operations = { ...clearing, ...disbursement, ...prepayment, 'test.effect': { apply: async () => ({ result: {} }) } };
    const routes = [...clearingRoutes, ...xrSettlementRoutes, ...paymentRoutes];
    api = await openOfficeApi({ people: PEOPLE, databaseUrl, definitions: Object.values(definitions), operations, routes });
  }, 90_000);
  afterAll(async () => {
    await api?.close();
  }, 60_000);

  function desk(id: string): Promise<Desk> {
    const known = desks.get(id) ?? api.desk(id);
    desks.set(id, known);
    return known;
  }

  async function open(key: string, maker: string, division: string, form: Record<string, unknown>): Promise<string> {
    const { status, body } = await (await desk(maker)).apply(definitions[key] as CaseDefinition, division, form);
    expect([key, status, body.code]).toEqual([key, 201, undefined]);
    return body.caseNo;
  }

  async function act(caseNo: string, userId: string, name: string, given: Record<string, unknown> = {}): Promise<void> {
    const { status, body } = await (await desk(userId)).act(caseNo, name, given);
    expect([caseNo, userId, name, status, body.code]).toEqual([caseNo, userId, name, 200, undefined]);
  }

  const until = (key: string, division: string, caseNo: string, fits: (state: CaseState) => boolean): Promise<CaseState> =>
    api.rig.until(`office-case/${key}/${division}/${caseNo}`, fits);

  const send = async (records: readonly XrRecord[]) =>
    (await (await desk('maker-1')).ask('POST /v1/xr/settlements', { raw: csvOf(records), headers: { 'content-type': 'text/csv; charset=utf-8' } })).body;

  test('taken in, generated, confirmed, approved; ordered, returned, amended and signed by three; a later reversal enters the next window', async () => {
    const [one, other] = [day({}), day({})];
    expect(await send([one, other, day({ insuplc_admdvs: '990201', mdtrtarea_admdvs: '990101' })])).toMatchObject({ accepted: 3, rejected: 0 });
    const maker = await desk('maker-1');
    const parties = (await maker.ask('GET /v1/clearing/parties')).body.items as { slot: string; division: string }[];
    const monthly = await open('xr-clear-monthly', 'maker-1', PROVINCE, { period: PERIOD, parties });
    await until('xr-clear-monthly', PROVINCE, monthly, ({ step }) => step === 'first-review');
    await act(monthly, 'first-1', 'approve');
    await until('xr-clear-monthly', PROVINCE, monthly, ({ step }) => step === 'city-confirm');
    // Both seats of each city, all at once.
    await Promise.all(parties.map(({ slot, division }) => act(monthly, `city-${CITIES.indexOf(division as typeof CITY) + 1}`, 'approve', { slot })));
    await until('xr-clear-monthly', PROVINCE, monthly, ({ step }) => step === 'recheck');
    await act(monthly, 'rechecker-1', 'approve');
    await act(monthly, 'approver-1', 'approve');
    const { results } = await until('xr-clear-monthly', PROVINCE, monthly, ({ status }) => status === 'effective');
    expect(results['effect']).toMatchObject({ payables: 4, payable: '3600.00' });
    const [batch] = (await maker.ask(`GET /v1/clearing/batches?period=${PERIOD}`)).body.items;
    expect(batch).toMatchObject({ items: 3, statusName: '已审批' });
    const closed = (await maker.ask(`GET /v1/clearing/batches/${batch.batchId}/lines`)).body;

    const account = await open('xr-base-city-bank', 'maker-1', PROVINCE, { purpose: 'clearing', holder: '示例省医保中心', bankName: '示例银行', bankCode: '990000000001', accountNo: '6200990000000011', validFrom: TODAY });
    await act(account, 'reviewer-1', 'approve');
    await until('xr-base-city-bank', PROVINCE, account, ({ status }) => status === 'effective');
    const form = { period: PERIOD, batch: batch.batchId, fund: 'employeePool', payableFen: 200_000, payeeAccountId: 1, planNo: 'YK-1', dueDate: addDays(TODAY, 20) };
    const pay = await open('xr-clear-city-pay', `maker-${CITY}`, CITY, form);
    await act(pay, `reviewer-${CITY}`, 'return', { opinion: '用款计划号有误' });
    await act(pay, `maker-${CITY}`, 'submit', { form: { ...form, planNo: 'YK-2' } });
    for (const role of ['reviewer', 'inspector', 'approver']) await act(pay, `${role}-${CITY}`, 'approve');
    expect((await until('xr-clear-city-pay', CITY, pay, ({ status }) => status === 'effective')).round).toBe(2);
    const orders = (await maker.ask('GET /v1/payment-orders?kind=clearing')).body.items;
    expect(orders).toMatchObject([{ payer: CITY, payee: PROVINCE, payableFen: 200_000, dueFen: 200_000, state: 'open' }]);
    expect((await maker.ask(`GET /v1/payment-orders/${orders[0].orderNo}`)).body).toMatchObject({ planNo: 'YK-2' });

    // Race 69 and 70 beside all this: four clerks send the same reversal after the window was closed.
    const back = Array.from({ length: 4 }, () => reversal(one, TODAY));
    const answers = await Promise.all(back.map((record) => send([record])));
    expect(answers.map(({ accepted, rejects }) => (accepted === 1 ? 'taken' : rejects[0].code)).sort()).toEqual(['XR_ALREADY_REVERSED', 'XR_ALREADY_REVERSED', 'XR_ALREADY_REVERSED', 'taken']);
    expect((await maker.ask(`GET /v1/clearing/batches/${batch.batchId}/lines`)).body).toEqual(closed);
  }, 90_000);

  test('the read model is compared and made anew while many sign: nothing differs, nothing newer is overwritten', async () => {
    // Another process that has the same database.
    const store = await openStore({ databaseUrl, keyRing: api.rig.keyRing });
    try {
      let moving = true;
      const looking = (async () => {
        const told: Rebuilt[] = [];
        for (let round = 0; moving; round += 1) told.push(...(await rebuildAll(store, round % 2 === 1)));
        return told;
      })();
      await Promise.all(Array.from({ length: 8 }, (_, index) => walk(index))).finally(() => (moving = false));
      expect((await looking).flatMap(({ deviations }) => deviations)).toEqual([]);
      const { length } = await api.rig.store.read((manager) => manager.find(OfficeCase, { select: { id: true } }));
      expect(await rebuildAll(store, false)).toEqual([{ name: '次住院', seen: 0, deviations: [] }, { name: '件办件', seen: length, deviations: [] }]);
    } finally {
      await store.close();
    }
  }, 60_000);

  test.each([['compared', false], ['made anew', true]])('an act between the row and its events, while it is %s: no difference, and the act stands', async (_what, write) => {
    const store = await openStore({ databaseUrl, keyRing: api.rig.keyRing });
    const caseNo = await open(THREE.key, 'maker-1', PROVINCE, { subject: `交错${String(write)}` });
    const acts: Promise<void>[] = [];
    const id = `office-case/${THREE.key}/${PROVINCE}/${caseNo}`;
    /** Somebody signs as soon as the events of the case are to be read; whoever holds the case keeps him waiting. */
    const meanwhile = (manager: EntityManager): EntityManager =>
      new Proxy(manager, {
        get: (target, name) => {
          const member = Reflect.get(target, name, target);
          if (name !== 'find') return typeof member === 'function' ? member.bind(target) : member;
          return async (entity: unknown, options: { where: { caseId?: string } }) => {
            if (entity === CaseAct && options.where.caseId === id && acts.length === 0) {
              acts.push(act(caseNo, 'reviewer-1', 'approve'));
              await Promise.race([acts[0], new Promise((then) => setTimeout(then, 500))]);
            }
            return member.call(target, entity, options);
          };
        },
      });
    const between: Store = { ...store, read: (work) => store.read((manager) => work(meanwhile(manager))), write: (work) => store.write((manager) => work(meanwhile(manager))) };
    try {
      expect((await rebuildAll(between, write)).flatMap(({ deviations }) => deviations)).toEqual([]);
      expect(acts).toHaveLength(1);
      await acts[0];
      expect(await api.rig.row(id)).toMatchObject({ step: 'recheck', version: 2 });
      expect((await rebuildAll(store, false)).flatMap(({ deviations }) => deviations)).toEqual([]);
    } finally {
      await store.close();
    }
  }, 60_000);

  async function walk(index: number): Promise<string> {
    const caseNo = await open(THREE.key, `maker-${(index % 3) + 1}`, PROVINCE, { subject: `事项${index}`, amount: index });
    await act(caseNo, `reviewer-${(index % 2) + 1}`, 'return', { opinion: '请补正' });
    await act(caseNo, `maker-${(index % 3) + 1}`, 'submit', { form: { subject: `事项${index}`, amount: 1_000 + index } });
    for (const signer of [`reviewer-${(index % 2) + 1}`, 'rechecker-1', 'approver-1']) await act(caseNo, signer, 'approve');
    expect(await until(THREE.key, PROVINCE, caseNo, ({ status }) => status === 'effective')).toMatchObject({ round: 2 });
    return caseNo;
  }
});
