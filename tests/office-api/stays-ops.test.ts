import { opsRoutes } from '../../api/routes/ops';
import { stayRoutes } from '../../api/routes/stays';
import type { Route } from '../../api/route';
import { openStay } from '../../domain/admission/state';
import { fen } from '../../domain/money';
import { AbnormalItem, Admission, Command, Message, Reconciliation, XrIntakeFile } from '../../store/entities';
import { INSTITUTION, INSTITUTIONS, insertAdmission, OTHER_INSTITUTION } from '../api/harness';
import { openPeopleRig, type PeopleRig } from '../people/rig';
import { onBothDatabases } from '../support/databases';

const ROUTES: readonly Route[] = [...stayRoutes, ...opsRoutes];

/** What people of the agency see of stays and of the state of operation: only their divisions', page by page, names masked. */
onBothDatabases('stays and operation by HTTP', (database) => {
  let rig: PeopleRig;

  beforeEach(async () => {
    rig = await openPeopleRig(database(), { routes: ROUTES });
  });
  afterEach(async () => {
    await rig?.close();
  });

  const tokenOf = async (login: string): Promise<string> => (await rig.enter(login)).token;
  const get = async (path: string, token: string) => {
    const { status, body } = await rig.ask(`GET ${path}`, { token });
    const route = ROUTES.find((each) => new RegExp(`^${each.path.replace(/\{\w+\}/g, '[^/]+')}$`).test(path.split('?')[0] ?? ''));
    if (status === 200) expect(route?.answers[200]?.schema?.safeParse(body)).toMatchObject({ success: true });
    return { status, body };
  };
  /** All of a list, page after page. */
  async function walk(path: string, token: string): Promise<{ items: Record<string, unknown>[]; pages: number }> {
    const items: Record<string, unknown>[] = [];
    let pages = 0;
    for (let cursor: string | null = ''; cursor !== null && pages < 50; pages += 1) {
      const { status, body } = await get(`${path}${path.includes('?') ? '&' : '?'}limit=2${cursor === '' ? '' : `&cursor=${cursor}`}`, token);
      expect(status).toBe(200);
      items.push(...body.items);
      cursor = body.nextCursor;
    }
    return { items, pages };
  }

  async function stay(iptNo: string, institution = INSTITUTION, given: Partial<Admission> = {}): Promise<void> {
    const opened = { institution, iptNo, round: 1, profile: 'default', insutype: '310', medType: '21', begntime: '2026-11-20 08:00:00' } as Parameters<typeof openStay>[0];
    await insertAdmission(rig.store, opened);
    await rig.store.write((manager) => manager.update(Admission, { id: `${institution}/${iptNo}/1` }, { updatedAt: 1_000, ...given } as object));
  }

  describe('stays', () => {
    beforeEach(async () => {
      for (const [index, iptNo] of ['ZY1', 'ZY2', 'ZY3', 'ZY4', 'ZY5'].entries()) await stay(iptNo, INSTITUTION, { updatedAt: 1_000 + Math.floor(index / 3) });
      await stay('ZY9', OTHER_INSTITUTION, { stage: 'settled', updatedAt: 5_000 });
    });

    test('those of one’s divisions, each once over all pages, also where many changed in the same millisecond', async () => {
      const city = await tokenOf('shi01-jingban-1');
      const { items, pages } = await walk('/v1/stays', city);
      expect(pages).toBe(3);
      expect(items.map(({ iptNo }) => iptNo)).toEqual(['ZY9', 'ZY5', 'ZY4', 'ZY3', 'ZY2', 'ZY1']);
      expect(await walk('/v1/stays', await tokenOf('sheng-jingban-1'))).toMatchObject({ items: items.map(({ iptNo }) => ({ iptNo })) });
      expect((await get('/v1/stays', await tokenOf('shi02-jingban-1'))).body).toEqual({ items: [], nextCursor: null });
      expect((await get('/v1/stays', await tokenOf('shi01-chuna-1'))).body.code).toBe('RIGHT_MISSING');
      expect((await rig.ask('GET /v1/stays')).status).toBe(401);
    });

    test('filters narrow, and never widen', async () => {
      const city = await tokenOf('shi01-jingban-1');
      const found = async (query: string, token = city) => (await get(`/v1/stays?${query}`, token)).body.items.map(({ iptNo }: { iptNo: string }) => iptNo);
      expect(await found('stage=settled')).toEqual(['ZY9']);
      expect(await found('iptNo=ZY2')).toEqual(['ZY2']);
      expect(await found(`institution=${OTHER_INSTITUTION}`)).toEqual(['ZY9']);
      expect(await found('institution=H12345678901')).toEqual([]);
      expect(await found(`institution=${INSTITUTION}`, await tokenOf('shi02-jingban-1'))).toEqual([]);
    });

    test('names are masked, in the list and in the one; the whole state is told to nobody', async () => {
      const city = await tokenOf('shi01-jingban-1');
      const [first] = (await get('/v1/stays?iptNo=ZY1', city)).body.items;
      expect(first).toMatchObject({ patientName: '示**', institution: INSTITUTION, institutionName: INSTITUTIONS[0]?.name });
      const one = (await get(`/v1/stays/${INSTITUTION}/ZY1`, city)).body;
      expect(one).toMatchObject({ patientName: '示**', iptNo: 'ZY1', insuplcAdmdvs: '990100' });
      expect(one).not.toHaveProperty('state');
      expect(JSON.stringify([first, one])).not.toMatch(/示例甲|990101195803120019/);
      expect(one.certnoMasked).toMatch(/\*/);
    });

    test('a stay of others, and what is no stay', async () => {
      const other = await tokenOf('shi02-jingban-1');
      const city = await tokenOf('shi01-jingban-1');
      for (const part of ['', '/timeline', '/money']) {
        expect([part, (await get(`/v1/stays/${INSTITUTION}/ZY1${part}`, other)).body.code]).toEqual([part, 'DIVISION_OUT_OF_SCOPE']);
        expect([part, (await get(`/v1/stays/${INSTITUTION}/ZY1${part}`, city)).status]).toEqual([part, 200]);
        expect([part, (await get(`/v1/stays/${INSTITUTION}/NONE${part}`, city)).body.code]).toEqual([part, 'ADMISSION_NOT_FOUND']);
        expect([part, (await get(`/v1/stays/H99999999999/ZY1${part}`, city)).body.code]).toEqual([part, 'ADMISSION_NOT_FOUND']);
      }
      expect((await get(`/v1/stays/${INSTITUTION}/ZY1/sheet`, city)).body.code).toBe('QUERY_INVALID');
      expect((await get(`/v1/stays/${INSTITUTION}/ZY1/sheet?reason=${encodeURIComponent('核对结算金额')}`, other)).body.code).toBe('DIVISION_OUT_OF_SCOPE');
      expect(await rig.audited()).not.toContain('unmasked');
    });

    test.each([
      ['limit=0', 'QUERY_INVALID'], ['limit=101', 'QUERY_INVALID'], ['limit=1e9', 'QUERY_INVALID'], ['stage=nothing', 'QUERY_INVALID'], ['institution=H1', 'QUERY_INVALID'],
      ['institution=H99000000001&institution=H99000000003', 'QUERY_INVALID'], ['iptNo=..%2F..%2Fetc', 'QUERY_INVALID'], ["iptNo=1'%20OR%20'1'='1", 'QUERY_INVALID'], ['nothing=1', 'QUERY_INVALID'],
      ['cursor=abc', 'CURSOR_INVALID'], ['cursor=%00', 'QUERY_INVALID'], ['certno=990101195803120019', 'ID_NUMBER_IN_QUERY'],
    ])('?%s is refused', async (query, code) => {
      const { status, body } = await get(`/v1/stays?${query}`, await tokenOf('shi01-jingban-1'));
      expect([status, body.code]).toEqual([400, code]);
    });
  });

  describe('operation', () => {
    const WORKFLOW = `admission/${INSTITUTION}/ZY1`;
    const abnormal = (subject: string, given: Partial<AbnormalItem> = {}) => ({
      institution: INSTITUTION, process: 'admission', workflowId: WORKFLOW, code: 'OUTCOME_UNKNOWN', subject, title: '应答丢失', state: 'open' as const, openedAt: 1, closedAt: null, resolution: null, detail: null, ...given,
    });
    const message = (msgid: string, given: Partial<Message> = {}) => ({
      workflowId: WORKFLOW, commandId: msgid, step: 'settle', ordinal: 1, institution: INSTITUTION, msgid, infno: '2304', profile: 'default', state: 'sent' as const, leaseUntil: null, leaseToken: null, attempts: 1,
      request: 'secret-request', answer: null, outcome: 'unknown' as const, infcode: null, inf_refmsgid: null, psn_no: 'P1', mdtrt_id: null, preparedAt: 1, sentAt: 2, answeredAt: null, resolution: 'open' as const, watchDay: null, ...given,
    });
    const command = (id: string, workflowId: string, createdAt: number, state: Command['state'] = 'accepted') => ({
      id, institution: INSTITUTION, idempotencyKey: id, bodyHash: '', process: 'admission', workflowId, name: 'settle', payload: { name: '示例甲' }, state, leaseUntil: 0, result: null, createdAt, doneAt: null,
    });

    test('abnormal items: open ones by default, of one’s divisions, page by page', async () => {
      await rig.store.write(async (manager) => {
        await manager.insert(AbnormalItem, ['a', 'b', 'c', 'd', 'e'].map((subject) => abnormal(subject)));
        await manager.insert(AbnormalItem, [abnormal('closed', { state: 'closed', closedAt: 2, resolution: '已冲正' }), abnormal('of-city', { institution: '990100', workflowId: 'office-case/x/990100/1' }), abnormal('elsewhere', { institution: '880100' })]);
      });
      const operator = await tokenOf('sheng-yunwei-1');
      const { items, pages } = await walk('/v1/ops/abnormal-items', operator);
      expect(pages).toBe(3);
      expect(items.map(({ subject }) => subject)).toEqual(['of-city', 'e', 'd', 'c', 'b', 'a']);
      expect((await get('/v1/ops/abnormal-items?state=closed', operator)).body.items).toMatchObject([{ subject: 'closed', resolution: '已冲正' }]);
      expect(JSON.stringify(items)).not.toContain('detail');
    });

    test('unknown outcomes, without what the messages say', async () => {
      await rig.store.write((manager) =>
        manager.insert(Message, [message('M1'), message('M2', { resolution: 'abandoned' }), message('M3', { resolution: 'adopted' }), message('M4', { resolution: null, outcome: 'settled' }), message('M5', { institution: 'H88000000001' })]),
      );
      const operator = await tokenOf('sheng-yunwei-1');
      const { items } = await walk('/v1/ops/unknown-outcomes', operator);
      expect(items.map(({ msgid, resolution }) => [msgid, resolution])).toEqual([['M3', 'adopted'], ['M2', 'abandoned'], ['M1', 'open']]);
      expect((await get('/v1/ops/unknown-outcomes?resolution=open', operator)).body.items).toMatchObject([{ msgid: 'M1', infno: '2304', workflowId: WORKFLOW }]);
      expect(JSON.stringify(items)).not.toMatch(/secret-request|P1/);
    });

    test('stuck work: older than a minute, of one’s own, oldest first', async () => {
      const now = rig.now();
      await rig.store.write((manager) =>
        manager.insert(Command, [
          command('young', WORKFLOW, now + 30_000), command('old', WORKFLOW, now - 120_000), command('older', `office-case/x/990100/1`, now - 240_000, 'delivered'), command('done', WORKFLOW, now - 240_000, 'done'),
          command('foreign', 'admission/H88000000001/Z1', now - 240_000),
        ]),
      );
      const operator = await tokenOf('sheng-yunwei-1');
      const { body } = await get('/v1/ops/stuck', operator);
      expect(body).toMatchObject({ items: [{ id: 'older', institution: '990100' }, { id: 'old', institution: INSTITUTION }], nextCursor: null });
      expect(JSON.stringify(body)).not.toMatch(/示例甲|payload/);
    });

    test('batches: what is under way stands first', async () => {
      await rig.store.write(async (manager) => {
        const file = { format: 'csv' as const, division: '990000', receivedBy: 'u', announced: 10, lines: 4, accepted: 4, rejected: 0, medfeeFen: fen(0) };
        await manager.insert(XrIntakeFile, { ...file, id: 1, contentHash: 'a', state: 'done', receivedAt: 9_000 });
        await manager.insert(XrIntakeFile, { ...file, id: 2, contentHash: 'b', state: 'loading', receivedAt: 1_000 });
        await manager.insert(XrIntakeFile, { ...file, id: 3, contentHash: 'c', division: '880000', state: 'loading', receivedAt: 1_000 });
        await manager.insert(Reconciliation, { id: 'r1', institution: INSTITUTION, businessDate: '2026-11-20', version: 1, workflowId: 'w', state: 'differs', startedAt: 5_000, finishedAt: 6_000 });
      });
      const { items } = (await get('/v1/ops/batches', await tokenOf('sheng-yunwei-1'))).body;
      expect(items.map(({ id, state, failed }: Record<string, unknown>) => [id, state, failed])).toEqual([['intake/2', 'loading', 0], ['intake/1', 'done', 0], ['r1', 'differs', 1]]);
    });

    test.each(['/v1/ops/abnormal-items', '/v1/ops/unknown-outcomes', '/v1/ops/stuck', '/v1/ops/batches'])('%s is for operators only, and refuses what it does not know', async (path) => {
      expect((await rig.ask(`GET ${path}`)).status).toBe(401);
      expect((await get(path, await tokenOf('shi01-jingban-1'))).body.code).toBe('RIGHT_MISSING');
      const operator = await tokenOf('sheng-yunwei-1');
      for (const query of ['state=nothing', 'resolution=nothing', 'limit=0', 'limit=1000', 'nothing=1']) expect([query, (await get(`${path}?${query}`, operator)).body.code]).toEqual([query, 'QUERY_INVALID']);
      if (/abnormal|unknown/.test(path)) expect((await get(`${path}?cursor=bm90aGluZw`, operator)).body.code).toBe('CURSOR_INVALID');
    });
  });
});
