import type { Centre } from './centre';
import type { Checks } from './checks';
import { Refused, type Api } from './client';
import type { PatientFiles } from './patient';
import type { Screen } from './screen';
import {
  checkAmounts, checkCentre, checkDeposit, checkSums, describeAmounts, describeDeposit, openStay, type SettlementView, type Stay,
} from './stay';

/** What every chapter works with. */
export interface Stage {
  readonly screen: Screen;
  readonly checks: Checks;
  readonly centre: Centre;
  readonly temporalUi: string;
  /** The API as a clerk of that institution. */
  apiOf(institution: string): Api;
  /** True where the division settles before the discharge. */
  readonly settlesFirst: boolean;
}

export interface Chapter {
  readonly files: PatientFiles;
  /** The answer to the settlement is lost on the way. */
  readonly loseAnswer?: boolean;
  /** Settled anew after a cancellation, with the lines of this patient. */
  readonly again?: PatientFiles;
}

/** Steps that a chapter shows, for the progress bar. */
export function stepsOf({ files, again }: Chapter): number {
  const { header, days } = files;
  const own = 1 + (header.deposits?.length ?? 0) + days.length + 3;
  return own + (again ? 2 + again.days.length + 3 : 0);
}

/** Plays one patient from admission to settlement, and once more where the chapter says so. */
export async function playChapter(stage: Stage, chapter: Chapter): Promise<void> {
  const { screen } = stage;
  const { header } = chapter.files;
  const stay = openStay(stage.apiOf(header.institution), header);
  screen.chapter(`${header.case} ${header.patient.psn_name}：${header.title}（住院号 ${header.iptNo}）`);
  const mdtrtId = await admit(stage, chapter.files, stay);
  await uploadAll(stage, chapter.files, stay);
  const first = await settleStay(stage, chapter.files, stay, mdtrtId, chapter.loseAnswer ?? false);
  if (!chapter.again) return;
  await cancel(stage, chapter.files, stay, mdtrtId, first);
  await settleAgain(stage, chapter.files, chapter.again, mdtrtId);
}

async function admit(stage: Stage, { header }: PatientFiles, stay: Stay): Promise<string> {
  const { screen, temporalUi } = stage;
  screen.doing('入院登记');
  const admitted = await stay.admit();
  stage.checks.equal(`${header.case} 入院`, '阶段', 'admitted', admitted.stage);
  const address = `${temporalUi}/namespaces/default/workflows/${encodeURIComponent(admitted.workflowId)}`;
  screen.step(`入院登记 9001→1101→2001→2401，就诊号 ${admitted.mdtrtId ?? '（无）'}`, address);
  for (const deposit of header.deposits ?? []) {
    await stay.receiveDeposit(deposit);
    screen.step(`收预交金 ${deposit.amount}（${deposit.receiptNo}）`);
  }
  return admitted.mdtrtId ?? '';
}

async function uploadAll(stage: Stage, files: PatientFiles, stay: Stay): Promise<void> {
  const { screen, checks } = stage;
  const { header, days, charset } = files;
  let refusedCount = 0;
  for (const day of days) {
    screen.doing(`上传费用 ${day.date}`);
    const { uploaded, refused } = await stay.uploadFees(day, charset);
    refusedCount += refused;
    const told = refused > 0 ? await tellRefused(stay) : [];
    screen.step(`上传费用 ${day.date}：${day.lines} 行，平台接受 ${uploaded}${refused > 0 ? `，拒收 ${refused}` : ''}`, ...told);
    checks.equal(`${header.case} 费用`, `${day.date} 行数`, day.lines, uploaded + refused);
  }
  checks.equal(`${header.case} 费用`, '被拒收的行数', header.fees.refused.length, refusedCount);
  const refused = new Set((await stay.refusedLines()).map((line) => line.feedetl_sn));
  for (const number of header.fees.refused) checks.equal(`${header.case} 费用`, `${number} 被拒收`, 'true', String(refused.has(number)));
}

async function tellRefused(stay: Stay): Promise<string[]> {
  return (await stay.refusedLines()).map((line) => `拒收 ${line.feedetl_sn}：${line.refusalText ?? ''}`);
}

async function settleStay(stage: Stage, files: PatientFiles, stay: Stay, mdtrtId: string, loseAnswer: boolean): Promise<SettlementView> {
  const { screen } = stage;
  const { header } = files;
  await preSettle(stage, files, stay);
  const discharge = async (): Promise<void> => {
    screen.doing('出院办理');
    await stay.discharge();
    screen.step(`出院办理 2402（${header.discharge.endtime}）`);
  };
  if (!stage.settlesFirst) await discharge();
  const settlement = await settle(stage, files, stay, mdtrtId, loseAnswer);
  if (stage.settlesFirst) await discharge();
  return settlement;
}

