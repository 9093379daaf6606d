import { add, subtract, ZERO, type Fen } from '../../../domain/money';
import type { Input4101A } from '../../../schemas/national/generated/4101A';
import type { Output4103Iteminfo } from '../../../schemas/national/generated/4103';
import { sumOf } from '../amounts';
import type { Call, Handler } from '../call';
import { linesOfSettlement, type Line } from '../lines';
import { must } from '../refusal';
import { personOf } from '../registers';
import { settlementById, type Settlement } from '../settlements';
import { nextNumber, type Db } from '../store';

const UPLOADED = '0';
const SUBMITTED = '1';

interface ListRow {
  readonly setl_list_id: string;
  readonly setl_id: string;
  readonly stas_type: string;
  readonly content: string;
}

/** 4101A: one list for each settlement; sent again it replaces the former one, while that is not submitted. */
export const uploadList: Handler<'4101A'> = (call) => {
  const { setlinfo } = call.input;
  const { db, institution } = call;
  const settlement = liveSettlement(call, setlinfo.setl_id, setlinfo.psn_no);
  must(settlement.mdtrt_id === setlinfo.mdtrt_id, '[结算清单]就诊ID与结算信息不一致');
  const before = listOf(db, settlement.setl_id);
  must(before?.stas_type !== SUBMITTED, '[结算清单]结算清单已提交，请先撤回');
  const id =
    before?.setl_list_id ?? nextNumber(db, 'setl_list_id', { admdvs: institution.admdvs, now: call.now, digits: 10 });
  db.prepare(
    `INSERT INTO list (setl_list_id, setl_id, fixmedins_code, stas_type, content, updated_at) VALUES (?, ?, ?, ?, ?, ?)
       ON CONFLICT (setl_id) DO UPDATE SET content = excluded.content, updated_at = excluded.updated_at`,
  ).run(id, settlement.setl_id, institution.fixmedins_code, UPLOADED, JSON.stringify(call.input), call.nowText);
  return { output: { setl_list_id: id } };
};

/** 4102: submits (1) or withdraws (0) lists; all rows of a call or none. */
export const changeListState: Handler<'4102'> = (call) => {
  const { stastinfo } = call.input.data;
  must(stastinfo.length > 0, '[结算清单]状态列表不能为空');
  for (const row of stastinfo) {
    must(row.stas_type === UPLOADED || row.stas_type === SUBMITTED, '[结算清单]状态分类不正确');
    const settlement = liveSettlement(call, row.setl_id, row.psn_no);
    const list = listOf(call.db, settlement.setl_id);
    must(list, '[结算清单]未查询到结算清单，请先上传');
    must(
      row.stas_type === SUBMITTED || settlement.clr_appy_evt_id === null,
      '[结算清单]该结算所属月份已申报清算，不能撤回结算清单',
    );
    call.db
      .prepare('UPDATE list SET stas_type = ?, updated_at = ? WHERE setl_list_id = ?')
      .run(row.stas_type, call.nowText, list.setl_list_id);
  }
  return { output: {} };
};

/** 4103: the list as uploaded, with the money that the centre adds from the settlement. */
export const queryList: Handler<'4103'> = (call) => {
  const { data } = call.input;
  const settlement = ownSettlement(call, call.view, data.setl_id, data.psn_no);
  const list = listOf(call.view, settlement.setl_id);
  must(list, '[结算清单]未查询到结算清单');
  const content = JSON.parse(list.content) as Input4101A;
  const person = personOf(call.view, settlement.psn_no);
  const { amounts } = settlement;
  const ownPay = add(amounts.fulamt_ownpay_amt, amounts.overlmt_selfpay);
  const accounts = add(amounts.acct_pay, amounts.acct_mulaid_pay);
  return {
    output: {
      setlinfo: {
        ...content.setlinfo,
        setl_list_sn: list.setl_list_id,
        stas_type: list.stas_type,
        fixmedins_code: settlement.fixmedins_code,
        fixmedins_name: call.institution.fixmedins_name,
        psn_name: person.psn_name,
        gend: person.gend,
        brdy: person.brdy,
        naty: person.naty,
        patn_cert_type: person.psn_cert_type,
        certno: person.certno,
        hi_type: settlement.insutype,
        insuplc: call.insuplcAdmdvs,
        psn_selfpay_amt: subtract(add(accounts, amounts.psn_cash_pay), ownPay),
        psn_ownpay_fee: ownPay,
        acct_payamt: accounts,
        psn_cashpay: amounts.psn_cash_pay,
      },
      payinfo: settlement.setldetail.map((row) => ({
        fund_pay_type: row.fund_pay_type,
        poolarea_fund_pay_type: `${row.fund_pay_type.slice(0, -2)}01`,
        poolarea_fund_pay_name: row.fund_pay_type_name,
        fund_payamt: row.fund_payamt,
      })),
      diseinfo: content.diseinfo ?? [],
      iteminfo: chargeItems(linesOfSettlement(call.view, settlement.setl_id)),
      oprninfo: content.oprninfo ?? [],
      icuinfo: content.icuinfo ?? [],
      bldinfo: content.bldinfo ?? [],
    },
  };
};

/** Fees by kind of charge: class A, class B, self-paid. */
function chargeItems(lines: readonly Line[]): Output4103Iteminfo[] {
  const kinds = [...new Set(lines.map((line) => line.answer.med_chrgitm_type))].sort();
  return kinds.map((kind) => {
    const rows = lines.filter((line) => line.answer.med_chrgitm_type === kind);
    const sum = (level: string): Fen =>
      sumOf(rows.filter((row) => row.answer.chrgitm_lv === level).map((row) => row.split.det_item_fee_sumamt));
    return {
      med_chrgitm: kind,
      amt: sumOf(rows.map((row) => row.split.det_item_fee_sumamt)),
      claa_sumfee: sum('01'),
      clab_amt: sum('02'),
      fulamt_ownpay_amt: sum('03'),
      oth_amt: ZERO,
    };
  });
}

function listOf(view: Db, setlId: string): ListRow | undefined {
  return view.prepare<[string], ListRow>('SELECT * FROM list WHERE setl_id = ?').get(setlId);
}

function ownSettlement(call: Call, view: Db, setlId: string, psnNo: string): Settlement {
  const settlement = settlementById(view, setlId);
  must(
    settlement && settlement.fixmedins_code === call.institution.fixmedins_code && settlement.psn_no === psnNo,
    '[结算清单]未查询到结算信息',
  );
  return settlement;
}

function liveSettlement(call: Call, setlId: string, psnNo: string): Settlement {
  const settlement = ownSettlement(call, call.db, setlId, psnNo);
  must(settlement.refd_setl_flag === '0', '[结算清单]该结算已退费，不能办理结算清单业务');
  return settlement;
}
