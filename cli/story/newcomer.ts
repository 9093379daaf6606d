import { createHash } from 'node:crypto';

import { putData, readDemo } from '../launcher/demo-data';
import type { Patient } from './patient';

/** What the centre may be told about a person besides the header: amounts in fen, as cli/demo/people.json has them. */
interface AtTheCentre {
  readonly psn_type?: string;
  readonly insuplc_admdvs?: string;
  readonly idetinfo?: readonly object[];
  readonly accounts?: { readonly personal: number; readonly family: number };
  readonly accumulators?: readonly object[];
}

const DEMO_DIVISION = '990100';
/** 职工在职 and 城乡居民 as psn_type names them. */
const USUAL_PERSON_TYPE: Readonly<Record<string, string>> = { '310': '1101', '390': '1401' };

/**
 * Registers the person of a header with the sandbox, insured and without earlier stays, unless the header says otherwise
 * under `centre`. People of the demo are there already and stay as they are.
 */
export async function introduce(sandbox: string, header: Patient & { readonly centre?: AtTheCentre }): Promise<void> {
  const { certno, psn_name, gend, brdy, insutype } = header.patient;
  const { persons } = readDemo<{ persons: readonly { certno: string }[] }>('people');
  if (persons.some((person) => person.certno === certno)) return;
  const { psn_type = USUAL_PERSON_TYPE[insutype] ?? '1101', insuplc_admdvs = DEMO_DIVISION, ...rest } = header.centre ?? {};
  const number = createHash('sha256').update(certno).digest('hex').replace(/\D/g, '').padEnd(22, '0').slice(0, 22);
  const insurance = { insutype, psn_type, psn_insu_stas: '1', insuplc_admdvs };
  await putData(sandbox, { persons: [{ psn_no: `9901${number}`, certno, psn_name, gend, brdy, insuinfo: [insurance], ...rest }] });
}
