import { fundName } from '../clearing/funds';
import { add, formatDecimal, multiply, parseDecimal, subtract } from '../money';
import { LEVEL_NAMES } from '../xr-prepayment/use-rate';
import { mustEqual, ofFund, sumOf, totalOf, yuan } from './amounts';
import type { FundAmount, PrepayBalanceData } from './data';
import type { DocumentBody } from './model';
import { column, figures, grouped, head, moneyHeads, placeName, row, SEAL, signatures } from './parts';

type Movement = 'opening' | 'paidIn' | 'replenished' | 'used' | 'returned' | 'closing';
const MOVEMENTS: readonly (readonly [Movement, string])[] = [
  ['opening', '期初'],
  ['paidIn', '上缴'],
  ['replenished', '调增补充'],
  ['used', '清算抵扣'],
  ['returned', '退还'],
  ['closing', '期末'],
];

/** 预付金余额表 of a month by one fund. Throws RangeError when a pool's movements do not lead from its opening to its closing. */
export function prepayBalance(data: PrepayBalanceData): DocumentBody {
  const { office, fund, rows } = data;
  for (const each of rows) {
    const { opening, paidIn, replenished, used, returned, closing } = amountsOf(data, each);
    mustEqual(`${each.city.code} ${fundName(fund)} 期末`, subtract(add(opening, paidIn, replenished), add(used, returned)), closing);
  }
  const total = sumOf(fund, rows.map(({ closing }) => closing));
  const sums = MOVEMENTS.map(([movement]) => yuan(sumOf(fund, rows.map((each) => each[movement]))));
  return {
    office: office.name,
    title: `异地就医预付金余额表`,
    fund,
    heads: [...moneyHeads(data), head('截止', `${data.period} 月末`)],
    sections: [
      {
        title: null,
        columns: [column('市（州）', 1.8), ...MOVEMENTS.map(([, zh]) => figures(zh, 1.25)), figures('使用率', 0.8), column('预警', 0.9, 'center')],
        rows: [
          ...rows.map((each) => row([placeName(each.city), ...MOVEMENTS.map(([movement]) => yuan(ofFund(fund, each[movement]))), percent(each.rate), LEVEL_NAMES[each.level]])),
          ...(rows.length === 0 ? [] : [row(['合计', ...sums, '', ''], 'sum')]),
        ],
        none: '没有预付金',
      },
    ],
    total: totalOf('期末余额', total),
    count: `${grouped(rows.length)} 个市（州）`,
    notes: ['使用率为开具时当月清算应付与当月可用预付金之比；超过 100% 的部分由拨付单另行支付。'],
    signatures: signatures(data.signers),
    seals: [SEAL],
    copies: [],
  };
}

function amountsOf({ fund }: PrepayBalanceData, each: Readonly<Record<Movement, FundAmount>>) {
  return Object.fromEntries(MOVEMENTS.map(([movement]) => [movement, ofFund(fund, each[movement])])) as Record<Movement, ReturnType<typeof ofFund>>;
}

/** `0.9312` → `93.12%`; a pool that held nothing has no rate. */
function percent(rate: string | null): string {
  if (rate === null) return '—';
  return `${formatDecimal(multiply(parseDecimal(rate), parseDecimal('100')), 2)}%`;
}
