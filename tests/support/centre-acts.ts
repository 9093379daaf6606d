import { formatDate } from '../../domain/calendar';
import { add, fen, type Fen } from '../../domain/money';
import { fundSumOnWire } from '../../domain/national/fund-sum';
import type { Infno, TransactionMap } from '../../schemas/national/generated';
import { demo, demoPatient } from './demo-data';
import { HOSPITAL, type Rig } from './admission-rig';

/** What others do at the centre while a stay goes on: the office declares the month, a patient shows a code. */

let acts = 0;

async function act<N extends Infno>(rig: Rig, infno: N, input: TransactionMap[N]['input']): Promise<TransactionMap[N]['output']> {
  acts += 1;
  const outcome = await rig.deps.gateway.call({
    key: { workflowId: 'test', commandId: `act-${acts}`, step: infno, ordinal: 0 },
    institution: HOSPITAL,
    infno,
    input,
    operator: { id: 'O001', name: '示例医保办', type: '1' },
  });
  if (outcome.kind !== 'settled') throw new Error(`${infno}: ${JSON.stringify(outcome)}`);
  return outcome.output;
}

interface CentreSettlement {
  readonly refd_setl_flag: string;
  readonly clr_appy_evt_id: string | null;
  readonly amounts: { readonly medfee_sumamt: Fen; readonly fund_pay_sumamt: Fen; readonly acct_pay: Fen; readonly psn_cash_pay: Fen };
}

/** 3203 for the current month with the centre's own sums; from then on its settlements cannot be undone. */
export async function declareMonth(rig: Rig): Promise<string> {
  const month = formatDate(rig.now()).slice(0, 7);
  const rows = (await rig.records<CentreSettlement>('settlements')).filter((row) => row.refd_setl_flag === '0' && row.clr_appy_evt_id === null);
  const sum = (amount: (row: CentreSettlement['amounts']) => Fen): Fen => add(fen(0), ...rows.map((row) => amount(row.amounts)));
  const output = await act(rig, '3203', {
    data: {
      clr_type: '21',
      setlym: month.replace('-', ''),
      psntime: rows.length,
      medfee_sumamt: sum((row) => row.medfee_sumamt),
      med_sumfee: sum((row) => row.medfee_sumamt),
      fund_appy_sum: sum((row) => fundSumOnWire(rig.profile, row.fund_pay_sumamt, row.acct_pay)),
      cash_payamt: sum((row) => row.psn_cash_pay),
      acct_pay: sum((row) => row.acct_pay),
      begndate: `${month}-01`,
      enddate: `${month}-${new Date(Date.UTC(Number(month.slice(0, 4)), Number(month.slice(5)), 0)).getUTCDate()}`,
    },
  });
  return output.result.clr_appy_evt_id;
}

/** 3204: takes the declaration back. */
export async function withdrawDeclaration(rig: Rig, clr_appy_evt_id: string): Promise<void> {
  await act(rig, '3204', { data: { clr_appy_evt_id } });
}

/** 1162: the token (ecToken) of a demo patient's code, which lives two hours on the centre's clock. */
export async function scanVoucher(rig: Rig, name: string): Promise<string> {
  const { certno } = demoPatient(name).patient;
  const person = demo<{ persons: { certno: string; ec_qr_code: string }[] }>('people').persons.find((each) => each.certno === certno);
  const office = { businessType: '01301', operatorId: 'O001', operatorName: '示例医保办', officeId: '32760', officeName: '示例科' };
  const output = await act(rig, '1162', { data: { orgId: HOSPITAL, ...office, ecQrCode: person?.ec_qr_code ?? '' } });
  return output.data.ecToken ?? '';
}

/** The person's phone shows a fresh code of the e-voucher, good for a minute and one use. */
export async function showCode({ sandbox }: { readonly sandbox: { readonly url: string } }, certno: string): Promise<string> {
  const answer = await fetch(`${sandbox.url}/_qrcodes`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ certno }) });
  if (!answer.ok) throw new Error(`_qrcodes: ${answer.status} ${await answer.text()}`);
  return ((await answer.json()) as { ecQrCode: string }).ecQrCode;
}
