import type { RegisterOperation } from '../../activities/office-case/operations';
import type { CaseActName } from '../../domain/office-case/types';
import { counting, definitionOf, partiesOf, PARTY_FIELDS, sign, STAFF } from '../support/office-definitions';
import { CITIES, PROVINCE } from '../support/office-people';
import type { OfficeRig, TestAct } from '../support/office-rig';
import type { OfficeStory } from './recorder';

const DAY_MS = 86_400_000;
const CHAIN = [sign({ key: 'review', zh: '审核', role: 'reviewer' }), sign({ key: 'approve', zh: '审批', role: 'approver' })];
const refusing: RegisterOperation = { apply: async () => ({ code: 'AMOUNT_MISMATCH', message: '余额不足，不能登记。' }) };

/** The ways of an office case whose histories are kept. */
export const officeStories: readonly OfficeStory[] = [
  {
    name: 'office-case-returned-and-effective',
    office: { people: STAFF, operations: { 'test.reserve': counting().operation, 'test.effect': counting().operation } },
    play: async (rig) => {
      const definition = definitionOf({
        key: 'test-parties',
        form: [...definitionOf().form, PARTY_FIELDS],
        operation: 'test.effect',
        chain: [
          sign({ key: 'confirm', zh: '市州确认', role: 'cityConfirmer', where: 'parties', need: 'all', objection: 'record', keepUnchanged: true }),
          { key: 'reserve', zh: '预留', en: 'Reserve', kind: 'automatic', operation: 'test.reserve', summary: '预留额度' },
          sign({ key: 'recheck', zh: '复核', role: 'rechecker' }),
          sign({ key: 'approve', zh: '审批', role: 'approver', when: { field: 'amount', atLeast: 1_000_000 } }),
        ],
      });
      const id = await rig.open(definition, 'maker-1', PROVINCE, { subject: '清算', parties: partiesOf() });
      await done(rig, id, 'maker-1', 'submit');
      await confirmAll(rig, id, CITIES);
      await rig.until(id, ({ step }) => step === 'recheck');
      await done(rig, id, 'rechecker-1', 'return');
      await rig.until(id, ({ undoing }) => undoing.length === 0);
      await done(rig, id, 'maker-1', 'submit', { form: { subject: '清算', parties: partiesOf(['100', '90']) } });
      await confirmAll(rig, id, CITIES.slice(1, 2));
      await rig.until(id, ({ step }) => step === 'recheck');
      await done(rig, id, 'rechecker-1', 'approve');
      await rig.until(id, ({ status }) => status === 'effective');
      return { workflowId: id };
    },
  },
  {
    name: 'office-case-effect-refused',
    office: { people: STAFF, operations: { 'test.reserve': counting().operation, 'test.refusing': refusing } },
    play: async (rig) => {
      const reserve = { key: 'reserve', zh: '预留', en: 'Reserve', kind: 'automatic', operation: 'test.reserve', summary: '预留额度' } as const;
      const id = await rig.open(definitionOf({ operation: 'test.refusing', chain: [reserve, ...CHAIN] }), 'maker-1', PROVINCE, { subject: '拨付' });
      await done(rig, id, 'maker-1', 'submit');
      await rig.until(id, ({ step }) => step === 'review');
      await done(rig, id, 'reviewer-1', 'approve');
      await done(rig, id, 'approver-1', 'approve');
      await rig.until(id, ({ status }) => status === 'failed');
      return { workflowId: id };
    },
  },
  {
    name: 'office-case-overdue',
    office: { people: STAFF, time: 'skipping' },
    play: async (rig) => {
      const deadline = { hours: 40, remindAt: [0.5, 0.8], escalateTo: 'approver' };
      const id = await rig.open(definitionOf({ deadline, chain: CHAIN }), 'maker-1', PROVINCE, { subject: '超期' });
      await done(rig, id, 'maker-1', 'submit');
      await done(rig, id, 'reviewer-1', 'suspend');
      await rig.advance(3 * DAY_MS);
      await done(rig, id, 'maker-1', 'resume', { step: 'maker' });
      await rig.advance(31 * DAY_MS);
      await rig.until(id, ({ escalatedAt }) => escalatedAt !== null);
      await rig.signal(id, { act: 'approve' });
      await done(rig, id, 'reviewer-1', 'reject');
      return { workflowId: id };
    },
  },
  {
    name: 'office-case-silent-parties',
    office: { people: STAFF, time: 'skipping', operations: { 'test.reserve': counting({ apply: async () => ({ result: { silent: true } }) }).operation } },
    play: async (rig) => {
      const definition = definitionOf({
        key: 'test-silent',
        form: [...definitionOf().form, PARTY_FIELDS, { ...PARTY_FIELDS, name: 'counties', required: false }],
        deadline: { hours: 16, remindAt: [0.5], escalateTo: 'approver' },
        chain: [
          { key: 'reserve', zh: '预留', en: 'Reserve', kind: 'automatic', operation: 'test.reserve', summary: '预留额度' },
          sign({ key: 'precheck', zh: '预核', role: 'cityConfirmer', where: 'list:counties', need: 'all' }),
          sign({ key: 'confirm', zh: '市州确认', role: 'cityConfirmer', where: 'parties', need: 'all', onOverdue: { act: 'confirm', when: { step: 'reserve', result: 'silent' } } }),
          sign({ key: 'approve', zh: '审批', role: 'approver' }),
        ],
      });
      const id = await rig.open(definition, 'maker-1', PROVINCE, { subject: '视为确认', parties: partiesOf() });
      await done(rig, id, 'maker-1', 'submit');
      await rig.until(id, ({ step }) => step === 'confirm');
      await confirmAll(rig, id, CITIES.slice(0, 1));
      for (let sent = 0; sent < 25; sent += 1) await rig.signal(id, { act: 'approve' });
      await rig.advance(10 * DAY_MS);
      await rig.until(id, ({ step }) => step === 'approve');
      await done(rig, id, 'approver-1', 'approve');
      return { workflowId: id };
    },
  },
  {
    name: 'office-case-continue-as-new',
    office: { people: STAFF, suggestRollAt: 40 },
    play: async (rig) => {
      const id = await rig.open(definitionOf({ chain: CHAIN }), 'maker-1', PROVINCE, { subject: '长件' });
      await done(rig, id, 'maker-1', 'submit');
      const firstRun = (await rig.handle(id).describe()).runId;
      for (let index = 0; index < 8; index += 1) await done(rig, id, 'maker-1', 'urge');
      await done(rig, id, 'reviewer-1', 'approve');
      await done(rig, id, 'approver-1', 'approve');
      return { workflowId: id, firstRun };
    },
  },
];

async function done(rig: OfficeRig, id: string, userId: string, act: CaseActName, given: TestAct = {}): Promise<void> {
  const result = await rig.act(id, userId, act, given);
  if (result.status !== 'done') throw new Error(`${userId} ${act}: ${JSON.stringify(result)}`);
}

async function confirmAll(rig: OfficeRig, id: string, cities: readonly string[]): Promise<void> {
  for (const slot of cities) await done(rig, id, `city-${CITIES.findIndex((city) => city === slot) + 1}`, 'approve', { slot });
}
