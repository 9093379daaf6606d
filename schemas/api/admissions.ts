import { z } from 'zod';
import { credential, idNumber } from './credential';
import { nationalForm } from './national-form';
import { asciiCode, businessTime, iptNo, plainText } from './text';

const diagnosisRow = nationalForm('2401', 'diseinfo', ['psn_no']);

/** Diagnoses of a stay: at least one, exactly one of them the main one, order numbers not repeated. */
export const diagnoses = z
  .array(diagnosisRow)
  .min(1, { message: '至少一个诊断' })
  .max(50, { message: '至多 50 个诊断' })
  .superRefine((rows, context) => {
    const mains = rows.filter((row) => row['maindiag_flag'] === '1').length;
    if (mains !== 1) {
      const message = mains === 0 ? '缺少主诊断' : '主诊断多于一个';
      context.addIssue({ code: 'custom', message, params: { code: 'MAIN_DIAGNOSIS_INVALID' } });
    }
    if (new Set(rows.map((row) => row['diag_srt_no'])).size !== rows.length) {
      context.addIssue({ code: 'custom', message: '诊断排序号重复', params: { code: 'DIAGNOSIS_ORDER_REPEATED' } });
    }
  })
  .meta({ id: 'Diagnoses', description: '诊断，2401 diseinfo 各行（不含人员编号）' });

const FILLED_IN_2401 = ['psn_no', 'insutype', 'begntime', 'mdtrt_cert_type', 'mdtrt_cert_no', 'med_type', 'ipt_no'];

const admissionForm = nationalForm('2401', 'mdtrtinfo', FILLED_IN_2401).meta({
  id: 'AdmissionForm',
  description: '入院登记表，2401 mdtrtinfo 其余各项，字段名同国家接口',
});

/** Codes of 险种类型 that a stay may be settled under. */
const insutype = z.string().regex(/^[1-9]\d{2,5}$/, { message: '险种类型为 3–6 位数字' }).meta({ description: '险种类型 insutype' });
const medType = z.string().regex(/^\d{2,6}$/, { message: '医疗类别为 2–6 位数字' }).meta({ description: '医疗类别 med_type' });

export const admitBody = z
  .strictObject({
    iptNo,
    credential,
    certno: idNumber.optional().meta({ description: '院内登记的身份证号码；与平台返回的不一致时拒绝' }),
    insutype,
    medType,
    begntime: businessTime.meta({ description: '入院时间，北京时间 yyyy-MM-dd HH:mm:ss' }),
    form: admissionForm,
    diagnoses,
    accidentFilingNo: asciiCode(30, '外伤备案号，med_type 为 22 时必填').optional(),
  })
  .meta({ id: 'AdmitRequest' });

export const amendBody = z
  .strictObject({ form: admissionForm, diagnoses })
  .meta({ id: 'AmendRequest' });

const FILLED_IN_2402 = ['mdtrt_id', 'psn_no', 'insutype', 'endtime'];

export const dischargeBody = z
  .strictObject({
    endtime: businessTime.meta({ description: '出院时间，北京时间 yyyy-MM-dd HH:mm:ss' }),
    form: nationalForm('2402', 'dscginfo', FILLED_IN_2402).meta({
      id: 'DischargeForm',
      description: '出院登记表，2402 dscginfo 其余各项，字段名同国家接口',
    }),
    diagnoses,
  })
  .meta({ id: 'DischargeRequest' });

const reason = plainText(200, '原因');

export const reasonBody = z.strictObject({ reason }).meta({ id: 'ReasonRequest' });

export const STAGES = ['opened', 'admitted', 'selfPay', 'discharged', 'settled', 'cancelled', 'refused'] as const;
export const stage = z.enum(STAGES).meta({
  description: '住院阶段：opened 已建档、admitted 在院、selfPay 自费住院、discharged 已出院待结算、settled 已结算、cancelled 已撤销、refused 未受理',
});
