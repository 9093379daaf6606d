import type { DocumentModel, DocumentRow, Section, Signature } from '../../domain/documents/model';
import { formatYuanGrouped as yuan } from '../../domain/money';
import { qrPath, qrSquares } from '../../domain/qr';
import { Html, html } from '../html';
import { headsHtml, PRINT_STYLE, stampHtml } from '../sheet/print-style';

/** A document as a page to print on A4; everything is in the page itself. */
export function documentPage(model: DocumentModel): string {
  const copies = model.copies.length === 0 ? [null] : model.copies;
  return html`<!doctype html>
<html lang="zh-CN"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${model.title} ${model.number ?? '草稿'}</title><style>${new Html(PRINT_STYLE + STYLE)}</style></head>
<body>${stampHtml(model.stamp)}${copies.map((copy) => copyHtml(model, copy))}</body></html>`.text;
}

function copyHtml(model: DocumentModel, copy: string | null): Html {
  const { foot, notes, seals } = model;
  return html`<main>
<header><p class="institution">${model.office}</p><h1>${model.title}${model.marks.map((mark) => html`<span class="mark">${mark}</span>`)}</h1>
${model.stampNote === null ? html`` : html`<p class="void">${model.stamp ?? ''}：${model.stampNote}</p>`}<p class="number">编号：${model.number ?? '（草稿，未编号）'}${copy === null ? '' : `　　${copy}`}</p></header>
${headsHtml(model.heads)}
${model.sections.map(section)}
${totalHtml(model)}
${notes.map((note) => html`<p class="source">${note}</p>`)}
${signaturesHtml(model.signatures)}
<footer><p class="sign">${seals.map((seal) => html`<span>${seal}：<i></i></span>`)}</p>${proofHtml(model)}
<p class="source">打印时间：${foot.printedAt}　打印人：${foot.printedBy}　${foot.print}</p></footer></main>`;
}

function section({ title, columns, rows, none }: Section): Html {
  const cell = (row: DocumentRow) => (text: string, index: number): Html => {
    const align = columns[index]?.align ?? 'left';
    const part = row.level === 'part' && index === 0 ? ' part' : '';
    return html`<td class="${align === 'right' ? 'n' : align === 'center' ? 'c' : ''}${part}">${text}</td>`;
  };
  const body = rows.map((row) => html`<tr${row.level === 'sum' ? new Html(' class="sum"') : ''}>${row.cells.map(cell(row))}</tr>`);
  const empty = html`<tr><td colspan="${columns.length}">${none}</td></tr>`;
  return html`<section>${title === null ? html`` : html`<h2>${title}</h2>`}<div class="scroll"><table class="small"><thead><tr>${columns.map(({ zh, align }) => html`<th class="${align === 'right' ? 'n' : ''}">${zh}</th>`)}</tr></thead><tbody>${rows.length > 0 ? body : empty}</tbody></table></div></section>`;
}

function totalHtml({ total, count }: DocumentModel): Html {
  if (total === null) return count === null ? html`` : html`<p class="number">共 ${count}</p>`;
  return html`<section class="scroll"><table><tbody><tr><th scope="row">${total.label}（元）</th><td class="n"><b>${yuan(total.amount)}</b></td><td><b>大写：人民币${total.words}</b></td><td class="n">${count ?? ''}</td></tr></tbody></table></section>`;
}

function signaturesHtml(signatures: readonly Signature[]): Html {
  if (signatures.length === 0) return html``;
  const rows = signatures.map(({ label, name, at }) => html`<tr><th scope="row">${label}</th><td>${name === null ? '' : `${name}（系统签名）`}</td><td>${at ?? ''}</td><td class="hand">手签：</td></tr>`);
  return html`<section><table><thead><tr><th>签署</th><th>姓名</th><th>时间</th><th>手签</th></tr></thead><tbody>${rows}</tbody></table></section>`;
}

function proofHtml({ proof, number }: DocumentModel): Html {
  if (proof === null) return html``;
  const squares = qrSquares(proof.qr);
  const size = squares.length;
  return html`<div class="proof"><div><p>单据编号　${number ?? ''}</p><p>内容摘要　SHA-256 ${proof.hash}</p><p>核验　扫描右侧二维码，或访问 ${proof.qr}</p></div>
<svg viewBox="0 0 ${size} ${size}" width="22mm" height="22mm" shape-rendering="crispEdges" role="img" aria-label="核验二维码"><path d="${new Html(qrPath(squares))}"/></svg></div>`;
}

const STYLE = `
@page{@bottom-center{content:"第 " counter(page) " 页　共 " counter(pages) " 页";font-size:7pt}}
main+main{break-before:page}.heads div{grid-template-columns:22mm minmax(0,1fr)}.number{text-align:right;font-size:8.5pt}.c{text-align:center}.sum td{font-weight:700}section{margin-top:1.6mm}
.hand{width:40mm}.proof{display:flex;gap:6mm;justify-content:space-between;align-items:center;margin-top:5mm;font-size:7.2pt;overflow-wrap:anywhere}.proof svg{flex:none}footer,.proof{break-inside:avoid}`;
