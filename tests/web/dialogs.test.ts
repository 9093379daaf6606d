import type { Browser, Page } from 'playwright-core';
import { totpCode } from '../../activities/people/totp';
import { setStage } from '../../cli/story/clearing/play';
import { PROVINCE, type Stage } from '../../cli/story/clearing/stage';
import type { CaseView } from '../../cli/story/clearing/office';
import type { Screen } from '../../cli/story/screen';
import { addDays } from '../../domain/calendar';
import { makeIdNumber } from '../support/identity';
import { startStack, type TestStack } from '../support/stack';
import { askAs, Office, openBrowser } from './browser';

/** The dialogs of a case and of one's account, each used once by a person in a real browser. */

const SILENT: Screen = { chapter: () => undefined, step: () => undefined, doing: () => undefined, line: () => undefined, end: () => undefined };
const MAKER = 'sheng-jingban-1';
const REVIEWER = 'sheng-shenhe-1';

let stack: TestStack;
let browser: Browser;
let office: Office;
let stage: Stage;

beforeAll(async () => {
  [stack, browser] = await Promise.all([startStack(), openBrowser()]);
  office = new Office(browser, stack.api, stack.dataDir);
  stage = setStage(stack, SILENT);
}, 120_000);

afterAll(async () => {
  await browser?.close();
  await stack?.stop();
}, 60_000);

afterEach(() => expect(office.complaints).toEqual([]));

/** A page of somebody who works outside the browser as well, in the same session. */
async function at(login: string, address: string): Promise<Page> {
  office.adopt(login, (await stage.office.person(login)).token);
  return office.at(login, address);
}

async function openAgency(agencyNo: string): Promise<CaseView> {
  const form = { agencyNo, kind: 'agency', name: '示例经办中心', address: '示例路一号', phone: '010-00000000', status: 'open', validFrom: stage.today };
  return (await stage.office.person(MAKER)).open('xr-base-agency', PROVINCE, form);
}

/** Presses an act, which stands among the buttons or in the menu of further ones. */
async function press(page: Page, act: string, word: string): Promise<void> {
  await page.locator('.acts .el-button').first().waitFor();
  const button = page.locator(`[data-act=${act}]`);
  if ((await button.count()) > 0) return button.click();
  await page.locator('.acts .el-dropdown .el-button').click();
  await page.locator('.el-dropdown-menu__item:visible', { hasText: word }).click();
}

/** Chooses a person in the open dialog, or on the page. */
async function pick(page: Page, id: string, name: string): Promise<void> {
  await page.click(`.el-select:has(#${id})`);
  await page.fill(`#${id}`, name);
  await page.locator('.el-select-dropdown__item:visible', { hasText: name }).first().click();
}

async function confirm(page: Page, opinion?: string): Promise<void> {
  if (opinion !== undefined) await page.fill('#act-opinion', opinion);
  await page.click('.el-dialog:visible .confirm');
}

const timeline = (page: Page, text: string): Promise<void> => page.locator('.timeline .entry', { hasText: text }).first().waitFor();
const statusIs = (page: Page, text: string): Promise<void> => page.locator('.title .chip.accent', { hasText: text }).waitFor();

test('a reviewer suspends a case and resumes it, adds a signer, and copies it to a colleague who may read it', async () => {
  const { caseNo } = await openAgency('990100');
  const page = await at(REVIEWER, `/cases/${caseNo}`);
  await press(page, 'suspend', '挂起');
  expect(await page.locator('.el-dialog:visible .confirm').isDisabled()).toBe(true);
  await page.locator('.el-dialog:visible .phrase').first().click();
  await confirm(page);
  await timeline(page, '等待补充材料');
  expect(await page.locator('[data-act=approve]').count()).toBe(0);
  await press(page, 'resume', '恢复');
  await confirm(page, '材料已到。');
  await page.locator('[data-act=approve]').waitFor();

  await press(page, 'copy', '抄送');
  await pick(page, 'act-user', '示例省审查一');
  await confirm(page);
  await timeline(page, '抄送');
  await page.locator('[data-testid=copies] .chip.soon').waitFor();
  const reader = await at('sheng-shencha-1', '/inbox');
  await reader.click('#tab-copies');
  const unread = reader.locator('tbody tr', { hasText: caseNo });
  await unread.locator('[data-testid=unread]').waitFor();
  await unread.locator('[data-testid=read-copy]').click();
  await unread.locator('[data-testid=unread]').waitFor({ state: 'detached' });
  await unread.locator('a').first().click();
  await reader.locator('[data-testid=copies] .chip.ok').waitFor();
  expect(await reader.locator('[data-act=approve]').count()).toBe(0);
  await reader.close();

  await press(page, 'addSigner', '加签');
  await chooseIn(page, 'act-role', '会计');
  await pick(page, 'act-user', '示例省会计一');
  await confirm(page, '请会签。');
  await timeline(page, '请会签');
  const second = await at('sheng-kuaiji-1', `/cases/${caseNo}`);
  await press(page, 'approve', '同意');
  await confirm(page);
  await timeline(page, '示例省审核一');
  await press(second, 'approve', '同意');
  await confirm(second, '会签同意。');
  await statusIs(second, '已生效');
  await Promise.all([page.close(), second.close()]);
}, 90_000);

