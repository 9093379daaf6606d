// Writes the invented patient D: more than 400 fee lines over fourteen days with everything that the small cases have.
// Seeded, so it writes the same bytes every time. `node cli/demo/make-patient-d.mjs [folder]`; the expected amounts are
// computed by tests/benefits/prove.py, never here.
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import iconv from 'iconv-lite';

const here = dirname(fileURLToPath(import.meta.url));
const folder = resolve(process.argv[2] ?? join(here, 'patients'));
const SEED = 20261103;
const FIRST_DAY = '2026-11-03';
const DAYS = 14;
const OPERATION_DAY = 3;
const IPT_NO = 'ZY2026110308';
const COLUMNS =
  'feedetl_sn,init_feedetl_sn,fee_ocur_time,med_list_codg,medins_list_codg,medins_list_name,cnt,pric,det_item_fee_sumamt,' +
  'bilg_dept_codg,bilg_dept_name,bilg_dr_codg,bilg_dr_name,hosp_appr_flag,drord_no,memo';

const catalogue = JSON.parse(readFileSync(join(here, 'catalogue.json'), 'utf8')).items;
const person = JSON.parse(readFileSync(join(here, 'people.json'), 'utf8')).persons.find((one) => one.note === '病例 D');
const codes = [...new Set(catalogue.map((item) => item.med_list_codg))];
const byName = new Map(catalogue.map((item) => [item.name.replace(/（[^）]*示例[^）]*）/, ''), item]));

const WARD = { codg: '0306', name: '胸外科', dr: 'D990100000013', drName: '示例医师丁' };
const ICU = { codg: '2800', name: '重症医学科', dr: 'D990100000014', drName: '示例医师𠮷' };

// Daily plan: name, unit price, quantities to choose from, hour, which days (from, to, every), extras.
const DAILY = [
  ['普通床位费（三级医院）', '62.00', ['1'], 7, [0, 13, 1], { not: [3, 4, 5] }],
  ['住院诊察费', '18.50', ['1'], 8, [0, 13, 1]],
  ['二级护理', '22.00', ['1'], 7, [0, 2, 1]],
  ['一级护理', '32.00', ['1'], 7, [6, 13, 1]],
  ['重症监护床位', '138.00', ['1'], 7, [3, 5, 1], { dept: ICU }],
  ['重症监护', '9.50', ['18', '24'], 7, [3, 5, 1], { dept: ICU }],
  ['氧气吸入', '3.50', ['4.5', '8', '11.25', '24'], 9, [1, 12, 1]],
  ['心电监测', '5.00', ['12', '18', '24'], 9, [2, 10, 1]],
  ['静脉输液', '8.60', ['1', '2', '3'], 9, [0, 13, 1]],
  ['静脉输液', '8.60', ['1', '2'], 16, [1, 11, 1]],
  ['静脉注射', '4.30', ['1', '2', '4'], 10, [0, 12, 1]],
  ['静脉注射', '4.30', ['1', '2'], 20, [1, 11, 1]],
  ['雾化吸入', '6.80', ['2', '3'], 10, [0, 13, 1]],
  ['雾化吸入', '6.80', ['1', '2'], 18, [1, 12, 1]],
  ['雾化溶液', '7.834', ['2', '3'], 10, [0, 13, 1]],
  ['雾化溶液', '7.834', ['1', '2'], 18, [1, 12, 1]],
  ['一次性输液器', '3.15', ['2', '3', '5'], 9, [0, 13, 1]],
  ['一次性输液器', '3.15', ['1', '2'], 16, [1, 11, 1]],
  ['氯化钠注射液', '4.368333', ['2', '3', '7'], 9, [0, 13, 1]],
  ['氯化钠注射液', '4.368333', ['2', '3'], 16, [0, 12, 1]],
  ['葡萄糖注射液', '3.9175', ['1', '2', '3'], 9, [0, 12, 1]],
  ['葡萄糖注射液', '3.9175', ['1', '2'], 16, [3, 10, 1]],
  ['注射用抗生素', '38.765', ['4', '6'], 8, [0, 9, 1]],
  ['注射用抗生素', '38.765', ['4', '6'], 20, [0, 9, 1]],
  ['抗感染药', '168.30', ['3', '4'], 8, [4, 11, 1]],
  ['抗感染药', '168.30', ['3'], 20, [4, 11, 1]],
  ['注射用抑酸药', '32.6475', ['1', '2'], 8, [0, 13, 1]],
  ['注射用抑酸药', '32.6475', ['1'], 20, [3, 10, 1]],
  ['祛痰口服药', '1.2346', ['3', '6', '9'], 11, [0, 13, 1]],
  ['中成药颗粒', '2.705', ['6', '9'], 11, [5, 13, 1]],
  ['止痛注射液', '21.4375', ['1', '2', '3'], 21, [3, 9, 1]],
  ['口服药', '6.37', ['7', '14'], 12, [6, 13, 2]],
  ['敷料（甲类）', '12.96', ['0.5', '1.25', '2'], 14, [4, 13, 1]],
  ['血细胞分析', '21.00', ['1'], 6, [0, 12, 2]],
  ['肝肾功能组合', '118.50', ['1'], 6, [0, 12, 3]],
  ['血气分析', '68.00', ['1', '2', '3'], 13, [3, 8, 1]],
  ['营养制剂', '145.50', ['1', '2'], 18, [4, 10, 1]],
  ['特需陪护服务', '260.00', ['1'], 19, [3, 9, 2]],
  ['血液净化', '520.00', ['1', '2'], 15, [4, 8, 1], { dept: ICU }],
  ['人血白蛋白', '378.00', ['3', '4'], 17, [3, 10, 1], { flag: '1' }],
  ['免疫调节药', '426.50', ['1', '2'], 17, [5, 10, 1], { flag: '1' }],
];

