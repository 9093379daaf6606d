import type { DocumentModel, DocumentRow, Section, Signature } from '../../domain/documents/model';
import type { Head } from '../../domain/sheet/model';
import { formatYuanGrouped as yuan } from '../../domain/money';
import { qrSquares } from '../../domain/qr';
import { type Column, Paper, type TableRow } from '../sheet/paper';

const SIZE = { body: 8, table: 7.6 } as const;
/** Points: side of the QR code, and what it keeps free to its left. */
const QR = { side: 62, gap: 12 } as const;
/** Points that signatures, seals and the proof want together, so that they are never alone on a page without need. */
const FOOT = 120;

/** A document as PDF on A4, fonts embedded as subsets; each copy begins on a page of its own. */
export function documentPdf(model: DocumentModel): Promise<Buffer> {
  const name = [model.title, model.number].filter((part) => part !== null).join(' ');
  const paper = new Paper(name, new Date(`${model.foot.printedAt.replace(' ', 'T')}+08:00`), `${model.office}　${name}（续）`);
  const copies = model.copies.length === 0 ? [null] : model.copies;
  copies.forEach((copy, index) => {
    if (index > 0) paper.newCopy();
    writeCopy(paper, model, copy);
  });
  const { printedAt, printedBy, print } = model.foot;
  return paper.finish(model.stamp, `${model.number ?? '草稿，无编号'}　打印时间 ${printedAt}　打印人 ${printedBy}　${print}`);
}

function writeCopy(paper: Paper, model: DocumentModel, copy: string | null): void {
  writeTitle(paper, model, copy);
  writeHeads(paper, model.heads);
  for (const section of model.sections) writeSection(paper, section);
  writeTotal(paper, model);
  for (const note of model.notes) paper.text(note, { size: 7.2 });
  paper.need(FOOT);
  paper.space(8);
  writeSignatures(paper, model.signatures);
  writeSeals(paper, model.seals);
  writeProof(paper, model);
}

function writeTitle(paper: Paper, model: DocumentModel, copy: string | null): void {
  paper.text(model.office, { size: 12, font: 'bold', align: 'center' });
  paper.text([model.title, ...model.marks.map((mark) => `【${mark}】`)].join(''), { size: 14, font: 'bold', align: 'center' });
  if (model.stampNote !== null) paper.text(`${model.stamp}：${model.stampNote}`, { size: 8.5, font: 'bold', align: 'center' });
  paper.text([`编号：${model.number ?? '（草稿，未编号）'}`, ...(copy === null ? [] : [copy])].join('　　'), { size: 8.5, align: 'right' });
  paper.space(2);
}

function writeHeads(paper: Paper, heads: readonly Head[]): void {
  const label: Column = { width: 58 };
  for (const group of groupsOf(heads)) {
    const wide = group[0]?.wide === true;
    const columns = wide ? [label, {}] : [label, {}, label, {}, label, {}];
    const cells = group.flatMap(({ label: name, value }) => [name, value]);
    paper.table([{ cells: [...cells, ...Array.from({ length: columns.length - cells.length }, () => '')] }], { columns, size: SIZE.body });
  }
}

/** Rows of three narrow heads, or of one wide one, in their order. */
function groupsOf(heads: readonly Head[]): Head[][] {
  return heads.reduce<Head[][]>((groups, head) => {
    const last = groups.at(-1);
    if (last && !head.wide && !last[0]?.wide && last.length < 3) last.push(head);
    else groups.push([head]);
    return groups;
  }, []);
}

function writeSection(paper: Paper, { title, columns, rows, none }: Section): void {
  paper.space(5);
  if (title !== null) {
    paper.need(46);
    paper.text(title, { size: 8.8, font: 'bold' });
    paper.space(1);
  }
  const weights = columns.reduce((sum, { weight }) => sum + weight, 0);
  const widths = columns.map(({ weight, align }): Column => ({ width: (paper.width * weight) / weights, align }));
  const header: TableRow = { cells: columns.map(({ zh }) => zh), bold: true, shaded: true };
  const shown = rows.length > 0 ? rows.map(rowOf) : [{ cells: [none, ...columns.slice(1).map(() => '')] }];
  paper.table(shown, { columns: widths, size: SIZE.table, header });
}

function rowOf({ cells, level }: DocumentRow): TableRow {
  return { cells: level === 'part' ? [`　其中：${cells[0] ?? ''}`, ...cells.slice(1)] : cells, bold: level === 'sum' };
}

function writeTotal(paper: Paper, { total, count }: DocumentModel): void {
  paper.space(4);
  if (total !== null) {
    const columns: Column[] = [{ width: 80 }, { width: 96, align: 'right', bold: true }, { bold: true }, { width: 90, align: 'right' }];
    paper.table([{ cells: [`${total.label}（元）`, yuan(total.amount), `大写：人民币${total.words}`, count ?? ''] }], { columns, size: SIZE.body });
  } else if (count !== null) paper.text(`共 ${count}`, { size: SIZE.body, align: 'right' });
  paper.space(3);
}

function writeSignatures(paper: Paper, signatures: readonly Signature[]): void {
  if (signatures.length === 0) return;
  const columns: Column[] = [{ width: 90 }, {}, { width: 120 }, { width: 120 }];
  const rows = signatures.map(({ label, name, at }): TableRow => ({ cells: [label, name === null ? '' : `${name}（系统签名）`, at ?? '', '手签：'] }));
  paper.table(rows, { columns, size: SIZE.body, header: { cells: ['签署', '姓名', '时间', '手签'], bold: true, shaded: true } });
}

function writeSeals(paper: Paper, seals: readonly string[]): void {
  paper.space(10);
  paper.text(seals.map((seal) => `${seal}：＿＿＿＿＿＿＿＿＿＿＿＿`).join('　　　　'), { size: 8.5 });
  paper.space(8);
}

function writeProof(paper: Paper, { proof, number }: DocumentModel): void {
  if (proof === null) return;
  paper.need(QR.side + 4);
  paper.squares(qrSquares(proof.qr), QR.side);
  const width = paper.width - QR.side - QR.gap;
  paper.text(`单据编号　${number ?? ''}`, { size: 7.2, width });
  paper.text(`内容摘要　SHA-256 ${proof.hash}`, { size: 7.2, width });
  paper.text(`核验　扫描右侧二维码，或访问 ${proof.qr}`, { size: 7.2, width });
}
