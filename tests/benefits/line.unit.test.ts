import { catalogueItemOn, lineToSplit, selfpayPropOf, type CatalogueItem } from '../../domain/benefits/catalogue';
import { lineAmount, splitLine, type ChargeLevel } from '../../domain/benefits/line';
import { returnProblem, type ReturnableLine } from '../../domain/benefits/returns';
import type { LineRules } from '../../domain/policies/policy';
import { policyFor } from '../../domain/policies';
import { policy2026 } from './oracle';

const HALF_UP: LineRules = { rounding: 'halfUp', order: 'capThenSelfpay' };
const TRUNCATE: LineRules = { rounding: 'truncate', order: 'capThenSelfpay' };
const SELFPAY_FIRST: LineRules = { rounding: 'halfUp', order: 'selfpayThenCap' };

describe('split of one line, fen', () => {
  test.each`
    what                                    | rules            | cnt       | pric          | lv      | prop        | cap         | amount     | own     | over      | pre       | scope
    ${'class A'}                            | ${HALF_UP}       | ${'28'}   | ${'6.37'}     | ${'01'} | ${'0'}      | ${null}     | ${17836}   | ${0}    | ${0}      | ${0}      | ${17836}
    ${'class B 10 %'}                       | ${HALF_UP}       | ${'42'}   | ${'38.765'}   | ${'02'} | ${'0.10'}   | ${null}     | ${162813}  | ${0}    | ${0}      | ${16281}  | ${146532}
    ${'its return of 4'}                    | ${HALF_UP}       | ${'-4'}   | ${'38.765'}   | ${'02'} | ${'0.10'}   | ${null}     | ${-15506}  | ${0}    | ${0}      | ${-1551}  | ${-13955}
    ${'class C'}                            | ${HALF_UP}       | ${'2'}    | ${'145.50'}   | ${'03'} | ${'1'}      | ${'10'}     | ${29100}   | ${29100} | ${0}     | ${0}      | ${0}
    ${'above the cap'}                      | ${HALF_UP}       | ${'1'}    | ${'12800.00'} | ${'02'} | ${'0.20'}   | ${'10000'}  | ${1280000} | ${0}    | ${280000} | ${200000} | ${800000}
    ${'price equals the cap'}               | ${HALF_UP}       | ${'3'}    | ${'40.00'}    | ${'01'} | ${'0'}      | ${'40'}     | ${12000}   | ${0}    | ${0}      | ${0}      | ${12000}
    ${'below the cap'}                      | ${HALF_UP}       | ${'3'}    | ${'39.999999'} | ${'01'} | ${'0'}     | ${'40'}     | ${12000}   | ${0}    | ${0}      | ${0}      | ${12000}
    ${'half a fen goes up'}                 | ${HALF_UP}       | ${'1'}    | ${'0.005'}    | ${'01'} | ${'0'}      | ${null}     | ${1}       | ${0}    | ${0}      | ${0}      | ${1}
    ${'half a fen returned goes down'}      | ${HALF_UP}       | ${'-1'}   | ${'0.005'}    | ${'01'} | ${'0'}      | ${null}     | ${-1}      | ${0}    | ${0}      | ${0}      | ${-1}
    ${'cut instead of rounded'}             | ${TRUNCATE}      | ${'42'}   | ${'38.7659'}  | ${'02'} | ${'0.15'}   | ${null}     | ${162816}  | ${0}    | ${0}      | ${24422}  | ${138394}
    ${'its return, cut'}                    | ${TRUNCATE}      | ${'-42'}  | ${'38.7659'}  | ${'02'} | ${'0.15'}   | ${null}     | ${-162816} | ${0}    | ${0}      | ${-24422} | ${-138394}
    ${'先自付 of the full price'}           | ${SELFPAY_FIRST} | ${'1'}    | ${'12800.00'} | ${'02'} | ${'0.20'}   | ${'10000'}  | ${1280000} | ${0}    | ${24000}  | ${256000} | ${1000000}
    ${'先自付 leaves less than the cap'}    | ${SELFPAY_FIRST} | ${'1'}    | ${'110.00'}   | ${'02'} | ${'0.20'}   | ${'100'}    | ${11000}   | ${0}    | ${0}      | ${2200}   | ${8800}
    ${'four decimals of quantity'}          | ${HALF_UP}       | ${'0.3333'} | ${'9.999999'} | ${'01'} | ${'0'}    | ${null}     | ${333}     | ${0}    | ${0}      | ${0}      | ${333}
    ${'quantity 0'}                         | ${HALF_UP}       | ${'0'}    | ${'5.00'}     | ${'02'} | ${'0.10'}   | ${'4'}      | ${0}       | ${0}    | ${0}      | ${0}      | ${0}
  `('$what: $cnt × $pric', ({ rules, cnt, pric, lv, prop, cap, amount, own, over, pre, scope }) => {
    const split = splitLine({ cnt, pric, chrgitmLv: lv, selfpayProp: prop, cap }, rules);
    expect(split).toMatchObject({
      det_item_fee_sumamt: amount,
      fulamt_ownpay_amt: own,
      overlmt_amt: over,
      preselfpay_amt: pre,
      inscp_scp_amt: scope,
    });
    expect(lineAmount(cnt, pric, rules)).toBe(amount);
  });

  test.each`
    limited  | flag         | selfPaid
    ${true}  | ${'0'}       | ${true}
    ${true}  | ${'1'}       | ${false}
    ${true}  | ${'2'}       | ${true}
    ${true}  | ${undefined} | ${true}
    ${false} | ${'0'}       | ${false}
    ${false} | ${'1'}       | ${false}
    ${false} | ${'2'}       | ${true}
    ${false} | ${undefined} | ${false}
  `('limited item $limited, hosp_appr_flag $flag: self-paid $selfPaid', ({ limited, flag, selfPaid }) => {
    const line = { cnt: '1', pric: '378.00', chrgitmLv: '02' as ChargeLevel, selfpayProp: '0.10', cap: null, limited };
    const split = splitLine(flag === undefined ? line : { ...line, hospApprFlag: flag }, HALF_UP);
    expect(split.fulamt_ownpay_amt).toBe(selfPaid ? 37800 : 0);
    expect(split.selfpay_prop).toBe(selfPaid ? '1' : '0.10');
  });

  test.each([
    ['price with seven decimals', { pric: '1.0000001' }],
    ['quantity with five decimals', { cnt: '1.00001' }],
    ['negative price', { pric: '-1' }],
    ['ratio above 1', { selfpayProp: '1.01' }],
    ['negative ratio', { selfpayProp: '-0.1' }],
    ['exponent', { pric: '1E-2' }],
    ['plus sign', { cnt: '+5' }],
    ['no digit before the point', { pric: '.5' }],
    ['full-width digits', { pric: '１００.００' }],
    ['empty price', { pric: '' }],
    ['NaN', { cnt: 'NaN' }],
    ['an amount beyond exact numbers', { cnt: '999999999999', pric: '999999' }],
  ])('%s is refused', (_what, change) => {
    const line = { cnt: '1', pric: '1', chrgitmLv: '02' as ChargeLevel, selfpayProp: '0.10', cap: null, ...change };
    expect(() => splitLine(line, HALF_UP)).toThrow(RangeError);
  });
});