// Single lines: name, price, quantity, day, time, extras.
const SINGLE = [
  ['CT 增强扫描', '685.00', '1', 0, '15:42:10', {}],
  ['CT 增强扫描', '685.00', '1', 8, '10:05:33', {}],
  ['彩色多普勒超声', '142.00', '1', 1, '09:48:00', {}],
  ['检验费（组合）', '1365.40', '1', 0, '16:10:00', {}],
  ['手术费（胸腔）', '8600.00', '1', OPERATION_DAY, '13:20:00', {}],
  ['全身麻醉', '2350.00', '1', OPERATION_DAY, '13:21:00', {}],
  ['吻合器（限价）', '3150.00', '4', OPERATION_DAY, '13:25:00', { key: 'stapler' }],
  ['植入类耗材（限价）', '12800.00', '1', OPERATION_DAY, '13:26:00', {}],
  ['引流管套件（限价）', '212.75', '3', OPERATION_DAY, '13:27:00', { key: 'drain' }],
  ['目录外耗材', '1260.00', '1', OPERATION_DAY, '13:28:00', {}],
  ['免疫调节药', '426.50', '1', 4, '17:05:00', { flag: '0', memo: '限制使用，未审批' }],
  ['彩色多普勒超声', '142.00', '1', 7, '15:30:00', { flag: '2', key: 'wish', memo: '患者要求，自费' }],
  ['注射用抗生素', '38.765', '6', 2, '14:00:00', { key: 'antibiotic' }],
  ['注射用抑酸药', '32.6475', '4', 5, '14:05:00', { key: 'acid' }],
  ['一次性输液器', '3.15', '9', 5, '14:06:00', { key: 'set' }],
  ['抗感染药', '168.30', '5', 6, '14:10:00', { key: 'infection' }],
  ['营养制剂', '145.50', '2', 6, '14:15:00', { key: 'nutrition' }],
  ['祛痰口服药', '1.2346', '30', 7, '14:20:00', { key: 'cough', memo: '出院前备药' }],
];

