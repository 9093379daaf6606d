import { addressesOf, cityLogin, PAYER, PROVINCE, provinceLogin, through, type Stage } from './stage';
import { disbursementForm } from './money';
import type { ClearedMonth } from './month';

export const INBOX_STEPS = 2;

/** Who finds work in the inbox after the story, and what to do with it. */
export const VISITORS: readonly { readonly login: string; readonly todo: number; readonly what: string }[] = [
  { login: provinceLogin('shenhe'), todo: 2, what: '两件「经办机构信息」待审核：打开一件，核对后按「同意」' },
  { login: cityLogin(PAYER, 'shenhe'), todo: 1, what: '一张居民统筹拨付单待审核：同意后由 shi01-shencha-1、shi01-shenpi-1 接着办' },
  { login: provinceLogin('jingban'), todo: 1, what: '一件被退回：按意见改好地址再「提交」' },
];

/** Leaves three cases that wait for a signature, and one that was returned to its maker. */
export async function leaveWork(stage: Stage, { batchId }: ClearedMonth): Promise<void> {
  const { screen, office, checks } = stage;
  screen.chapter('留给来访者的待办');
  const maker = provinceLogin('jingban');
  const agency = (agencyNo: string): Promise<unknown> => through(stage, maker, 'xr-base-agency', PROVINCE, agencyForm(agencyNo, stage.today), []);
  await agency('990200');
  await agency('990300');
  await through(stage, cityLogin(PAYER, 'jingban'), 'xr-clear-city-pay', PAYER, await disbursementForm(stage, batchId, 'residentPool'), []);
  screen.step('三件在等：两件经办机构信息、一张居民统筹拨付单');
  const opened = await through(stage, maker, 'xr-base-agency', PROVINCE, agencyForm('990400', stage.today), []);
  const back = await (await office.person(provinceLogin('shenhe'))).act(opened.caseNo, 'return', { opinion: '地址不全，请补正。' });
  screen.step('一件已退回经办补正', ...addressesOf(stage, back));
  checks.equal('待办', '退回的办件', 'returned', back.status);
  for (const { login, todo } of VISITORS) {
    const { counts } = await (await office.person(login)).api.get<{ counts: { todo: number } }>('/v1/inbox');
    checks.equal('待办', login, todo, counts.todo);
  }
}

function agencyForm(agencyNo: string, validFrom: string): object {
  return { agencyNo, kind: 'agency', name: `示例${agencyNo}经办中心`, address: '示例路一号', phone: '000-00000000', status: 'open', validFrom };
}
