import { z } from 'zod';
import type { PersonRow, UnitRow } from '../../schemas/tax/fields';
import { idNumberProblem } from '../../domain/identity';
import { nextSerial, sql, type Db } from '../kit/books';
import type { RowReason } from './reasons';

const text = (most: number) => z.string().min(1).max(most);
/** What `PUT /_data` takes: payers as if they had been registered long ago. Without `tax_reg_no` the office gives one. */
export const dataSchema = z.strictObject({
  units: z.array(z.strictObject({ emp_no: text(20), uscc: text(18), emp_name: text(50), tax_reg_no: text(20).optional() })).default([]),
  persons: z
    .array(z.strictObject({ psn_no: text(20), cert_type: text(2).default('01'), certno: text(20), psn_name: text(25), tax_reg_no: text(20).optional() }))
    .default([]),
});
export type RegisterData = z.infer<typeof dataSchema>;

export interface Unit {
  readonly emp_no: string;
  readonly tax_reg_no: string;
  readonly uscc: string;
  readonly emp_name: string;
  readonly ended: number;
}
export interface Person {
  readonly psn_no: string;
  readonly tax_reg_no: string;
  readonly cert_type: string;
  readonly certno: string;
  readonly psn_name: string;
  readonly ended: number;
}

/** Who pays here (登记). All calls run inside the caller's transaction. */
export class Registers {
  constructor(private readonly db: Db) {}

  unitByReg = (tax_reg_no: string): Unit | undefined => sql<[string], Unit>(this.db, 'SELECT * FROM unit WHERE tax_reg_no = ?').get(tax_reg_no);
  unit = (emp_no: string): Unit | undefined => sql<[string], Unit>(this.db, 'SELECT * FROM unit WHERE emp_no = ?').get(emp_no);
  person = (psn_no: string): Person | undefined => sql<[string], Person>(this.db, 'SELECT * FROM person WHERE psn_no = ?').get(psn_no);

  load(data: RegisterData): void {
    for (const unit of data.units) this.putUnit({ ...unit, tax_reg_no: unit.tax_reg_no ?? this.unit(unit.emp_no)?.tax_reg_no ?? this.newRegNo('unit'), ended: 0 });
    for (const person of data.persons) {
      this.putPerson({ ...person, tax_reg_no: person.tax_reg_no ?? this.person(person.psn_no)?.tax_reg_no ?? this.newRegNo('person'), ended: 0 });
    }
  }

  putUnit(unit: Unit): void {
    sql<Unit>(
        this.db,
        `INSERT INTO unit (emp_no, tax_reg_no, uscc, emp_name, ended) VALUES (@emp_no, @tax_reg_no, @uscc, @emp_name, @ended) ON CONFLICT (emp_no)
           DO UPDATE SET tax_reg_no = excluded.tax_reg_no, uscc = excluded.uscc, emp_name = excluded.emp_name, ended = excluded.ended`,
    ).run(unit);
  }

  putPerson(person: Person): void {
    sql<Person>(
        this.db,
        `INSERT INTO person (psn_no, tax_reg_no, cert_type, certno, psn_name, ended) VALUES (@psn_no, @tax_reg_no, @cert_type, @certno, @psn_name, @ended)
           ON CONFLICT (psn_no) DO UPDATE SET tax_reg_no = excluded.tax_reg_no, cert_type = excluded.cert_type, certno = excluded.certno,
           psn_name = excluded.psn_name, ended = excluded.ended`,
    ).run(person);
  }

  /** 社保费登记序号, of 20 digits at most. */
  newRegNo(of: 'unit' | 'person'): string {
    return `${of === 'unit' ? '1' : '2'}0099${String(nextSerial(this.db, 'tax_reg_no')).padStart(12, '0')}`;
  }

  /** A row of DW: the 登记序号, or why not. */
  takeUnit(row: UnitRow): { readonly tax_reg_no: string } | RowReason {
    const known = this.unit(row.emp_no);
    if (row.op !== 'A' && !known) return 'DJ0005';
    if (row.uscc === '') return 'DJ0004';
    if (known && known.uscc !== row.uscc && row.op === 'A') return 'DJ0003';
    const tax_reg_no = known?.tax_reg_no ?? this.newRegNo('unit');
    this.putUnit({ emp_no: row.emp_no, tax_reg_no, uscc: row.uscc, emp_name: row.emp_name, ended: row.op === 'D' ? 1 : 0 });
    return { tax_reg_no };
  }

  /** A row of RY: the 登记序号, or why not. */
  takePerson(row: PersonRow, today: string): { readonly tax_reg_no: string } | RowReason {
    const known = this.person(row.psn_no);
    if (row.op !== 'A' && !known) return 'DJ0005';
    if (wrongIdNumber(row, today)) return 'DJ0002';
    const holder = sql<[string, string], Person>(this.db, 'SELECT * FROM person WHERE certno = ? AND psn_no <> ? AND ended = 0').get(row.certno, row.psn_no);
    if (holder || (known && known.certno !== row.certno && row.op === 'A')) return 'DJ0003';
    const tax_reg_no = known?.tax_reg_no ?? this.newRegNo('person');
    this.putPerson({ psn_no: row.psn_no, tax_reg_no, cert_type: row.cert_type, certno: row.certno, psn_name: row.psn_name, ended: row.op === 'D' ? 1 : 0 });
    return { tax_reg_no };
  }
}

/** A resident identity number (cert_type 01) that cannot be one. Other documents are not checked. */
export function wrongIdNumber({ cert_type, certno }: { readonly cert_type: string; readonly certno: string }, today: string): boolean {
  return certno === '' || (cert_type === '01' && idNumberProblem(certno, today) !== null);
}
