import { z } from 'zod';
import { parseMsgid } from '../../domain/national/msgid';
import { credential } from './credential';
import { nationalForm } from './national-form';
import { asciiCode, flag, plainText, positiveFen } from './text';

export const depositBody = z
  .strictObject({
    amountFen: positiveFen,
    method: z.enum(['cash', 'card', 'wechat', 'alipay', 'transfer']).meta({ description: '收付方式' }),
    receiptNo: asciiCode(40, '收据号'),
  })
  .meta({ id: 'DepositRequest' });

const preSettleShape = {
  credential,
  psnSetlway: z
    .string()
    .regex(/^\d{2}(\d{2})?$/, { message: '个人结算方式为两位或四位数字' })
    .meta({ description: '个人结算方式 psn_setlway：01 按项目、02 按定额、0201 按病种、0202 日间手术' }),
  acctUsedFlag: flag.meta({ description: '个人账户使用标志：1 使用' }),
  midSetlFlag: flag.meta({ description: '中途结算标志：1 中途' }),
  diseCodg: asciiCode(30, '病种编码 dise_codg，按病种结算时给出；是否随 2303、2304 上传由省级差异配置决定').optional(),
};

export const preSettleBody = z.strictObject(preSettleShape).meta({ id: 'PreSettleRequest' });

const tillShape = {
  invono: asciiCode(20, '发票号').optional(),
  expectedCashFen: z.number().int().min(0).optional().meta({ description: '已告知患者的现金支付额，单位分；不一致时不结算' }),
};

export const settleBody = z.strictObject({ ...preSettleShape, ...tillShape }).meta({ id: 'SettleRequest' });

export const settleSelfPayBody = z.strictObject(tillShape).meta({ id: 'SettleSelfPayRequest' });

const setlId = asciiCode(30, '结算号；省略时为最近一笔有效结算').optional();
const reason = plainText(200, '原因');

export const cancelSettlementBody = z.strictObject({ setlId, reason }).meta({ id: 'CancelSettlementRequest' });

export const acceptAmountsBody = z
  .strictObject({ setlId: asciiCode(30, '结算号；省略时为等待确认的那一笔').optional() })
  .meta({ id: 'AcceptAmountsRequest' });

const FILLED_IN_4101A = ['psn_no', 'mdtrt_id', 'setl_id'];

export const submitListBody = z
  .strictObject({
    setlId,
    form: nationalForm('4101A', 'setlinfo', FILLED_IN_4101A).meta({
      id: 'SettlementListForm',
      description: '结算清单，4101A setlinfo 其余各项，字段名同国家接口',
    }),
    diagnoses: z.array(nationalForm('4101A', 'diseinfo', [])).max(50),
  })
  .meta({ id: 'SubmitListRequest' });

export const withdrawListBody = z.strictObject({ setlId }).meta({ id: 'WithdrawListRequest' });

export const resolveUnknownBody = z
  .strictObject({
    msgid: z.string().regex(/^[A-Z]\d{11}\d{14}\d{4}$/, { message: '报文编号为 30 位' })
      .refine((text) => parseMsgid(text) !== undefined, { message: '报文编号中的时间不存在' }).optional()
      .meta({ description: '结果不明的报文编号；省略时为本次住院待处置的那一笔' }),
    decision: z.enum(['adopt', 'abandon']).meta({ description: 'adopt 认账、abandon 冲正' }),
    setlId: asciiCode(30, '中心的结算号，认账时必填，取自对账明细').optional(),
    reason,
  })
  .refine((body) => body.decision === 'abandon' || body.setlId !== undefined, { path: ['setlId'], message: '认账时须给出结算号' })
  .meta({ id: 'ResolveUnknownRequest' });
