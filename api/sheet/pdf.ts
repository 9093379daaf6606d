import type { FeeRow, PrintedLine, SheetModel, Split, SumRow } from '../../domain/sheet/model';
import { type Fen, formatYuanGrouped as yuan } from '../../domain/money';
import { type Column, Paper, type TableRow } from './paper';

const SIZE = { body: 7.8, fees: 7.6, lines: 6.6 } as const;
const MONEY: Column = { align: 'right' };
/** Points that a heading wants below it, so that it never stands alone at the foot of a page. */
const WITH_HEADING = 46;

/** The sheet as PDF on A4, fonts embedded as subsets; text can be selected and searched. */
export function sheetPdf(model: SheetModel): Promise<Buffer> {
  const name = `${model.title} ${model.setlId}`;
  const paper = new Paper(name, new Date(dateOfFoot(model)), `${model.institution}　${name}（续）`);
  writeTitle(paper, model);
  writeHeads(paper, model);
  writeFees(paper, model);
  writeFunds(paper, model);
  writeSums(paper, '三、费用负担（元）', model.burden);
  writeSums(paper, '四、支付与预交金（元）', model.payment);
  writeWords(paper, model);
  writeFoot(paper, model);
  if (model.lines) writeLines(paper, model);
  return paper.finish(model.stamp, `结算号 ${model.setlId}　打印时间 ${model.foot.at}`);
}

/** The time of printing stands in Asia/Shanghai on the sheet. */
function dateOfFoot({ foot }: SheetModel): string {
  return `${foot.at.replace(' ', 'T')}+08:00`;
}

function writeTitle(paper: Paper, model: SheetModel): void {
  paper.text(model.institution, { size: 12, font: 'bold', align: 'center' });
  paper.text([model.title, ...model.marks.map((mark) => `【${mark}】`)].join(''), { size: 14, font: 'bold', align: 'center' });
  if (model.stampNote !== null) paper.text(`${model.stamp}：${model.stampNote}`, { size: 8.5, font: 'bold', align: 'center' });
  paper.space(4);
}

function writeHeads(paper: Paper, { heads }: SheetModel): void {
  const label: Column = { width: 46 };
  const columns = [label, {}, label, {}, label, {}];
  const narrow = heads.filter(({ wide }) => !wide);
  const rows = chunk(narrow, 3).map((three): TableRow => ({ cells: three.flatMap(({ label: name, value }) => [name, value]) }));
  const filled = rows.map((row): TableRow => ({ cells: [...row.cells, ...Array.from({ length: columns.length - row.cells.length }, () => '')] }));
  paper.table(filled, { columns, size: SIZE.body });
  for (const { label: name, value } of heads.filter(({ wide }) => wide)) {
    paper.table([{ cells: [name, value] }], { columns: [label, {}], size: SIZE.body });
  }
}

function section(paper: Paper, title: string): void {
  paper.space(3);
  paper.need(WITH_HEADING);
  paper.text(title, { size: 8.6, font: 'bold' });
  paper.space(1);
}

function writeFees(paper: Paper, { fees }: SheetModel): void {
  section(paper, '一、费用分类（元）');
  const columns: Column[] = [{ width: 62 }, { width: 26, align: 'right' }, ...Array.from({ length: fees.unclassed ? 9 : 8 }, () => MONEY)];
  const header = ['收费项目', '行数', '金额', '甲类', '乙类', '丙类', ...(fees.unclassed ? ['未分级'] : []), '全自费', '超限价', '先行自付', '符合范围'];
  const rowOf = (row: FeeRow): readonly string[] => [
    row.name, String(row.lines), ...[row.amount, row.classA, row.classB, row.classC, ...(fees.unclassed ? [row.noClass] : [])].map(orDash), ...partsOf(row),
  ];
  if (fees.note !== null) paper.text(fees.note, { size: SIZE.body });
  const total = rowOf(fees.total).map((cell, index) => (fees.note !== null && index !== 0 && index !== 2 && index < header.length - 4 ? '—' : cell));
  paper.table([...fees.rows.map((row): TableRow => ({ cells: rowOf(row) })), { cells: total, bold: true }], {
    columns,
    size: SIZE.fees,
    header: { cells: header, bold: true, shaded: true },
  });
}

