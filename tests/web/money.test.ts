import fs from 'node:fs';
import type { Browser, Page } from 'playwright-core';
import type { CaseView } from '../../cli/story/clearing/office';
import { fillPool } from '../../cli/story/clearing/money';
import { setStage } from '../../cli/story/clearing/play';
import { cityLogin, OBJECTOR, PAYER, PROVINCE, provinceLogin, signedBy, type Stage, through } from '../../cli/story/clearing/stage';
import type { Screen } from '../../cli/story/screen';
import { cityOf } from '../../domain/clearing/record';
import { startStack, type TestStack } from '../support/stack';
import { readXlsx } from '../support/xlsx';
import { Office, openBrowser } from './browser';

/** A month of clearing on the pages of money, in a real browser: the tests follow one after the other. */

const SILENT: Screen = { chapter: () => undefined, step: () => undefined, doing: () => undefined, line: () => undefined, end: () => undefined };
const ofPayer = (post: string): string => cityLogin(PAYER, post);

let stack: TestStack;
let browser: Browser;
let office: Office;
let stage: Stage;
let opened: CaseView;
let batchId = '';
/** What the city objects to, and the order that it pays later. */
let named = '';
let orderNo = '';

beforeAll(async () => {
  [stack, browser] = await Promise.all([startStack(), openBrowser()]);
  office = new Office(browser, stack.api, stack.dataDir);
  stage = setStage(stack, SILENT);
  const maker = await stage.office.person(provinceLogin('jingban'));
  await maker.api.file('/v1/xr/settlements', stage.file.text, 'application/x-ndjson');
  const { items: parties } = await maker.api.get<{ items: readonly { slot: string; division: string }[] }>('/v1/clearing/parties');
  opened = await maker.open('xr-clear-monthly', PROVINCE, { period: stage.months.month, parties });
  opened = await signedBy(stage, opened, [provinceLogin('chushen')]);
  batchId = (await maker.api.get<{ items: readonly { batchId: string }[] }>(`/v1/clearing/batches?period=${stage.months.month}`)).items[0]?.batchId ?? '';
  const others = stage.cities.filter((city) => city !== OBJECTOR);
  const people = await Promise.all(others.map((city) => stage.office.person(cityLogin(city, 'queren'))));
  for (const [index, city] of others.entries()) {
    for (const { slot } of parties.filter(({ division }) => division === city)) await people[index]?.act(opened.caseNo, 'approve', { slot });
  }
}, 150_000);

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

async function sign(page: Page, act: string, opinion?: string): Promise<void> {
  await page.click(`[data-act=${act}]`);
  if (opinion !== undefined) await page.fill('#act-opinion', opinion);
  await page.click('.el-dialog:visible .confirm');
}

async function untilStatus(page: Page, name: string): Promise<void> {
  await page.locator('.title .chip.accent', { hasText: name }).waitFor({ timeout: 60_000 });
}

/** Chooses in a list that is labelled, on the page or in a dialog. */
async function choose(page: Page, within: string, label: string, text: string): Promise<void> {
  await page.locator(`${within} .el-select`, { has: page.locator(`[aria-label="${label}"]`) }).click();
  await page.locator('.el-select-dropdown__item:visible', { hasText: text }).first().click();
}

async function download(page: Page, link: string): Promise<Buffer> {
  const [file] = await Promise.all([page.waitForEvent('download'), page.click(link)]);
  return fs.readFileSync(await file.path());
}

const cellsOf = (page: Page, row: number): Promise<string[]> => page.locator('table.rows tbody tr').nth(row).locator('td').allInnerTexts();

test('the province sees the batch by city and fund; a city sees its own and what it has with others', async () => {
  const page = await at(provinceLogin('jingban'), `/clearing/${batchId}`);
  await page.locator('table.rows tbody tr.total').first().waitFor();
  const whole = await page.locator('tr.total').count();
  await choose(page, '.finder', '市（州）', '示例三市');
  await page.locator('tr.total', { hasText: '示例三市' }).first().waitFor();
  await page.locator('.el-tabs__item', { hasText: '各市汇总' }).click();
  await page.locator('tr.whole .chip.ok', { hasText: '平衡' }).first().waitFor();
  expect(await page.locator('tr.whole .chip.over').count()).toBe(0);

  const city = await at(cityLogin('990500', 'queren'), `/clearing/${batchId}`);
  await city.locator('tr.total').first().waitFor();
  expect(await city.locator('tr.total').count()).toBeLessThan(whole);
  expect(new Set(await city.locator('tr.total td:first-child').allInnerTexts())).toEqual(new Set(['示例五市']));
  await Promise.all([page.close(), city.close()]);
}, 60_000);

