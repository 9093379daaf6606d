import type { Browser, Page } from 'playwright-core';
import { startStack, type TestStack } from '../support/stack';
import { askAs, Office, openBrowser } from './browser';

/** What people do at the workbench, in a real browser against everything running. */

const MAKER = 'sheng-jingban-1';
const REVIEWER = 'sheng-shenhe-1';
const CONFIRMER = 'shi01-queren-1';
const HANDLER = 'sheng-xietong-1';
const PROVINCE = '990000';

interface CaseBody {
  readonly caseNo: string;
  readonly status: string;
  readonly round: number;
  readonly timeline: readonly { readonly act: string; readonly by: string | null }[];
}

let stack: TestStack;
let browser: Browser;
let office: Office;

beforeAll(async () => {
  [stack, browser] = await Promise.all([startStack(), openBrowser()]);
  office = new Office(browser, stack.api, stack.dataDir);
}, 120_000);

afterAll(async () => {
  await browser?.close();
  await stack?.stop();
}, 60_000);

afterEach(() => expect(office.complaints).toEqual([]));

/** A case of the maker that waits for the reviewer, opened without the browser. */
async function openCase(definition: string, form: object, maker = MAKER): Promise<CaseBody> {
  const page = await office.at(maker, '/inbox');
  const opened = await askAs<CaseBody>(page, 'POST', '/v1/office-cases', { definition, division: PROVINCE, form, submit: true });
  await page.close();
  return opened;
}

/** An agency's entry to be reviewed; each test takes another agency, since one has one open case at a time. */
function openAgency(agencyNo: string): Promise<CaseBody> {
  const form = { agencyNo, kind: 'agency', name: '示例经办中心', address: '示例路一号', phone: '010-00000000', status: 'open', validFrom: '2026-12-01' };
  return openCase('xr-base-agency', form);
}

const readCase = (page: Page, caseNo: string): Promise<CaseBody> => askAs<CaseBody>(page, 'GET', `/v1/office-cases/${caseNo}`);

async function confirmAct(page: Page, opinion?: string): Promise<void> {
  if (opinion !== undefined) await page.fill('#act-opinion', opinion);
  await page.click('.el-dialog .confirm');
}

async function untilStatus(page: Page, name: string): Promise<void> {
  await page.locator('.title .chip.accent', { hasText: name }).waitFor();
}

test('a wrong password is told, the second factor is asked for, and the log-in leads to the inbox', async () => {
  const page = await office.stranger();
  await page.goto('/');
  await page.fill('#login', 'sheng-fuhe-1');
  await page.fill('#password', '不是这个密码-0');
  await page.click('button[type=submit]');
  await page.locator('.el-alert--error').waitFor();

  await office.passLogIn(page, 'sheng-fuhe-1');
  await page.waitForURL('**/inbox');
  expect(await page.locator('header .who').innerText()).toContain('示例省复核一');
  await page.locator('.el-tabs__item').nth(4).waitFor();
  await page.context().close();
});

test('after a session that ended the log-in leads back, and what was typed is still there', async () => {
  const page = await office.at('sheng-jingban-2', '/new/xr-prepay-annual');
  await page.fill('#field-year', '2031');
  await page.fill('#field-basis', '写到一半');
  await page.context().clearCookies();
  await page.goto('/new/xr-prepay-annual');
  await page.waitForURL('**/log-in?**');

  await office.passLogIn(page, 'sheng-jingban-2');
  await page.waitForURL('**/new/xr-prepay-annual');
  expect(await page.inputValue('#field-basis')).toBe('写到一半');
  expect(await page.inputValue('#field-year')).toBe('2031');
  await page.close();
});

test('a session that ends under way is noticed by the page itself', async () => {
  const page = await office.at('sheng-shenpi-1', '/inbox');
  await page.locator('.state').waitFor();
  await page.context().clearCookies();
  await page.click('#tab-mine');
  await page.locator('.el-alert--warning', { hasText: '登录已失效' }).waitFor();
  expect(page.url()).toContain('back=');
  await page.close();
});

test('several are signed at once, with a preview before and a result for each', async () => {
  const opened = await Promise.all(['990100', '990200', '990300'].map(openAgency));
  const page = await office.at(REVIEWER, '/inbox');
  for (const { caseNo } of opened) await page.locator('tbody tr', { hasText: caseNo }).locator('input[type=checkbox]').check();
  await page.click('.bulk .el-button--primary');
  await page.locator('.el-dialog .sum', { hasText: '可同意 3 件，共 3 件' }).waitFor();
  await page.click('.el-dialog .confirm');
  await page.locator('.el-dialog .sum', { hasText: '已同意 3 件' }).waitFor();
  expect(await page.locator('.el-dialog .chip.ok').count()).toBe(3);
  await page.locator('.el-dialog__footer .el-button').first().click();
  for (const { caseNo } of opened) await page.locator('tbody tr', { hasText: caseNo }).waitFor({ state: 'detached' });
  for (const { caseNo } of opened) expect((await readCase(page, caseNo)).timeline.filter(({ act }) => act === 'approve')).toHaveLength(1);
  await page.close();
}, 60_000);

