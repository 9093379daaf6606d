import { randomUUID } from 'node:crypto';
import type { OfficeDeps } from '../../activities/office-case/context';
import { catchUp } from '../../activities/office-case/happenings';
import { judge } from '../../activities/office-case/judge';
import { openCase } from '../../activities/office-case/open';
import { operate } from '../../activities/office-case/operate';
import type { CommandResult } from '../../domain/commands';
import { attachmentsHashOf, decisionSubject } from '../../domain/office-case/digest';
import type { ActPayload, CaseActName, CaseState } from '../../domain/office-case/types';
import { isRefusal } from '../../domain/refusal';
import type { Decision } from '../../runtime/decisions';
import { CaseAct, CaseOperation, OfficeCase } from '../../store/entities';
import type { Store } from '../../store/open-store';
import { onBothDatabases } from '../support/databases';
import { counting, definitionOf, sign, STAFF } from '../support/office-definitions';
import { CITIES, PROVINCE, seedOffice } from '../support/office-people';

/** The activities themselves, many at once, on both databases: no Temporal between them and the locks. */
const DEFINITION = definitionOf({ operation: 'test.effect', chain: [sign({ key: 'review', role: 'reviewer' })] });

onBothDatabases('office cases', (database) => {
  let store: Store;
  const effect = counting();
  const deps = (): OfficeDeps => ({
    store,
    now: Date.now,
    operations: { 'test.effect': effect.operation },
    verifyDecision: async (text) => JSON.parse(text) as Decision,
  });

  beforeEach(async () => {
    store = await database().openMigrated();
    await seedOffice(store, STAFF);
    effect.applied.length = 0;
  }, 60_000);

  const open = async (subject: string, division = PROVINCE): Promise<string> => {
    const opened = await store.write((manager) => openCase(manager, { definition: DEFINITION, division, makerId: 'maker-1', form: { subject } }, Date.now()));
    if (isRefusal(opened)) throw new Error(opened.message);
    return opened.id;
  };
  const stateOf = async (id: string): Promise<CaseState> => (await store.read((manager) => manager.findOneByOrFail(OfficeCase, { id }))).state as CaseState;

  const act = async (id: string, userId: string, name: CaseActName, commandId: string = randomUUID()): Promise<CommandResult> => {
    const state = await stateOf(id);
    const step = name === 'submit' ? 'maker' : 'review';
    const subject = { act: name, step, slot: null, round: state.round, opinion: '意见' };
    const decision: Decision = { ...decisionSubject(state, subject, attachmentsHashOf([])), nonce: randomUUID(), userId, forUserId: userId, issuedAt: 0, expiresAt: Number.MAX_SAFE_INTEGER, origin: 'test' };
    const payload: ActPayload = { ...subject, decision: JSON.stringify(decision) };
    const command = { commandId, payload, operator: { id: 'u', name: 'u', type: '1' as const } };
    return (await judge(deps(), { caseId: id, version: 0, command })).result;
  };

  test('numbers have no gaps, whoever takes them at once, each division and year of its own', async () => {
    const [taken] = await Promise.all([Promise.all(Array.from({ length: 12 }, (_, index) => open(`件${index}`))), open('别处', CITIES[0])]);
    await expect(store.write(async (manager) => {
      await openCase(manager, { definition: DEFINITION, division: PROVINCE, makerId: 'maker-1', form: {} }, Date.now());
      throw new Error('rolled back');
    })).rejects.toThrow('rolled back');
    taken.push(await open('最后'));
    expect(taken.map((id) => Number(id.split('-').at(-1))).sort((a, b) => a - b)).toEqual(Array.from({ length: 13 }, (_, index) => index + 1));
  }, 60_000);

  test('of many approvals at once one counts, and all others know who was first', async () => {
    const id = await open('争');
    await act(id, 'maker-1', 'submit');
    const users = Array.from({ length: 10 }, (_, index) => (index % 2 === 0 ? 'reviewer-1' : 'reviewer-2'));
    const results = await Promise.all(users.map((user) => act(id, user, 'approve')));
    const refusals = results.flatMap((result) => (result.status === 'refused' ? [result.refusal] : []));
    expect(refusals.map(({ code }) => code)).toEqual(Array.from({ length: 9 }, () => expect.stringMatching(/^(CASE_ALREADY_DECIDED|CASE_CHANGED)$/)));
    const { signatures } = await stateOf(id);
    expect(signatures.filter(({ step }) => step === 'review')).toHaveLength(1);
    expect(await store.read((manager) => manager.countBy(CaseAct, { caseId: id }))).toBe(11);
  }, 60_000);

  test('one command is one act, however often and however fast it is given', async () => {
    const id = await open('一次');
    const first = await act(id, 'maker-1', 'submit', 'same');
    const again = await Promise.all(Array.from({ length: 4 }, () => act(id, 'maker-1', 'submit', 'same')));
    expect(again).toEqual([first, first, first, first]);
    expect(await store.read((manager) => manager.countBy(CaseAct, { caseId: id }))).toBe(1);
  }, 60_000);

  test('of two cases of one business key submitted at once one is refused', async () => {
    const ids = await Promise.all([open('同'), open('同')]);
    const results = await Promise.all(ids.map((id) => act(id, 'maker-1', 'submit').catch(() => act(id, 'maker-1', 'submit'))));
    expect(results.map((result) => (result.status === 'refused' ? result.refusal.code : 'done')).sort()).toEqual(['CASE_ALREADY_OPEN', 'done']);
  }, 60_000);

  test('the effect asked for many times at once is applied once, and what was missed is brought by any step', async () => {
    const id = await open('效');
    await act(id, 'maker-1', 'submit');
    await act(id, 'reviewer-1', 'approve');
    const outcomes = await Promise.all(Array.from({ length: 5 }, () => operate(deps(), { caseId: id, version: 1, step: 'effect', round: 1 })));
    expect(effect.applied).toHaveLength(1);
    expect(outcomes.map(({ events }) => events.map(({ seq, event }) => [seq, event.type]))).toEqual(Array.from({ length: 5 }, () => [[2, 'acted'], [3, 'operated']]));
    expect(await store.read((manager) => manager.countBy(CaseOperation, { caseId: id }))).toBe(1);
    expect((await catchUp(deps(), { caseId: id, version: 3 })).events).toEqual([]);
    expect(await stateOf(id)).toMatchObject({ status: 'effective', version: 3 });
  }, 60_000);
});