describe('catalogue item', () => {
  const item = (change: Partial<CatalogueItem>): CatalogueItem => ({
    med_list_codg: 'XA01',
    name: '示例药',
    listType: 'drug',
    chrgitm_lv: '02',
    selfpay_prop: null,
    cap: null,
    med_chrgitm_type: '09',
    limited: false,
    begndate: '2026-01-01',
    enddate: '2026-11-09',
    ...change,
  });
  const catalogue = [item({}), item({ chrgitm_lv: '01', begndate: '2026-11-10', enddate: '2099-12-31' })];

  test.each([
    ['2025-12-31', undefined],
    ['2026-01-01', '02'],
    ['2026-11-09', '02'],
    ['2026-11-10', '01'],
  ])('on %s its class is %s', (date, lv) => {
    expect(catalogueItemOn(catalogue, 'XA01', date)?.chrgitm_lv).toBe(lv);
  });

  test('an unknown code has no item', () => {
    expect(catalogueItemOn(catalogue, 'XB01', '2026-06-01')).toBeUndefined();
  });

  test.each`
    listType        | lv      | own         | year    | prop
    ${'drug'}       | ${'02'} | ${null}     | ${2026} | ${'0.1000'}
    ${'drug'}       | ${'02'} | ${null}     | ${2025} | ${'0.0800'}
    ${'service'}    | ${'02'} | ${null}     | ${2026} | ${'0.1000'}
    ${'consumable'} | ${'02'} | ${null}     | ${2026} | ${'0.2000'}
    ${'consumable'} | ${'02'} | ${null}     | ${2027} | ${'0.1500'}
    ${'consumable'} | ${'02'} | ${'0.3500'} | ${2026} | ${'0.3500'}
    ${'drug'}       | ${'01'} | ${null}     | ${2026} | ${'0'}
    ${'drug'}       | ${'03'} | ${null}     | ${2026} | ${'1'}
  `('先自付 of a $listType of class $lv with own ratio $own in $year: $prop', ({ listType, lv, own, year, prop }) => {
    const one = item({ listType, chrgitm_lv: lv, selfpay_prop: own });
    expect(selfpayPropOf(one, policyFor(`${year}-06-30`))).toBe(prop);
  });

  test('a line takes class, ratio, cap and limit from the item and the flag from the hospital', () => {
    const joined = lineToSplit({ cnt: '2', pric: '5', hosp_appr_flag: '1' }, item({ cap: '4.00', limited: true }), policy2026);
    expect(joined).toEqual({ cnt: '2', pric: '5', chrgitmLv: '02', selfpayProp: '0.1000', cap: '4.00', limited: true, hospApprFlag: '1' });
  });
});

