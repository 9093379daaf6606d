import { fen, type Fen } from '../../domain/money';
import { demoPolicies } from '../../domain/policies';
import { must } from './refusal';
import type { Db } from './store';

/** 参保人员. */
export interface Person {
  readonly psn_no: string;
  readonly psn_cert_type: string;
  readonly certno: string;
  readonly card_no: string | null;
  readonly card_sn: string | null;
  readonly psn_name: string;
  readonly gend: string;
  readonly naty: string;
  readonly brdy: string;
}

/** One row of insuinfo (参保信息); a person may have several. */
export interface Insurance {
  readonly insutype: string;
  readonly insuplc_admdvs: string;
  readonly psn_insu_stas: string;
  readonly psn_type: string;
  readonly cvlserv_flag: string;
  readonly psn_insu_date?: string;
  readonly paus_insu_date?: string;
  readonly emp_name?: string;
}

export interface Identity {
  readonly psn_idet_type: string;
  readonly begntime: string;
  readonly endtime: string | null;
  readonly memo: string | null;
}

export type AccountKind = 'personal' | 'family';

const NOT_FOUND = '[人员信息]未查询到参保人员信息';

const INSURED_STATES: Readonly<Record<string, string>> = {
  '0': '未参保',
  '2': '暂停参保',
  '3': '无效',
  '4': '终止参保',
};

interface PersonRow {
  psn_no: string;
  psn_cert_type: string;
  certno: string;
  card_no: string | null;
  card_sn: string | null;
  psn_name: string;
  detail: string;
}

/** The person with this number. Throws Refusal when there is none. */
export function personOf(view: Db, psnNo: string): Person {
  const row = view.prepare<[string], PersonRow>('SELECT * FROM person WHERE psn_no = ?').get(psnNo);
  must(row, NOT_FOUND);
  return toPerson(row);
}

/** What a patient presents: mdtrt_cert_type, mdtrt_cert_no, card_sn. */
export interface PresentedCredential {
  readonly mdtrt_cert_type: string;
  readonly mdtrt_cert_no: string;
  readonly card_sn?: string;
}

/**
 * The person behind a credential: 01 ecToken of this institution and not expired, 02 ID number, 03 social-security card.
 * Throws Refusal otherwise; an expired voucher has a text of its own, since the clerk then scans anew.
 */
export function personByCredential(
  view: Db,
  credential: PresentedCredential,
  at: { fixmedinsCode: string; now: number },
): Person {
  const { mdtrt_cert_type: type, mdtrt_cert_no: no } = credential;
  if (type === '01') return personByVoucher(view, no, at);
  must(type === '02' || type === '03', `[就诊凭证]不支持的就诊凭证类型[${type}]`);
  const column = type === '02' ? 'certno' : 'card_no';
  const row = view.prepare<[string], PersonRow>(`SELECT * FROM person WHERE ${column} = ?`).get(no);
  must(row, NOT_FOUND);
  must(
    type === '02' || credential.card_sn === undefined || row.card_sn === credential.card_sn,
    '[就诊凭证]卡识别码与社会保障卡不符',
  );
  return toPerson(row);
}

function personByVoucher(view: Db, token: string, at: { fixmedinsCode: string; now: number }): Person {
  const voucher = view
    .prepare<[string], { psn_no: string; fixmedins_code: string; expires_at: number }>(
      'SELECT psn_no, fixmedins_code, expires_at FROM voucher WHERE ec_token = ?',
    )
    .get(token);
  must(voucher && voucher.fixmedins_code === at.fixmedinsCode, '[电子凭证]电子凭证令牌无效');
  must(voucher.expires_at > at.now, '[电子凭证]电子凭证令牌已过期，请重新扫码');
  return personOf(view, voucher.psn_no);
}

export function insurancesOf(view: Db, psnNo: string): Insurance[] {
  return view
    .prepare<[string], { detail: string }>('SELECT detail FROM insuinfo WHERE psn_no = ? ORDER BY seq')
    .all(psnNo)
    .map((row) => JSON.parse(row.detail) as Insurance);
}

export function identitiesOf(view: Db, psnNo: string): Identity[] {
  return view
    .prepare<[string], Identity>(
      'SELECT psn_idet_type, begntime, endtime, memo FROM identity WHERE psn_no = ? ORDER BY begntime, psn_idet_type',
    )
    .all(psnNo);
}

/** The row of insurance that a transaction means. Throws Refusal when the person has none such. */
export function insuranceOf(view: Db, psnNo: string, insutype: string, insuplcAdmdvs: string): Insurance {
  const rows = insurancesOf(view, psnNo).filter((row) => row.insutype === insutype);
  must(rows.length > 0, `[待遇检查]该人员未参加险种[${insutype}]`);
  const row = rows.find((each) => each.insuplc_admdvs === insuplcAdmdvs);
  must(row, '[报文校验]参保地医保区划与人员参保信息不符');
  return row;
}

/** Why this insurance gives no benefits on the day of `begntime`, or null when it does. */
export function entitlementReason(insurance: Insurance, begntime: string): string | null {
  if (!demoPolicies.some((policy) => policy.insurances[insurance.insutype])) {
    return `险种[${insurance.insutype}]不享受住院待遇`;
  }
  if (insurance.psn_insu_stas !== '1') {
    return `参保状态为${INSURED_STATES[insurance.psn_insu_stas] ?? '异常'}，不享受待遇`;
  }
  if (insurance.psn_insu_date && begntime.slice(0, 10) < insurance.psn_insu_date) return '就诊日期早于参保日期，不享受待遇';
  return null;
}

/** Balance in fen; 0 where there is no such account. */
export function balanceOf(view: Db, psnNo: string, kind: AccountKind): Fen {
  const row = view
    .prepare<[string, string], { balance: number }>('SELECT balance FROM account WHERE psn_no = ? AND kind = ?')
    .get(psnNo, kind);
  return fen(row?.balance ?? 0);
}

function toPerson(row: PersonRow): Person {
  const { detail, ...columns } = row;
  const rest = JSON.parse(detail) as { gend: string; naty: string; brdy: string };
  return {
    psn_no: columns.psn_no,
    psn_cert_type: columns.psn_cert_type,
    certno: columns.certno,
    card_no: columns.card_no,
    card_sn: columns.card_sn,
    psn_name: columns.psn_name,
    ...rest,
  };
}
