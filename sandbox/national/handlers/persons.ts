import { randomBytes } from 'node:crypto';
import { ageOn, dateOf } from '../../../domain/calendar';
import { ZERO } from '../../../domain/money';
import type { Handler } from '../call';
import { must } from '../refusal';
import {
  balanceOf,
  entitlementReason,
  identitiesOf,
  insuranceOf,
  insurancesOf,
  personByCredential,
  personOf,
} from '../registers';
import { takeCode } from '../wallet';

const VOUCHER_LIFE_MS = 2 * 3600 * 1000;
const BASIC_FUND: Readonly<Record<string, string>> = { '310': '310100', '390': '390100' };

/** 1101: the person behind a credential, with all insurance and identity rows. */
export const queryPerson: Handler<'1101'> = ({ input, view, institution, now, nowText }) => {
  const { data } = input;
  const person = personByCredential(view, data, { fixmedinsCode: institution.fixmedins_code, now });
  must(data.psn_name === undefined || data.psn_name === person.psn_name, '[人员信息]姓名与证件不符');
  must(data.certno === undefined || data.certno === person.certno, '[人员信息]证件号码与凭证不符');
  return {
    output: {
      baseinfo: {
        psn_no: person.psn_no,
        psn_cert_type: person.psn_cert_type,
        certno: person.certno,
        psn_name: person.psn_name,
        gend: person.gend,
        naty: person.naty,
        brdy: person.brdy,
        age: String(ageOn(person.brdy, dateOf(nowText))),
      },
      insuinfo: insurancesOf(view, person.psn_no).map((row) => ({
        ...row,
        balc: row.insutype === '310' ? balanceOf(view, person.psn_no, 'personal') : ZERO,
      })),
      idetinfo: identitiesOf(view, person.psn_no).map((row) => ({
        psn_idet_type: row.psn_idet_type,
        begntime: row.begntime,
        endtime: row.endtime ?? undefined,
        memo: row.memo ?? undefined,
      })),
    },
  };
};

/** 1162: exchanges the scanned code for a token that lives two hours, at this institution only. */
export const decodeQrCode: Handler<'1162'> = ({ input, db, institution, now }) => {
  const { data } = input;
  must(data.orgId === institution.fixmedins_code, '[电子凭证]机构编号与报文定点医药机构不一致');
  must(data.ecQrCode, '[电子凭证]二维码不能为空');
  const person = takeCode(db, data.ecQrCode, now);
  const token = `EC${randomBytes(18).toString('hex')}`;
  db.prepare('DELETE FROM voucher WHERE expires_at < ?').run(now - 24 * 3600 * 1000);
  db.prepare('INSERT INTO voucher (ec_token, psn_no, fixmedins_code, expires_at) VALUES (?, ?, ?, ?)').run(
    token,
    person.psn_no,
    institution.fixmedins_code,
    now + VOUCHER_LIFE_MS,
  );
  return {
    output: {
      data: {
        psn_cert_type: person.psn_cert_type,
        certno: person.certno,
        psn_name: person.psn_name,
        cardno: person.card_no ?? undefined,
        card_sn: person.card_sn ?? undefined,
        ecToken: token,
      },
    },
  };
};

/** 2001: whether the basic fund of this insurance pays for this kind of treatment on this day. */
export const checkEntitlement: Handler<'2001'> = ({ input, view, institution, insuplcAdmdvs }) => {
  const { data } = input;
  must(data.fixmedins_code === institution.fixmedins_code, '[待遇检查]定点医药机构编号与报文不一致');
  personOf(view, data.psn_no);
  const insurance = insuranceOf(view, data.psn_no, data.insutype, insuplcAdmdvs);
  const reason = entitlementReason(insurance, data.begntime);
  return {
    output: {
      trtinfo: [
        {
          psn_no: data.psn_no,
          trt_chk_type: '01',
          fund_pay_type: BASIC_FUND[data.insutype] ?? '999997',
          trt_enjymnt_flag: reason === null ? '1' : '0',
          begndate: dateOf(data.begntime),
          trt_chk_rslt: reason ?? undefined,
        },
      ],
    },
  };
};
