import fs from 'node:fs';
import path from 'node:path';

import type { BenchPerson } from './people';

/** A hospital's program as it calls the API; throws with the API's own words when a call is not answered as done. */
export interface Clerk {
  admit(person: BenchPerson): Promise<void>;
  settle(person: BenchPerson): Promise<string>;
  cancelSettlement(person: BenchPerson, setlId: string): Promise<void>;
}

interface Answer {
  readonly status: string;
  readonly result?: Record<string, unknown>;
}

const PATIENT = JSON.parse(fs.readFileSync(path.resolve('cli', 'demo', 'patients', 'A.json'), 'utf8')) as {
  admission: Record<string, string>;
  diagnoses: object[];
  discharge: Record<string, string>;
  dischargeDiagnoses: object[];
};
const FEES = fs.readFileSync(path.resolve('cli', 'demo', 'patients', 'A.csv'));
const WAY = { psnSetlway: '01', acctUsedFlag: '1', midSetlFlag: '0' };
const POLL_MS = 20;

export function openClerk(api: string, token: string): Clerk {
  let commands = 0;
  const run = `${process.pid}-${Date.now()}`;

  async function command(address: string, body: string | Uint8Array<ArrayBuffer>, type = 'application/json'): Promise<Record<string, unknown>> {
    commands += 1;
    const headers = { authorization: `Bearer ${token}`, 'content-type': type, 'idempotency-key': `${run}-${commands}`, prefer: 'wait=30' };
    const response = await fetch(`${api}${address}`, { method: 'POST', headers, body });
    let answer = (await response.json()) as Answer & { location?: string };
    while (answer.status === 'accepted') {
      await new Promise((resolve) => setTimeout(resolve, POLL_MS));
      answer = (await (await fetch(`${api}${answer.location}`, { headers })).json()) as Answer;
    }
    if (answer.status !== 'done') throw new Error(`${address}: ${response.status} ${JSON.stringify(answer)}`);
    return answer.result ?? {};
  }

  const credential = (person: BenchPerson) => ({ type: '02', no: person.certno });
  return {
    admit: async (person) => {
      const { begntime, med_type, ...form } = PATIENT.admission;
      const { endtime, ...dischargeForm } = PATIENT.discharge;
      const stay = `/v1/admissions/${person.iptNo}`;
      const body = { iptNo: person.iptNo, credential: credential(person), insutype: '310', medType: med_type, begntime, form, diagnoses: PATIENT.diagnoses };
      await command('/v1/admissions', JSON.stringify(body));
      await command(`${stay}/fees`, new Uint8Array(FEES), 'text/csv; charset=utf-8');
      await command(`${stay}/discharge`, JSON.stringify({ endtime, form: dischargeForm, diagnoses: PATIENT.dischargeDiagnoses }));
    },
    settle: async (person) => {
      const result = await command(`/v1/admissions/${person.iptNo}/settlement`, JSON.stringify({ credential: credential(person), ...WAY }));
      return String(result['setlId']);
    },
    cancelSettlement: async (person, setlId) => {
      await command(`/v1/admissions/${person.iptNo}/settlement/cancellation`, JSON.stringify({ setlId, reason: '量测' }));
    },
  };
}