test('a maker urges, and makes the case void with a reason when it comes back', async () => {
  const { caseNo } = await openAgency('990200');
  const page = await at(MAKER, `/cases/${caseNo}`);
  await press(page, 'urge', '催办');
  await confirm(page, '期限将至，请尽快办理。');
  await timeline(page, '期限将至');
  await (await stage.office.person(REVIEWER)).act(caseNo, 'return', { opinion: '不需要办理。' });
  await statusIs(page, '退回补正');
  await press(page, 'void', '作废');
  expect(await page.locator('.el-dialog:visible .confirm').isDisabled()).toBe(true);
  await confirm(page, '办理有误，作废。');
  await statusIs(page, '作废');
  await page.close();
}, 60_000);

test('who put an attachment to a case takes it off again with a reason; its line stays', async () => {
  const { caseNo } = await openAgency('990300');
  const page = await at(MAKER, `/cases/${caseNo}`);
  await page.locator('input[type=file]').setInputFiles({ name: '说明.txt', mimeType: 'text/plain', buffer: Buffer.from('情况说明') });
  await page.locator('.files a', { hasText: '说明.txt' }).waitFor();
  await page.getByRole('button', { name: '撤下 说明.txt' }).click();
  await page.fill('.el-dialog:visible #unmask-reason', '传错了文件');
  await page.click('.el-dialog:visible .confirm');
  await page.locator('.files del', { hasText: '说明.txt' }).waitFor();
  expect(await page.locator('.files').innerText()).toContain('传错了文件');
  const reviewer = await at(REVIEWER, `/cases/${caseNo}`);
  await reviewer.locator('.files del', { hasText: '说明.txt' }).waitFor();
  expect(await reviewer.getByRole('button', { name: /^撤下/ }).count()).toBe(0);
  await Promise.all([page.close(), reviewer.close()]);
}, 60_000);

test('something personal is shown for a reason, and the audit tells who looked', async () => {
  const account = { purpose: 'clearing', holder: '示例省医保中心', bankName: '示例银行', bankCode: '990000000001', accountNo: '6200990099000001', validFrom: stage.today };
  const { caseNo } = await (await stage.office.person(MAKER)).open('xr-base-city-bank', PROVINCE, account);
  const page = await at(REVIEWER, `/cases/${caseNo}`);
  const show = page.getByRole('button', { name: '查看原文' }).first();
  await show.waitFor();
  expect(await page.locator('article').innerText()).not.toContain(account.accountNo);
  await show.click();
  await page.fill('.el-dialog:visible #unmask-reason', '核对');
  expect(await page.locator('.el-dialog:visible .confirm').isDisabled()).toBe(true);
  await page.fill('.el-dialog:visible #unmask-reason', '核对收款账号');
  await page.click('.el-dialog:visible .confirm');
  await page.locator('article', { hasText: account.accountNo }).waitFor();
  const safety = await at('sheng-anquan-1', '/people/audit');
  await safety.locator('tbody tr', { hasText: '核对收款账号' }).first().waitFor();
  await Promise.all([page.close(), safety.close()]);
}, 60_000);

