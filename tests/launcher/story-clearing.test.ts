import { FUND_KEYS } from '../../domain/clearing/funds';
import { recordFault } from '../../domain/clearing/record';
import { demoPeople } from '../../cli/demo-people';
import { CLEARING_STEPS } from '../../cli/story/clearing/play';
import { owed } from '../../cli/story/clearing/month';
import { monthOfSettlements, sum } from '../../cli/story/clearing/settlements';
import { serves } from '../support/serves';
import { playDemo } from './play-demo';

const MONTHS = { before: '2026-08', month: '2026-09', after: '2026-10' };

test('a month goes from the intake to the received payment, and every sum holds', async () => {
  serves('xr-clear-month-first-review', 'xr-clear-month-city-confirm', 'xr-clear-month-recheck', 'xr-clear-month-approve', 'xr-clear-month-print', 'xr-clear-month-query');
  serves('xr-base-city-bank-maintain', 'xr-base-city-bank-review', 'xr-prepay-annual-adjust', 'xr-prepay-annual-review');
  serves('xr-prepay-payin-maintain', 'xr-prepay-payin-confirm', 'xr-prepay-payin-review', 'xr-pay-confirm-paid', 'xr-pay-confirm-received');
  serves('xr-clear-city-pay-review', 'xr-clear-city-pay-inspect', 'xr-clear-city-pay-approve');
  const { code, text } = await playDemo(['--story', 'clearing']);
  expect(text).not.toContain('✗');
  expect(text).toContain(`${CLEARING_STEPS}/${CLEARING_STEPS} `);
  expect(text).toContain('报送已对账结算 3002 行，不合格 0 行');
  expect(text).toMatch(/月度清算生成：2985 笔，应付 33,224,200\.46 元/);
  expect(text).toContain('市（州）确认 42 个席位：同意 41，异议 1');
  expect(text).toMatch(/审批通过：2984 笔.*开具单据 \d{3} 张/);
  expect(text).toContain('预付金抵扣 267,400.00 元，实拨 401,171.51 元，合计 668,571.51 元');
  expect(text).toContain('拨付单收讫：已付 401,171.51 元，已收 401,171.51 元');
  expect(text).toMatch(/\n {2}128\/128 项相符/);
  expect(code).toBe(0);
}, 150_000);

test('a story that there is not is told before anything is started', async () => {
  const { code, text } = await playDemo(['--story', 'none']);
  expect(text).toContain('没有 none 这个故事');
  expect(text).not.toContain('启动');
  expect(code).toBe(1);
});

describe('the month’s file', () => {
  const cities = demoPeople().divisions.filter(({ level }) => level === 'city').map(({ code }) => code);
  const file = monthOfSettlements('990000', cities, MONTHS);

  test('is the same each time, and each line holds together', () => {
    expect(monthOfSettlements('990000', cities, MONTHS).text).toBe(file.text);
    expect(file.records.flatMap((record) => recordFault(record) ?? [])).toEqual([]);
  });

  test('uses every fund, has its totals, and clears all but the reversed and the later ones', () => {
    for (const fund of FUND_KEYS) expect([fund, owed(file.cleared, fund) > 0]).toEqual([fund, true]);
    const { trailer } = JSON.parse(file.text.trim().split('\n').at(-1) ?? '{}') as { trailer: { lines: number; medfee: number; funds: number; cash: number } };
    expect(trailer.lines).toBe(file.records.length);
    expect(trailer.medfee).toBe(sum([trailer.funds, trailer.cash]));
    expect(file.records.map(({ recordType }) => recordType).filter((type) => type !== 'S')).toEqual(['R', 'D']);
    expect(file.cleared).toHaveLength(file.records.length - 2 - file.afterLastDay);
  });
});