test('a city objects to a settlement that it names, confirms its other slot, and the settlement is moved to the next month', async () => {
  const page = await office.at(cityLogin(OBJECTOR, 'queren'), `/cases/${opened.caseNo}`);
  await page.click('[data-act=object]');
  await page.click('[data-testid=objection-list]');
  const item = page.locator('[data-testid=objection] .item').first();
  named = await item.locator('.once').innerText();
  await item.locator('input').check();
  await page.locator('[data-testid=objection-preview] li', { hasText: named }).waitFor();
  await page.check('input[name=objection-reason][value=amount]');
  await page.fill('#act-opinion', '票据金额待核');
  await page.click('.el-dialog:visible .confirm');
  await page.locator('.timeline', { hasText: '金额待核' }).waitFor();
  await sign(page, 'approve', '核对无误。');
  await page.locator('[data-act=approve]').waitFor({ state: 'detached' });

  await page.goto(`/clearing/${batchId}`);
  await page.locator('.el-tabs__item', { hasText: '异议与移出' }).click();
  await page.locator('tbody tr', { hasText: named }).waitFor();
  const cells = await cellsOf(page, 0);
  expect([cells[0], cells[5], cells[6], cells[7]]).toEqual([expect.stringContaining(named), '金额 票据金额待核', expect.stringMatching(/^示例三市 · /), stage.months.after]);
  await page.close();
}, 60_000);

test('two others re-check and approve, one of them in the place of a colleague, and then the payables stand', async () => {
  const recheck = await office.at(provinceLogin('fuhe'), `/cases/${opened.caseNo}`);
  await recheck.locator('[data-testid=moved-out]', { hasText: named }).waitFor();
  await sign(recheck, 'approve', '异议已移出，复核无误。');
  await recheck.locator('[data-act=approve]').waitFor({ state: 'detached' });
  const away = await office.at(provinceLogin('shenpi'), `/cases/${opened.caseNo}`);
  await away.locator('[data-act=approve]').waitFor();
  await away.locator('.acts .el-dropdown .el-button').click();
  await away.locator('.el-dropdown-menu__item:visible', { hasText: '转办' }).click();
  await away.click('.el-select:has(#act-user)');
  await away.fill('#act-user', '示例省审批二');
  await away.locator('.el-select-dropdown__item:visible', { hasText: '示例省审批二' }).first().click();
  await away.fill('#act-opinion', '本人外出，请代为办理。');
  await away.click('.el-dialog:visible .confirm');
  await away.locator('[data-act=approve]').waitFor({ state: 'detached' });
  const approve = await office.at('sheng-shenpi-2', `/cases/${opened.caseNo}`);
  await sign(approve, 'approve', '同意清算。');
  await untilStatus(approve, '已生效');
  await approve.goto(`/clearing/${batchId}`);
  await approve.locator('.head .chip.ok', { hasText: '已审批' }).waitFor();
  await approve.locator('.el-tabs__item', { hasText: '各市汇总' }).click();
  await approve.locator('.seats li').nth(41).waitFor();
  expect(await approve.locator('.seats .chip.over').allInnerTexts()).toEqual(['有异议']);
  await approve.locator('.el-tabs__item', { hasText: '应付款' }).click();
  await approve.locator('tbody tr', { hasText: '示例一市' }).first().waitFor();
  expect(await approve.locator('[data-testid=disburse]').count()).toBe(0);
  await Promise.all([recheck.close(), away.close(), approve.close()]);
}, 90_000);

test('a city begins its disbursement with everything filled in, three sign, and the order says what was drawn from the pool', async () => {
  const records = stage.file.cleared.filter(({ setl_id }) => setl_id !== named);
  const poolFen = await fillPool(stage, { batchId, records });
  const owed = records.filter(({ insuplc_admdvs }) => cityOf(insuplc_admdvs) === PAYER).flatMap(({ funds }) => funds.filter(({ fund_pay_type }) => fund_pay_type === '310100').map(({ fund_payamt }) => fund_payamt));
  const payable = owed.reduce((sum, each) => sum + each, 0);
  const page = await at(ofPayer('jingban'), `/clearing/${batchId}`);
  await page.locator('.el-tabs__item', { hasText: '应付款' }).click();
  await choose(page, '[data-testid=disburse]', '基金', '职工统筹');
  await page.click('[data-testid=disburse] button[type=submit]');
  await page.waitForURL('**/new/xr-clear-city-pay?**');
  expect(await page.inputValue('#field-payableFen')).toBe(yuanOf(payable));
  expect(await page.inputValue('#field-batch')).toBe(batchId);
  await page.fill('#field-planNo', 'YK-1');
  await page.fill('#field-dueDate', stage.dueDate);
  await page.keyboard.press('Enter');
  await page.click('h1');
  await page.click('.submit');
  await page.waitForURL('**/cases/**');
  const caseNo = decodeURIComponent(page.url().split('/').at(-1) ?? '');
  await page.locator('.chain').waitFor();
  await signedBy(stage, await (await stage.office.person(ofPayer('shenhe'))).read(caseNo), [ofPayer('shenhe'), ofPayer('shencha')]);
  const approver = await office.at(ofPayer('shenpi'), `/cases/${caseNo}`);
  await approver.locator('[data-testid=briefing-pools]').waitFor();
  await sign(approver, 'approve');
  await untilStatus(approver, '已生效');
  await page.goto(`/payments?batch=${batchId}`);
  const row = page.locator('tbody tr', { hasText: '拨付' });
  await row.waitFor();
  orderNo = await row.locator('a').first().innerText();
  await row.locator('a').first().click();
  await page.locator('.facts', { hasText: yuanOf(payable - poolFen) }).waitFor();
  await Promise.all([page.close(), approver.close()]);
}, 90_000);