test('applied, returned, amended, and signed by two others; nobody reloads', async () => {
  await standGround();
  const confirmer = await office.at(CONFIRMER, '/inbox');
  const maker = await office.at(MAKER, '/new/xr-prepay-payin');
  await maker.click('.submit');
  await maker.locator('.el-form-item__error').nth(4).waitFor();

  await choose(maker, 'city', '示例一市');
  await choose(maker, 'fund', '职工统筹');
  await maker.fill('#field-year', today().slice(0, 4));
  await maker.fill('#field-amountFen', '1,234.567');
  await maker.locator('.el-form-item__error', { hasText: '两位小数' }).waitFor();
  await maker.fill('#field-amountFen', '1,234.5');
  await maker.locator('.fen', { hasText: '壹仟贰佰叁拾肆元伍角整' }).waitFor();
  await maker.fill('#field-basis', '年度额度');
  await maker.click('.submit');
  await maker.waitForURL('**/cases/**');
  const caseNo = decodeURIComponent(maker.url().split('/').at(-1) ?? '');

  // It appears in an inbox that was open before.
  await confirmer.locator('tbody tr', { hasText: caseNo }).locator('a').click();
  await confirmer.click('[data-act=return]');
  expect(await confirmer.locator('.el-dialog .confirm').isDisabled()).toBe(true);
  await confirmAct(confirmer, '金额与通知不符，请核对。');
  await untilStatus(confirmer, '退回补正');

  await untilStatus(maker, '退回补正');
  await maker.locator('.timeline', { hasText: '金额与通知不符' }).waitFor();
  await maker.click('[data-act=amend]');
  await maker.fill('#field-amountFen', '2345.67');
  await maker.click('.confirm');
  await maker.locator('.chip', { hasText: '第 2 轮' }).waitFor();

  const changed = confirmer.locator('.changed', { hasText: '金额' });
  await changed.locator('del', { hasText: '1,234.50' }).waitFor();
  expect(await changed.innerText()).toContain('2,345.67');
  await confirmer.click('[data-act=approve]');
  await confirmAct(confirmer);

  const reviewer = await office.at(REVIEWER, `/cases/${caseNo}`);
  await reviewer.click('[data-act=approve]');
  await confirmAct(reviewer, '同意。');
  await untilStatus(maker, '已生效');
  const ended = await readCase(maker, caseNo);
  expect(ended.timeline.filter(({ act }) => ['submit', 'return', 'amend', 'approve'].includes(act)).map(({ act, by }) => `${act} ${by}`)).toEqual([
    'submit 示例省经办一', 'return 示例一市确认一', 'amend 示例省经办一', 'submit 示例省经办一', 'approve 示例一市确认一', 'approve 示例省审核一',
  ]);
  await Promise.all([confirmer, maker, reviewer].map((page) => page.close()));
}, 90_000);

/** What a pay-in needs: a quota of this year and the account that it goes to, both entered and signed. */
async function standGround(): Promise<void> {
  const year = Number(today().slice(0, 4));
  const quotas = [{ city: '990100', fund: 'employeePool', quotaFen: 200_000_000 }];
  const account = { purpose: 'prepay', holder: '示例省医保中心', bankName: '示例银行', bankCode: '102000000001', accountNo: '9900001234567890', validFrom: today() };
  for (const opened of [await openCase('xr-prepay-annual', { year, quotas, basis: '上年跨省结算' }), await openCase('xr-base-city-bank', account)]) {
    const reviewer = await office.at(REVIEWER, `/cases/${opened.caseNo}`);
    await reviewer.click('[data-act=approve]');
    await confirmAct(reviewer);
    await untilStatus(reviewer, '已生效');
    await reviewer.close();
  }
}

async function choose(page: Page, field: string, text: string): Promise<void> {
  await page.locator('.el-select', { has: page.locator(`#field-${field}`) }).click();
  await page.locator('.el-select-dropdown__item:visible', { hasText: text }).first().click();
}

