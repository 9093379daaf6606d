import { addDays, formatDate } from '../../../domain/calendar';
import { addMonths, periodOf, periodText } from '../../../domain/clearing/period';
import { demoPeople } from '../../demo-people';
import type { Stack } from '../../launcher/stack';
import { openChecks, type Checks } from '../checks';
import { failureWords } from '../plot';
import type { Screen } from '../screen';
import { BOOKS_STEPS, checkBooks } from './books';
import { INBOX_STEPS, leaveWork, VISITORS } from './inbox';
import { disburse, DISBURSEMENT_STEPS, fillPool, PREPAYMENT_STEPS } from './money';
import { clearMonth, MONTH_STEPS } from './month';
import { logInOf, openOffice, readLogIns } from './office';
import { monthOfSettlements, type Months } from './settlements';
import { PROVINCE, type Stage } from './stage';

/** Steps that the story shows, for the progress bar. */
export const CLEARING_STEPS = MONTH_STEPS + PREPAYMENT_STEPS + DISBURSEMENT_STEPS + BOOKS_STEPS + INBOX_STEPS;

const DUE_DAYS = 20;

/** What the chapters work with: the last month that can be cleared, its settlements, and the people of the demonstration. */
export function setStage(stack: Stack, screen: Screen): Stage {
  const today = formatDate(Date.now());
  const cities = demoPeople().divisions.filter(({ level }) => level === 'city').map(({ code }) => code);
  const months = monthsBefore(today);
  const file = monthOfSettlements(PROVINCE, cities, months);
  return { screen, checks: openChecks(), stack, cities, months, file, today, dueDate: addDays(today, DUE_DAYS), office: openOffice(stack.api, stack.dataDir) };
}

/** Plays a month of clearing; a step that fails ends the story and counts as a failed check. */
export async function playClearing(stack: Stack, screen: Screen): Promise<Checks> {
  const stage = setStage(stack, screen);
  const { checks } = stage;
  try {
    const cleared = await clearMonth(stage);
    const poolFen = await fillPool(stage, cleared);
    await disburse(stage, cleared, poolFen);
    await checkBooks(stage);
    await leaveWork(stage, cleared);
  } catch (error) {
    checks.equal('全程', '走完', '走完', failureWords(error));
  }
  return checks;
}

/** The last month that can be cleared on any day of this one: what it holds is reconciled by the 20th of the month after. */
function monthsBefore(today: string): Months {
  const month = (back: number): string => periodText(addMonths(periodOf(today.slice(0, 7)), -back));
  return { before: month(3), month: month(2), after: month(1) };
}

/** What a visitor may open and press after the story. */
export function afterClearing(stack: Stack): string[] {
  const logIns = readLogIns(stack.dataDir);
  const people = VISITORS.map(({ login, what }) => [`     ${login.padEnd(16)} 密码 ${logInOf(logIns, login).password}`, `       ${what}`]);
  return [
    '',
    '接下来可以看 what to open next',
    `  1. 工作台 ${stack.api}/ ，可用下面的人登录；登录后即见待办`,
    ...people.flat(),
    '     动态口令：npm run demo -- --code sheng-shenhe-1（每 30 秒一换，用过一次即作废）',
    `     其余的人见 ${stack.dataDir}/demo-log-ins.json`,
    `  2. ${stack.temporalUi} ：每件办件是一个 workflow；看明文先到 ${stack.codec}/login 粘贴运维令牌`,
    `     ${stack.tokens.ops}`,
    `  3. ${stack.docs} ：接口文档`,
    '按 Ctrl-C 结束。',
  ];
}