// Returns: key of the original, quantity, day, time, words.
const RETURNS = [
  ['antibiotic', '-2', 4, '09:10:00', '退药, 换药'],
  ['antibiotic', '-3', 6, '09:12:00', '退药, 第二次'],
  ['drain', '-1', 4, '10:00:00', '未使用退回'],
  ['stapler', '-1', 4, '10:02:00', '未使用退回'],
  ['acid', '-4', 9, '09:20:00', '整条退回，按原费用日期的目录'],
  ['set', '-4', 9, '09:21:00', '部分退回，按原费用日期的限价'],
  ['infection', '-5', 8, '09:30:00', '整条退回, "过敏"'],
  ['nutrition', '-1', 8, '09:31:00', '部分退回'],
  ['wish', '-1', 9, '09:32:00', '检查取消'],
  ['cough', '-12', 13, '09:40:00', '部分退回'],
];

const random = seeded(SEED);
const entries = [...dailyEntries(), ...singleEntries()];
entries.push(...returnEntries(entries), unmappedEntry());
entries.sort((a, b) => (a.time < b.time ? -1 : a.time > b.time ? 1 : 0));
entries.forEach((entry, index) => (entry.sn = `D${String(index + 1).padStart(4, '0')}`));
const rows = entries.map(toRow);
writeFileSync(join(folder, 'D.csv'), iconv.encode(`${[COLUMNS, ...rows].join('\r\n')}\r\n`, 'gb18030'));
writeFileSync(join(folder, 'D.json'), `${JSON.stringify(header(), null, 2)}\n`);
const proof = execFileSync('python3', [join(here, '../../tests/benefits/prove.py'), '--expected', join(folder, 'D.json')]);
writeFileSync(join(folder, 'D.json'), `${JSON.stringify({ ...header(), expected: JSON.parse(proof.toString()) }, null, 2)}\n`);

function dailyEntries() {
  const made = [];
  for (const [name, pric, quantities, hour, [from, to, every], extra = {}] of DAILY) {
    for (let day = from; day <= to; day += every) {
      if (extra.not?.includes(day)) continue;
      const cnt = quantities[random(quantities.length)];
      made.push({ name, pric, cnt, time: moment(day, `${two(hour)}:${two(random(60))}:${two(random(60))}`), dept: WARD, ...extra });
    }
  }
  return made;
}

function singleEntries() {
  return SINGLE.map(([name, pric, cnt, day, time, extra]) => ({ name, pric, cnt, time: moment(day, time), dept: WARD, ...extra }));
}

function returnEntries(charges) {
  return RETURNS.map(([key, cnt, day, time, memo]) => {
    const original = charges.find((entry) => entry.key === key);
    return { name: original.name, pric: original.pric, flag: original.flag, dept: original.dept, original, cnt, time: moment(day, time), memo };
  });
}

function unmappedEntry() {
  return { name: '未对照检查项目', pric: '318.00', cnt: '1', time: moment(7, '11:11:11'), dept: WARD, refused: true, memo: '未对照，平台拒收' };
}

function toRow(entry) {
  const item = byName.get(entry.name);
  const code = item?.med_list_codg ?? '003399990019999';
  const prefix = { drug: 'YP', consumable: 'HC', service: 'XM' }[item?.listType ?? 'service'];
  const hospitalCode = item ? `${prefix}${String(codes.indexOf(code) + 1).padStart(5, '0')}` : 'XM90002';
  const { dept } = entry;
  const order = `YZ${IPT_NO.slice(2)}${(entry.original ?? entry).sn.slice(1)}`;
  return [
    entry.sn, entry.original?.sn ?? '', entry.time, code, hospitalCode, entry.name.replace('（三级医院）', ''), entry.cnt, entry.pric,
    amount(entry.cnt, entry.pric), dept.codg, dept.name, dept.dr, dept.drName, entry.flag ?? '0', order, entry.memo ?? '',
  ].map(quoted).join(',');
}