async function preSettle({ screen, checks }: Stage, { header }: PatientFiles, stay: Stay): Promise<void> {
  screen.doing('预结算');
  const amounts = await stay.preSettle();
  screen.step('预结算 2303', describeAmounts(amounts));
  // The balance after the settlement is not known before it.
  if (header.expected) {
    const { balc: _balance, ...setlinfo } = header.expected.setlinfo;
    checkAmounts(checks, `${header.case} 预结算`, { ...header.expected, setlinfo }, amounts);
  }
}

async function settle(stage: Stage, { header }: PatientFiles, stay: Stay, mdtrtId: string, loseAnswer: boolean): Promise<SettlementView> {
  const { screen, checks, centre } = stage;
  const about = `${header.case} 结算`;
  if (loseAnswer) await centre.loseNextAnswer('2304');
  screen.doing(loseAnswer ? '结算（应答将丢失）' : '结算');
  const settlement = await stay.settle();
  const told = loseAnswer ? await tellRecovery(stage, about) : [];
  screen.step(`结算 2304，结算号 ${settlement.setlId}`, ...told, describeAmounts(settlement.amounts), describeDeposit(settlement));
  if (header.expected) {
    checkAmounts(checks, about, header.expected, settlement.amounts);
    checkDeposit(checks, about, header.expected, settlement);
  }
  checkSums(checks, about, settlement);
  await checkCentre(checks, about, centre, mdtrtId, settlement, header.expected);
  return settlement;
}

/** What happened between the lost answer and the good one, as the centre saw it. */
async function tellRecovery({ checks, centre }: Stage, about: string): Promise<string[]> {
  const [fired] = await centre.firings();
  checks.equal(about, '应答确已丢失', '2304', fired?.infno.replace(/A$/, ''));
  if (!fired) return [];
  const messages = await centre.messages();
  const since = messages.slice(messages.findIndex((message) => message.msgid === fired.msgid));
  const reversals = since.filter((message) => message.infno === '2601' && String(message.infcode) === '0');
  checks.equal(about, '丢失应答后冲正成功的次数', 1, reversals.length);
  return [
    `中心已记账，应答在途中丢失（报文 ${fired.msgid}）`,
    `系统判为“结果不明”，不猜、不重收：以 2601 冲正后再次结算（${since.map((message) => message.infno).join(' → ')}）`,
  ];
}

async function cancel(stage: Stage, { header }: PatientFiles, stay: Stay, mdtrtId: string, settled: SettlementView): Promise<void> {
  const { screen, checks, centre } = stage;
  const about = `${header.case} 撤销`;
  const undoDischarge = async (): Promise<void> => {
    await stay.cancelDischarge('撤销结算后补记费用');
    screen.step('撤销出院 2405');
  };
  if (stage.settlesFirst) await undoDischarge();
  screen.doing('撤销结算');
  await stay.cancelSettlement('多记一日护理费');
  const after = await stay.look();
  screen.step(`撤销结算 2305：${settled.setlId}，预交金恢复`);
  if (!stage.settlesFirst) await undoDischarge();
  const live = (await centre.settlements(mdtrtId)).filter((each) => each.refd_setl_flag === '0');
  checks.equal(about, '中心的有效结算笔数', 0, live.length);
  const ours = after.settlements.find((settlement) => settlement.setlId === settled.setlId);
  checks.equal(about, '我方结算状态', 'cancelled', ours?.status);
  const paid = settled.depositAppliedFen + settled.depositRefundFen;
  checks.equal(about, '预交金余额', paid, after.depositFen);
}

async function settleAgain(stage: Stage, before: PatientFiles, again: PatientFiles, mdtrtId: string): Promise<void> {
  const stay = openStay(stage.apiOf(again.header.institution), again.header);
  stage.screen.chapter(`${again.header.case} ${again.header.title}`);
  // The refused lines of the first time still stand in the list.
  const refused = before.header.fees.refused;
  await uploadAll(stage, { ...again, header: { ...again.header, fees: { ...again.header.fees, refused: [] } } }, stay);
  const listed = (await stay.refusedLines()).map((line) => line.feedetl_sn);
  stage.checks.equal(`${again.header.case} 费用`, '拒收的行仍不计入', refused.join(), listed.join());
  await settleStay(stage, again, stay, mdtrtId, false);
}

/** Words for a person when a step did not go as the story says. */
export function failureWords(error: unknown): string {
  if (error instanceof Refused) return `接口拒绝（${error.status}）：${error.message}`;
  return error instanceof Error ? error.message : String(error);
}
