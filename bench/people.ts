import fs from 'node:fs';
import path from 'node:path';

import { checkDigit } from '../domain/identity';

/** A person of the bench, plainly fictitious, in the project's own test range of ID numbers. */
export interface BenchPerson {
  readonly index: number;
  readonly psnNo: string;
  readonly certno: string;
  readonly iptNo: string;
}

const TEST_REGION = '990101';
const FIRST_BIRTH_DAY = Date.UTC(1950, 0, 1);
const DAY_MS = 86_400_000;

export function benchPerson(index: number): BenchPerson {
  const birth = new Date(FIRST_BIRTH_DAY + index * DAY_MS).toISOString().slice(0, 10);
  const body = `${TEST_REGION}${birth.replaceAll('-', '')}777`;
  return {
    index,
    psnNo: `9901019${String(index).padStart(13, '0')}`,
    certno: `${body}${checkDigit(body)}`,
    iptNo: `BENCH${String(index).padStart(6, '0')}`,
  };
}

/** The persons as the centre's register wants them: an employee of the demo with other numbers. */
export function asRegister(persons: readonly BenchPerson[]): object {
  const people = JSON.parse(fs.readFileSync(path.resolve('cli', 'demo', 'people.json'), 'utf8')) as { persons: Record<string, unknown>[] };
  const [model] = people.persons;
  return {
    persons: persons.map(({ psnNo, certno, index }) => ({
      ...model,
      psn_no: psnNo,
      certno,
      psn_name: `示例量测${index}`,
      brdy: `${certno.slice(6, 10)}-${certno.slice(10, 12)}-${certno.slice(12, 14)}`,
      card_no: `B${String(index).padStart(8, '0')}`,
      card_sn: certno.padEnd(32, '0'),
      ec_qr_code: `99019${String(index).padStart(23, '0')}`,
    })),
  };
}