/** Quantity × price in yuan, half up away from zero to the fen, in whole numbers. */
function amount(cnt, pric) {
  const scale = fraction(cnt) + fraction(pric);
  const units = BigInt(cnt.replace(/[-.]/g, '')) * BigInt(pric.replace('.', ''));
  const fen = (units * 200n + 10n ** BigInt(scale)) / (2n * 10n ** BigInt(scale));
  const text = String(fen).padStart(3, '0');
  return `${cnt.startsWith('-') ? '-' : ''}${text.slice(0, -2)}.${text.slice(-2)}`;
}

function header() {
  const diagnosis = (time) => ({
    diag_type: '1', maindiag_flag: '1', diag_srt_no: 1, diag_code: 'J86.900', diag_name: '脓胸', diag_dept: WARD.codg,
    dise_dor_no: WARD.dr, dise_dor_name: WARD.drName, diag_time: time,
  });
  const begntime = `${FIRST_DAY} 05:40:00`;
  const endtime = moment(DAYS, '10:30:00');
  return {
    case: 'D',
    title: '职工在职，三级医院，十四天四百余条明细：限价、丙类、退费、目录换版、统筹封顶、大额、救助、个人账户',
    institution: 'H99000000001',
    iptNo: IPT_NO,
    patient: {
      psn_name: person.psn_name, psn_cert_type: '01', certno: person.certno, gend: person.gend, brdy: person.brdy, insutype: '310',
    },
    credential: { type: '02', no: person.certno },
    admission: {
      begntime, med_type: '21', medrcdno: `BA${IPT_NO.slice(2)}`, atddr_no: WARD.dr, chfpdr_name: WARD.drName, adm_diag_dscr: '脓胸',
      adm_dept_codg: WARD.codg, adm_dept_name: WARD.name, adm_bed: '胸外-21', dscg_maindiag_code: 'J86.900', dscg_maindiag_name: '脓胸',
      main_cond_dscr: '发热胸痛十日，胸腔积脓', coner_name: '示例联系人', tel: '00000000000',
    },
    diagnoses: [diagnosis(begntime)],
    deposits: [
      { amount: '10000.00', method: 'wechat', receiptNo: `YJ${IPT_NO.slice(2)}01`, at: moment(0, '06:05:00') },
      { amount: '8000.00', method: 'card', receiptNo: `YJ${IPT_NO.slice(2)}02`, at: moment(3, '08:30:00') },
      { amount: '2500.50', method: 'cash', receiptNo: `YJ${IPT_NO.slice(2)}03`, at: moment(9, '15:00:00') },
    ],
    fees: { file: 'D.csv', encoding: 'gb18030', lines: rows.length, refused: entries.filter((entry) => entry.refused).map((entry) => entry.sn) },
    discharge: { endtime, dscg_dept_codg: WARD.codg, dscg_dept_name: WARD.name, dscg_bed: '胸外-21', dscg_way: '1' },
    dischargeDiagnoses: [diagnosis(endtime)],
    settlement: { psn_setlway: '01', acct_used_flag: '1', mid_setl_flag: '0', invono: `FP${IPT_NO.slice(2)}` },
  };
}

function moment(day, time) {
  return `${new Date(Date.parse(`${FIRST_DAY}T00:00:00Z`) + day * 86_400_000).toISOString().slice(0, 10)} ${time}`;
}

function quoted(text) {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

function fraction(text) {
  return text.includes('.') ? text.length - text.indexOf('.') - 1 : 0;
}

function two(number) {
  return String(number).padStart(2, '0');
}

/** Small seeded generator (linear congruential, 31 bits); returns whole numbers below `limit`. */
function seeded(seed) {
  let state = BigInt(seed);
  return (limit) => {
    state = (state * 1103515245n + 12345n) % 2147483648n;
    return Number((state >> 8n) % BigInt(limit));
  };
}