test('a change of people begins on the page of people and is approved by the security officer; the new account gets its code once', async () => {
  const page = await at('sheng-guanli-1', '/people');
  await page.locator('a[href="/new/people-change"]').click();
  await page.locator('#field-change').waitFor();
  await chooseIn(page, 'field-change', '开户');
  await page.fill('#field-loginName', 'sheng-xinren-1');
  await page.fill('#field-name', '示例新人');
  await page.fill('#field-certno', makeIdNumber('1990-01-02', 7));
  await chooseIn(page, 'field-division', '示例省');
  await page.fill('#field-reason', '新到岗');
  await page.click('.submit');
  await page.waitForURL('**/cases/**');
  const officer = await at('sheng-anquan-1', new URL(page.url()).pathname);
  await press(officer, 'approve', '同意');
  await confirm(officer);
  await statusIs(page, '已生效');
  await page.goto('/people');
  await page.fill('.search input', 'sheng-xinren');
  const row = page.locator('tbody tr', { hasText: '示例新人' });
  await row.getByRole('button', { name: '发放激活码' }).click();
  expect((await page.locator('.el-dialog:visible .secret').innerText()).length).toBeGreaterThan(8);
  await Promise.all([page.close(), officer.close()]);
}, 60_000);

async function chooseIn(page: Page, id: string, text: string): Promise<void> {
  await page.locator('.el-select', { has: page.locator(`#${id}`) }).click();
  await page.locator('.el-select-dropdown__item:visible', { hasText: text }).first().click();
}

test('a delegation is given for days and revoked', async () => {
  const page = await at('shi01-shenpi-1', '/account');
  await pick(page, 'to-user', '示例一市审批二');
  await page.fill('#delegation-reason', '外出培训');
  const days = page.locator('.el-date-editor input');
  await days.nth(0).fill(stage.today);
  await days.nth(1).fill(addDays(stage.today, 3));
  await page.keyboard.press('Enter');
  await page.keyboard.press('Escape');
  await page.locator('.delegate button[type=submit]').click();
  const row = page.locator('tbody tr', { hasText: '示例一市审批二' });
  await row.waitFor();
  const other = await at('shi01-shenpi-2', '/account');
  await other.locator('tbody tr', { hasText: '示例一市审批一' }).waitFor();
  await row.getByRole('button', { name: '撤销' }).click();
  await row.locator('.chip', { hasText: '已撤销' }).waitFor();
  await Promise.all([page.close(), other.close()]);
}, 60_000);

test('the password is changed, and a new one-time secret is set up by its picture', async () => {
  const login = 'shi02-jingban-1';
  const { password, totpSecret } = office.of(login);
  const page = await at(login, '/account');
  await page.fill('#old', '不是这个密码-0');
  await page.fill('#fresh', 'Xin-Mima-2026-x');
  await page.fill('#again', 'Xin-Mima-2026-y');
  await page.locator('.el-form-item__error', { hasText: '两次输入不同' }).waitFor();
  await page.fill('#again', 'Xin-Mima-2026-x');
  await page.locator('form', { has: page.locator('#old') }).locator('button[type=submit]').click();
  await page.locator('.el-form-item__error', { hasText: '不正确' }).waitFor();
  await page.fill('#old', password);
  await page.locator('form', { has: page.locator('#old') }).locator('button[type=submit]').click();
  await page.locator('.el-message', { hasText: '密码已修改' }).waitFor();

  await page.getByRole('button', { name: '设置动态码' }).click();
  await page.locator('svg.qr path').waitFor();
  const secret = (await page.locator('.secret').innerText()).replace(/\s/g, '');
  expect(secret).not.toBe(totpSecret);
  const now = Date.now();
  // The code of the log-in counts once; the one after it counts as well.
  await page.fill('#present', totpCode(totpSecret, now + 30_000));
  await page.fill('#totp', totpCode(secret, now));
  await page.locator('form', { has: page.locator('#totp') }).locator('button[type=submit]').click();
  await page.locator('.chip.ok', { hasText: '动态码已启用' }).waitFor();
  await page.close();
}, 60_000);

test('what is refused is told in English where the page is English, and the switch holds over a reload', async () => {
  const page = await at('shi03-jingban-1', '/inbox');
  await page.getByRole('button', { name: 'English' }).click();
  await page.goto('/cases/xr-base-agency-990000-2026-9999');
  const state = page.locator('.state');
  await state.waitFor();
  await page.locator('text=Case not found').waitFor();
  expect(await state.innerText()).not.toMatch(/\p{Script=Han}/u);
  expect(await page.locator('html').getAttribute('lang')).toBe('en');
  expect(await page.locator('header nav').innerText()).not.toMatch(/\p{Script=Han}/u);
  await expect(askAs(page, 'GET', '/v1/office-cases/xr-base-agency-990000-2026-9999')).rejects.toThrow('找不到该办件');
  await page.close();
}, 60_000);