function yuanOf(fen: number): string {
  return new Intl.NumberFormat('en-US', { minimumFractionDigits: 2 }).format(fen / 100);
}

test('the order is printed with its mark and code, printed again as a copy, and verified by what its code says', async () => {
  const page = await at(ofPayer('jingban'), `/payments/${orderNo}`);
  await page.locator('.facts a', { hasText: '单据' }).click();
  const row = page.locator('tbody tr', { hasText: '拨付单' }).first();
  await row.waitFor();
  const [file] = await Promise.all([page.waitForEvent('download'), row.getByRole('button', { name: '打印', exact: true }).click()]);
  expect(fs.readFileSync(await file.path()).subarray(0, 5).toString()).toBe('%PDF-');
  await row.getByRole('button', { name: '补打' }).waitFor();
  await row.getByRole('button', { name: /二维码/ }).click();
  const code = page.locator('.el-dialog:visible svg.qr');
  await code.waitFor();
  expect(((await code.locator('path').getAttribute('d')) ?? '').length).toBeGreaterThan(1_000);
  const address = await page.locator('.el-dialog:visible .hash').innerText();
  await page.keyboard.press('Escape');
  const preview = await row.locator('a', { hasText: '预览' }).getAttribute('href');
  const paper = await page.context().newPage();
  await paper.goto(preview ?? '');
  await paper.locator('svg').first().waitFor();
  expect(await paper.locator('body').innerText()).toContain(orderNo);
  await paper.close();

  await page.locator('.top').getByRole('button', { name: '核验' }).click();
  await page.fill('#verify-text', address);
  await page.click('.el-dialog:visible .confirm');
  await page.locator('.el-dialog:visible .chip.ok', { hasText: '真实有效' }).waitFor();
  await page.close();
}, 60_000);

test('paid by the city and received by the province, the order is settled', async () => {
  const maker = await stage.office.person(ofPayer('jingban'));
  const { dueFen } = await maker.api.get<{ dueFen: number }>(`/v1/payment-orders/${orderNo}`);
  const paid = await through(stage, ofPayer('chuna'), 'xr-pay-paid', PAYER, { receiptNo: `T-${orderNo}`, paidOn: stage.today, amountFen: dueFen, payerAccount: 'clearing', orders: [{ orderNo, fen: dueFen }] }, []);
  const accountant = await at(ofPayer('kuaiji'), `/cases/${paid.caseNo}`);
  await sign(accountant, 'approve', '回单核对无误。');
  await untilStatus(accountant, '已生效');
  await accountant.goto(`/payments/${orderNo}`);
  await accountant.locator('.head .chip', { hasText: '已付款待收款' }).waitFor();
  const paymentNo = await accountant.locator('.payments a').first().innerText();
  await through(stage, provinceLogin('chuna'), 'xr-pay-received', PROVINCE, { paymentNo, receivedOn: stage.today, amountFen: dueFen }, [provinceLogin('kuaiji')]);
  await accountant.reload();
  await accountant.locator('.head .chip', { hasText: '已收款' }).waitFor();
  await accountant.click('.payments a');
  await accountant.locator('.facts', { hasText: yuanOf(dueFen) }).waitFor();
  await accountant.close();
}, 60_000);