test('nobody signs what he made himself, not even for somebody who delegated it to him', async () => {
  const parties = [{ slot: `raiser-${PROVINCE}`, division: PROVINCE, zh: '示例省' }];
  const issue = { category: 'feeCheck', urgency: 'normal', peer: '990100', title: '核对结算', content: '请核对一笔结算。', parties };
  const { caseNo } = await openCase('xr-issue', issue, HANDLER);
  const peer = await office.at('shi01-xietong-1', `/cases/${caseNo}`);
  for (const [step, opinion] of [['受理', '已受理。'], ['问题处理', '已核对。']] as const) {
    await peer.locator('li[aria-current=step]', { hasText: step }).waitFor({ state: 'attached' });
    await peer.click('[data-act=approve]');
    await confirmAct(peer, opinion);
  }
  const reviewer = await office.at(REVIEWER, `/cases/${caseNo}`);
  await reviewer.locator('[data-act=approve]').waitFor();
  await askAs(reviewer, 'POST', '/v1/delegations', { toUser: HANDLER, validFrom: today(), validTo: today(), reason: '外出' });

  const page = await office.at(HANDLER, `/cases/${caseNo}`);
  await page.locator('.chain').waitFor();
  expect(await page.locator('[data-act=approve]').count()).toBe(0);
  expect((await readCase(page, caseNo)).status).toBe('inReview');
  await Promise.all([page, peer, reviewer].map((each) => each.close()));
}, 60_000);

function today(): string {
  return new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Shanghai' }).format();
}

test('issues are found with what can be done about them; sums between provinces stand under the clearings', async () => {
  const issue = { category: 'payment', urgency: 'urgent', peer: '990200', title: '付款未到账', content: '请核对回单', parties: [{ slot: `raiser-${PROVINCE}`, division: PROVINCE, zh: '示例省' }] };
  const { caseNo } = await openCase('xr-issue-urgent', issue, HANDLER);
  const page = await office.at(HANDLER, '/issues');
  const row = page.locator('tbody tr', { hasText: caseNo });
  await row.waitFor();
  expect(await row.innerText()).toMatch(/处理中[\s\S]*紧急[\s\S]*未受理/);
  expect(await row.getByText('重开').count()).toBe(0);
  await page.getByRole('link', { name: '发起特急问题' }).click();
  await page.waitForURL('**/new/xr-issue-critical');
  await page.locator('#field-peer').waitFor();

  await page.goto('/new/xr-issue-ruling?division=990000');
  await page.locator('#field-issueNo').waitFor();
  await page.close();

  const statistics = await office.at('sheng-tongji-1', '/clearing');
  await statistics.locator('h2', { hasText: '跨省就医' }).waitFor();
  await statistics.getByText('该月没有数据').waitFor();
  await statistics.close();
});

test('of two tabs the second is told who signed and when, and shows the case as it stands', async () => {
  const { caseNo } = await openAgency('990500');
  const [first, second] = [await office.at(REVIEWER, `/cases/${caseNo}`), await office.at(REVIEWER, `/cases/${caseNo}`)];
  for (const page of [first, second]) await page.click('[data-act=approve]');
  await confirmAct(first);
  await untilStatus(first, '已生效');
  await confirmAct(second);
  const told = second.locator('.el-alert--warning');
  await told.waitFor();
  expect(await told.innerText()).toMatch(/示例省审核一 已于 \d{4}-\d{2}-\d{2} \d{2}:\d{2} 办理/);
  await untilStatus(second, '已生效');
  expect(await second.locator('[data-act=approve]').count()).toBe(0);
  await Promise.all([first.close(), second.close()]);
}, 60_000);

test('a double click signs once', async () => {
  const { caseNo } = await openAgency('990600');
  const page = await office.at(REVIEWER, `/cases/${caseNo}`);
  let acts = 0;
  page.on('request', (request) => {
    if (request.method() === 'POST' && request.url().endsWith('/acts')) acts += 1;
  });
  await page.click('[data-act=approve]');
  await page.locator('.el-dialog .confirm').dblclick();
  await untilStatus(page, '已生效');
  expect(acts).toBe(1);
  expect((await readCase(page, caseNo)).timeline.filter(({ act }) => act === 'approve')).toHaveLength(1);
  await page.close();
}, 60_000);

test('the inbox is worked by keyboard: down, search, help, and the approve dialog', async () => {
  const opened = [await openAgency('990700'), await openAgency('990800')];
  const page = await office.at(REVIEWER, '/inbox');
  for (const { caseNo } of opened) await page.locator('tbody tr', { hasText: caseNo }).waitFor();
  await page.keyboard.press('?');
  await page.locator('kbd').first().waitFor();
  await page.keyboard.press('Escape');
  await page.locator('kbd').first().waitFor({ state: 'hidden' });

  await page.keyboard.press('/');
  await page.keyboard.type(opened[1]?.caseNo ?? '');
  await page.locator('tbody tr', { hasText: opened[0]?.caseNo ?? '' }).waitFor({ state: 'detached' });
  expect(page.url()).toContain(`q=${opened[1]?.caseNo}`);
  await page.keyboard.press('Tab');
  await page.locator('tr.current a').focus();
  await page.keyboard.press('a');
  await page.locator('.el-dialog .what', { hasText: '990800' }).waitFor();
  await page.keyboard.press('Escape');
  await page.locator('.el-dialog .what').waitFor({ state: 'hidden' });
  await page.keyboard.press('Enter');
  await page.waitForURL(`**/cases/${opened[1]?.caseNo}`);
  await page.close();
}, 60_000);
