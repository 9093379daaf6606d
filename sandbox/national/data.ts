import { z } from 'zod';
import { fen } from '../../domain/money';
import { openAccount, openAccumulators } from './accumulators';
import type { Db } from './store';

const code = z.string().min(1).max(50);
const day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/);
const amount = z.number().int().min(0).max(Number.MAX_SAFE_INTEGER).default(0);
const absent = z
  .string()
  .max(200)
  .nullish()
  .transform((value) => value ?? undefined);

const insuranceSchema = z.object({
  insutype: code,
  psn_type: code,
  psn_insu_stas: code,
  psn_insu_date: absent,
  paus_insu_date: absent,
  cvlserv_flag: z.enum(['0', '1']).default('0'),
  insuplc_admdvs: z.string().regex(/^\d{6}$/),
  emp_name: absent,
});

const identitySchema = z.object({
  psn_idet_type: code,
  begntime: z.string().min(10).max(19),
  endtime: absent,
  memo: absent,
});

const accumulatorSchema = z.object({
  year: z.union([z.number().int(), z.string()]).transform(String).pipe(z.string().regex(/^\d{4}$/)),
  insutype: code,
  inScopeFen: amount,
  poolFen: amount,
  largeFen: amount,
  burdenFen: amount,
  seriousFen: amount,
  aidFen: amount,
  aidDeductibleFen: amount,
  admissions: z.number().int().min(0).default(0),
});

const personSchema = z.object({
  psn_no: z.string().min(1).max(30),
  psn_cert_type: code.default('01'),
  certno: code,
  psn_name: code,
  gend: z.string().default('0'),
  naty: z.string().default('01'),
  brdy: day,
  card_no: absent,
  card_sn: absent,
  ec_qr_code: absent,
  insuinfo: z.array(insuranceSchema).min(1),
  idetinfo: z.array(identitySchema).default([]),
  accounts: z.object({ personal: amount, family: amount }).default({ personal: 0, family: 0 }),
  accumulators: z.array(accumulatorSchema).default([]),
});

const institutionSchema = z.object({
  fixmedins_code: z.string().regex(/^[A-Z]\d{11}$/),
  fixmedins_name: z.string().min(1).max(200),
  admdvs: z.string().regex(/^\d{6}$/),
  level: z.union([z.string(), z.number()]).transform(String).pipe(z.enum(['1', '2', '3'])),
  paasid: z.string().default(''),
  secret: z.string().default(''),
  clr_way: code.default('1'),
  drgCeilingFen: z.number().int().min(0).nullable().default(null),
});

const decimal = z.string().regex(/^\d{1,12}(\.\d{1,6})?$/);
const itemSchema = z.object({
  med_list_codg: code,
  name: z.string().min(1).max(200),
  listType: z.enum(['drug', 'service', 'consumable']),
  chrgitm_lv: z.enum(['01', '02', '03']),
  selfpay_prop: decimal.nullable().default(null),
  cap: decimal.nullable().default(null),
  med_chrgitm_type: code,
  limited: z.boolean().default(false),
  begndate: day,
  enddate: day.default('9999-12-31'),
});

/** What `PUT /_data` takes; each part may be absent, members not named here (such as `note`) are left out. */
export const dataSchema = z.object({
  persons: z.array(personSchema).default([]),
  institutions: z.array(institutionSchema).default([]),
  items: z.array(itemSchema).default([]),
});
export type CentreData = z.infer<typeof dataSchema>;

/** Writes registers of the centre; what exists is replaced. Must run inside a transaction. */
export function loadData(db: Db, data: CentreData): void {
  for (const person of data.persons) loadPerson(db, person);
  const institution = db.prepare(
    `INSERT INTO institution (fixmedins_code, fixmedins_name, admdvs, detail) VALUES (?, ?, ?, ?) ON CONFLICT (fixmedins_code)
       DO UPDATE SET fixmedins_name = excluded.fixmedins_name, admdvs = excluded.admdvs, detail = excluded.detail`,
  );
  for (const { fixmedins_code, fixmedins_name, admdvs, ...detail } of data.institutions) {
    institution.run(fixmedins_code, fixmedins_name, admdvs, JSON.stringify(detail));
  }
  const item = db.prepare(
    `INSERT INTO catalogue (med_list_codg, begndate, enddate, detail) VALUES (?, ?, ?, ?)
       ON CONFLICT (med_list_codg, begndate) DO UPDATE SET enddate = excluded.enddate, detail = excluded.detail`,
  );
  for (const row of data.items) item.run(row.med_list_codg, row.begndate, row.enddate, JSON.stringify(row));
}

function loadPerson(db: Db, person: CentreData['persons'][number]): void {
  db.prepare(
    `INSERT INTO person (psn_no, psn_cert_type, certno, card_no, card_sn, ec_qr_code, psn_name, detail)
       VALUES (@psn_no, @psn_cert_type, @certno, @card_no, @card_sn, @ec_qr_code, @psn_name, @detail)
       ON CONFLICT (psn_no) DO UPDATE SET psn_cert_type = @psn_cert_type, certno = @certno, card_no = @card_no,
         card_sn = @card_sn, ec_qr_code = @ec_qr_code, psn_name = @psn_name, detail = @detail`,
  ).run({
    psn_no: person.psn_no,
    psn_cert_type: person.psn_cert_type,
    certno: person.certno,
    card_no: person.card_no ?? null,
    card_sn: person.card_sn ?? null,
    ec_qr_code: person.ec_qr_code ?? null,
    psn_name: person.psn_name,
    detail: JSON.stringify({ gend: person.gend, naty: person.naty, brdy: person.brdy }),
  });
  db.prepare('DELETE FROM insuinfo WHERE psn_no = ?').run(person.psn_no);
  const insurance = db.prepare(
    'INSERT INTO insuinfo (psn_no, seq, insutype, insuplc_admdvs, psn_insu_stas, detail) VALUES (?, ?, ?, ?, ?, ?)',
  );
  person.insuinfo.forEach((row, index) =>
    insurance.run(person.psn_no, index, row.insutype, row.insuplc_admdvs, row.psn_insu_stas, JSON.stringify(row)),
  );
  db.prepare('DELETE FROM identity WHERE psn_no = ?').run(person.psn_no);
  const identity = db.prepare(
    'INSERT INTO identity (psn_no, psn_idet_type, begntime, endtime, memo) VALUES (?, ?, ?, ?, ?)',
  );
  for (const row of person.idetinfo) {
    const until = row.endtime ? asTime(row.endtime) : null;
    identity.run(person.psn_no, row.psn_idet_type, asTime(row.begntime), until, row.memo ?? null);
  }
  openAccount(db, person.psn_no, 'personal', person.accounts.personal);
  openAccount(db, person.psn_no, 'family', person.accounts.family);
  for (const { year, insutype, admissions, ...amounts } of person.accumulators) {
    openAccumulators(db, { psnNo: person.psn_no, insutype, year }, {
      inScopeFen: fen(amounts.inScopeFen),
      poolFen: fen(amounts.poolFen),
      largeFen: fen(amounts.largeFen),
      burdenFen: fen(amounts.burdenFen),
      seriousFen: fen(amounts.seriousFen),
      aidFen: fen(amounts.aidFen),
      aidDeductibleFen: fen(amounts.aidDeductibleFen),
      admissions,
    });
  }
}

function asTime(text: string): string {
  return text.length === 10 ? `${text} 00:00:00` : text;
}