test('the pool shows what came in and went out, and its use rate', async () => {
  const page = await at(ofPayer('jingban'), '/prepayment');
  await page.locator('tbody tr', { hasText: '示例一市' }).waitFor();
  await page.fill('.finder input[placeholder="月份"]', stage.months.month);
  await page.keyboard.press('Enter');
  await page.locator('tbody tr', { hasText: '职工统筹' }).locator('.chip.over', { hasText: '红色预警' }).waitFor();
  expect(await page.locator('tbody tr', { hasText: '职工统筹' }).locator('td').last().innerText()).toMatch(/^2\d\d\.\d+\s*%/);
  await page.locator('tbody a', { hasText: '示例一市' }).click();
  await page.locator('h1', { hasText: '示例一市 职工统筹 预付金' }).waitFor();
  await page.locator('table.rows').nth(1).waitFor();
  const amounts = (await page.locator('table.rows').first().locator('tbody td:nth-child(3)').allInnerTexts()).map((text) => Number(text.replaceAll(',', '')));
  expect(amounts).toHaveLength(2);
  expect(amounts.reduce((sum, each) => sum + each, 0)).toBeCloseTo(0);
  await page.close();
}, 60_000);

test('statistics are drawn in colours, and go to Excel as they stand', async () => {
  const page = await at(provinceLogin('tongji'), '/statistics');
  await choose(page, '.finder', '种类', '按市（州）');
  await page.fill('.finder input[placeholder="月份"]', stage.months.month);
  await page.keyboard.press('Enter');
  await page.locator('table.rows tbody tr').first().waitFor();
  await page.locator('figure.chart canvas').waitFor();
  await page.waitForFunction(`(() => {
    const canvas = document.querySelector('figure.chart canvas');
    const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
    const colours = new Set();
    for (let at = 0; at < data.length; at += 4) if (data[at + 3] === 255) colours.add(data[at] << 16 | data[at + 1] << 8 | data[at + 2]);
    return colours.has(0x1b5e8c) && colours.size > 20;
  })()`);
  const shown = await page.locator('table.rows tbody tr').count();
  const { rows } = readXlsx(await download(page, 'a[href*="format=xlsx"]'));
  expect(rows.length).toBeGreaterThan(shown);
  expect(JSON.stringify(rows)).toContain('职工统筹');
  await page.close();
}, 60_000);

test('a sheet is issued, made void with a reason and issued anew', async () => {
  const page = await office.at(provinceLogin('shenpi'), '/documents');
  await page.locator('.top').getByRole('button', { name: '开具' }).click();
  await choose(page, '.el-dialog:visible', '种类', '审批');
  await page.fill('#issue-case', opened.caseNo);
  await page.click('.el-dialog:visible .confirm');
  const told = page.locator('.el-message', { hasText: '已开具' });
  await told.waitFor();
  const number = (await told.innerText()).split('：')[1]?.trim() ?? '';
  const row = page.locator('tbody tr', { has: page.locator('td:first-child > .once', { hasText: number }) });
  await row.getByRole('button', { name: '作废' }).click();
  expect(await page.locator('.el-dialog:visible .confirm').isDisabled()).toBe(true);
  await page.fill('.el-dialog:visible #unmask-reason', '印制错误，重开。');
  await page.locator('.el-dialog:visible .el-checkbox').click();
  await page.click('.el-dialog:visible .confirm');
  await page.locator('.el-message', { hasText: '重开为' }).waitFor();
  await row.locator('.chip.over', { hasText: '已作废' }).waitFor();
  expect(await row.innerText()).toContain('印制错误');
  await page.locator('tbody tr', { hasText: `代替 ${number}` }).locator('.chip.ok').waitFor();
  await page.close();
}, 60_000);

test('from a clearing line the money is followed to its payment, and back', async () => {
  const page = await at(ofPayer('jingban'), `/clearing/${batchId}`);
  await page.locator('.el-tabs__item', { hasText: '应付款' }).click();
  // The pool was drawn from the first lines on: the last one was paid.
  await page.locator('tbody tr', { hasText: /^\s*示例一市.*职工统筹/s }).last().locator('a').first().click();
  const trail = page.locator('[data-testid=money-trail]');
  await trail.locator('[data-level=payment]').waitFor();
  const here = await trail.locator('[aria-current=true]').getAttribute('data-node');
  expect(here).toMatch(/^payable:/);
  expect(await trail.locator('[data-node^="line:"]').count()).toBe(1);
  expect(await trail.locator('[data-equal=false]').count()).toBe(0);
  if ((await trail.locator('[data-level=payment]').getAttribute('aria-expanded')) === 'false') await trail.locator('[data-level=payment]').click();
  await trail.locator('[data-node^="payment:"] .go').first().click();
  await trail.locator('[data-node^="payment:"][aria-current=true]').waitFor();
  await trail.locator('.way button').first().click();
  await trail.locator(`[data-node="${here ?? ''}"][aria-current=true]`).waitFor();
  await page.close();
}, 60_000);

