import { readFileSync } from 'node:fs';

import type { FirstLogIn } from '../../../activities/people/set-up';
import { totpCode } from '../../../activities/people/totp';
import { demoLogInsPath } from '../../demo-people';
import { SigningSession } from '../../sign/api';
import { openApi, type Api } from '../client';

/** A case as the API shows it to a person, as far as the story looks. */
export interface CaseView {
  readonly caseNo: string;
  readonly definition: string;
  readonly zh: string;
  readonly division: string;
  readonly status: string;
  readonly statusName: string;
  readonly step: string | null;
  readonly slot: string | null;
  readonly round: number;
  readonly seenHash: string;
  readonly amountFen: number | null;
  readonly chain: readonly { readonly key: string; readonly kind: 'sign' | 'automatic' }[];
  readonly results: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  readonly failure: string | null;
}

/** What may stand beside an act. */
interface Beside {
  readonly slot?: string;
  readonly opinion?: string;
}

/** A person at the office, logged in with password and code. */
export interface Person {
  readonly api: Api;
  /** Of the session; a browser carries the same in its cookie. */
  readonly token: string;
  read(caseNo: string): Promise<CaseView>;
  /** Opens a case and submits it, and waits until it needs a human again. Throws Refused. */
  open(definition: string, division: string, form: object): Promise<CaseView>;
  /** Acts on a case as it stands and waits until it needs a human again. Throws Refused, and Error when its register refuses. */
  act(caseNo: string, act: 'approve' | 'object' | 'return' | 'submit', beside?: Beside): Promise<CaseView>;
}

export interface Office {
  readonly logIns: readonly FirstLogIn[];
  /** The person of a login name; logs in once. Throws for a name that the demonstration does not have. */
  person(login: string): Promise<Person>;
}

const LONGEST_MS = 90_000;
const LOOK_MS = 60;
const ENDED = new Set(['effective', 'rejected', 'withdrawn', 'voided', 'failed', 'draft', 'returned']);

/** Log-ins of a data folder, as the launcher wrote them. */
export function readLogIns(dataDir: string): readonly FirstLogIn[] {
  return (JSON.parse(readFileSync(demoLogInsPath(dataDir), 'utf8')) as { logIns: FirstLogIn[] }).logIns;
}

export function logInOf(logIns: readonly FirstLogIn[], login: string): FirstLogIn {
  const found = logIns.find((each) => each.login === login);
  if (!found) throw new Error(`演示没有 ${login} 这个人`);
  return found;
}

export function openOffice(api: string, dataDir: string): Office {
  const logIns = readLogIns(dataDir);
  const people = new Map<string, Promise<Person>>();
  return {
    logIns,
    person: (login) => {
      const known = people.get(login) ?? enter(api, logInOf(logIns, login));
      people.set(login, known);
      return known;
    },
  };
}

async function enter(base: string, { login, password, totpSecret }: FirstLogIn): Promise<Person> {
  const secrets = { password: () => Promise.resolve(password), code: () => Promise.resolve(totpCode(totpSecret, Date.now())) };
  const { token } = await SigningSession.open(base, login, secrets);
  const api = openApi(base, token, `story-${login}-${Date.now()}`);
  const read = (caseNo: string): Promise<CaseView> => api.get(`/v1/office-cases/${caseNo}`);

  /** What is registered by itself takes a moment; a case that its register sent back is an error of the story. */
  async function settled(caseNo: string): Promise<CaseView> {
    const deadline = Date.now() + LONGEST_MS;
    for (;;) {
      const view = await read(caseNo);
      if (view.failure !== null) throw new Error(`${caseNo} ${view.statusName}：${view.failure}`);
      if (ENDED.has(view.status) || view.chain.find(({ key }) => key === view.step)?.kind === 'sign') return view;
      if (Date.now() > deadline) throw new Error(`${caseNo} 在 ${LONGEST_MS / 1000} 秒内没有登记完`);
      await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
    }
  }

  return {
    api,
    token,
    read,
    open: async (definition, division, form) => {
      const { caseNo } = await api.post<CaseView>('/v1/office-cases', { definition, division, form, submit: true });
      return settled(caseNo);
    },
    act: async (caseNo, act, { slot, opinion = '情况属实，同意。' } = {}) => {
      const { step, slot: own, round, seenHash } = await read(caseNo);
      await api.post(`/v1/office-cases/${caseNo}/acts`, { act, step: step ?? 'maker', slot: slot ?? own, round, opinion, seenHash });
      return settled(caseNo);
    },
  };
}