function partsOf(split: Split): string[] {
  return [split.fulamt, split.overlmt, split.preselfpay, split.inscp].map(orDash);
}

/** A sum of nothing is a dash: wide tables stay readable and no cell stays empty. */
function orDash(amount: Fen): string {
  return amount === 0 ? '—' : yuan(amount);
}

function writeFunds(paper: Paper, { funds }: SheetModel): void {
  section(paper, '二、基金支付（元）');
  const rows = funds.rows.map(({ code, name, amount, steps }): TableRow => ({ cells: [`${name}${code === '' ? '' : `\n${code}`}`, steps.join('\n'), yuan(amount)] }));
  const none: TableRow[] = rows.length === 0 ? [{ cells: ['本次无基金支付', '', yuan(funds.total)] }] : [];
  const withAccount: TableRow[] = funds.totalWithAccount === null ? [] : [{ cells: ['本地口径合计', '含个人账户支付', yuan(funds.totalWithAccount)] }];
  paper.table([...rows, ...none, { cells: ['基金支付合计', '不含个人账户支付', yuan(funds.total)], bold: true }, ...withAccount], {
    columns: [{ width: 110 }, {}, { width: 74, align: 'right' }],
    size: SIZE.body,
    header: { cells: ['基金', '计算过程', '金额'], bold: true, shaded: true },
  });
}

function writeSums(paper: Paper, title: string, rows: readonly SumRow[]): void {
  section(paper, title);
  const cells = rows.map(({ label, amount, how, level }): TableRow => ({ cells: [`${level === 1 ? '　其中：' : ''}${label}`, yuan(amount), how], bold: false }));
  paper.table(cells, { columns: [{ width: 126 }, { width: 74, align: 'right', bold: true }, {}], size: SIZE.body });
}

function writeWords(paper: Paper, { words }: SheetModel): void {
  section(paper, '五、金额大写（人民币）');
  paper.table(
    words.map(({ label, amount, words: text }) => ({ cells: [label, yuan(amount), text] })),
    { columns: [{ width: 126 }, { width: 74, align: 'right', bold: true }, { bold: true }], size: SIZE.body },
  );
}

function writeFoot(paper: Paper, { foot }: SheetModel): void {
  paper.space(3);
  paper.text(foot.source, { size: 7 });
  paper.space(10);
  paper.text(`经办人：${foot.by}　　　　　　患者（家属）签字：＿＿＿＿＿＿＿＿　　　　　　医疗机构（章）：＿＿＿＿＿＿＿＿`, { size: 8.5 });
}

function writeLines(paper: Paper, { lines }: SheetModel): void {
  const groups = lines ?? [];
  paper.newPage();
  section(paper, `附：费用明细（元），共 ${groups.reduce((sum, group) => sum + group.lines.length, 0)} 行`);
  const columns: Column[] = [{ width: 42 }, {}, { width: 16, align: 'center' }, { width: 34, align: 'right' }, { width: 42, align: 'right' }, { width: 42, align: 'right' }, { width: 26, align: 'right' }, ...Array.from({ length: 5 }, () => ({ width: 47, align: 'right' as const }))];
  const header = { cells: ['日期', '项目', '级', '数量', '单价', '限价', '自付', '金额', '全自费', '超限价', '先行自付', '符合范围'], bold: true, shaded: true };
  const rows = groups.flatMap((group): TableRow[] => [
    ...group.lines.map((line): TableRow => ({ cells: lineCells(line) })),
    { cells: ['小计', `${group.name} ${group.lines.length} 行`, '', '', '', '', '', yuan(group.total.amount), ...partsOf(group.total)], bold: true },
  ]);
  paper.table(rows, { columns, size: SIZE.lines, header });
}

function lineCells(line: PrintedLine): string[] {
  return [line.date, line.name, line.level, line.cnt, line.pric, line.cap, line.prop, yuan(line.amount), ...partsOf(line)];
}

function chunk<T>(items: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, index) => items.slice(index * size, (index + 1) * size));
}