describe('returned line', () => {
  const charge: ReturnableLine = {
    feedetl_sn: 'A06',
    med_list_codg: 'XJ01',
    cnt: '42',
    pric: '38.765',
    fee_ocur_time: '2026-11-05 15:40:00',
  };
  const back = (change: Partial<ReturnableLine>): ReturnableLine => ({
    ...charge,
    feedetl_sn: 'A07',
    init_feedetl_sn: 'A06',
    cnt: '-4',
    fee_ocur_time: '2026-11-10 09:15:00',
    ...change,
  });
  const earlier = [back({ feedetl_sn: 'A20', cnt: '-30' })];

  test.each([
    ['charge', charge, undefined, [], null],
    ['return', back({}), charge, [], null],
    ['return of what earlier returns left', back({ cnt: '-12' }), charge, earlier, null],
    ['same price written otherwise', back({ pric: '38.7650' }), charge, [], null],
    ['one more than what earlier returns left', back({ cnt: '-12.0001' }), charge, earlier, 'return.exceeds'],
    ['more than the original', back({ cnt: '-43' }), charge, [], 'return.exceeds'],
    ['negative without original', back({ init_feedetl_sn: '' }), undefined, [], 'return.originalMissing'],
    ['positive with original', back({ cnt: '4' }), charge, [], 'return.notNegative'],
    ['unknown original', back({}), undefined, [], 'return.originalUnknown'],
    ['return of a return', back({}), back({ feedetl_sn: 'A06', init_feedetl_sn: 'A01' }), [], 'return.ofReturn'],
    ['other item', back({ med_list_codg: 'XJ02' }), charge, [], 'return.otherItem'],
    ['other price', back({ pric: '38.76' }), charge, [], 'return.otherPrice'],
    ['before the original', back({ fee_ocur_time: '2026-11-05 15:39:59' }), charge, [], 'return.beforeOriginal'],
  ])('%s', (_what, line, original, returns, code) => {
    expect(returnProblem(line, original, returns)?.code ?? null).toBe(code);
  });
});
