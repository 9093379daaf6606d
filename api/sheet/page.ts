import type { FeeRow, PrintedLine, SheetModel, Split, SumRow } from '../../domain/sheet/model';
import { type Fen, formatYuanGrouped as yuan } from '../../domain/money';
import { Html, html } from '../html';

/** The sheet as a page to print on A4; everything is in the page itself. */
export function sheetPage(model: SheetModel): string {
  return html`<!doctype html>
<html lang="zh-CN"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${model.title} ${model.setlId}</title><style>${new Html(STYLE)}</style></head>
<body>${model.stamp === null ? html`` : html`<p class="stamp${model.stamp.length > 2 ? ' long' : ''}" aria-hidden="true">${model.stamp}</p>`}<main>
<header><p class="institution">${model.institution}</p><h1>${model.title}${model.marks.map((mark) => html`<span class="mark">${mark}</span>`)}</h1>
${model.stampNote === null ? html`` : html`<p class="void">${model.stamp ?? ''}：${model.stampNote}</p>`}</header>
${heads(model)}
${fees(model)}
${funds(model)}
${sums('三、费用负担（元）', model.burden)}
${sums('四、支付与预交金（元）', model.payment)}
${words(model)}
<footer><p class="source">${model.foot.source}。个人自付、个人自费按平台结算金额计算，可凭上表逐项复核。</p>
<p class="sign"><span>经办人：${model.foot.by}</span><span>患者（家属）签字：<i></i></span><span>医疗机构（章）：<i></i></span><span>打印时间：${model.foot.at}</span></p></footer>
${lines(model)}</main></body></html>`.text;
}

function heads({ heads: fields }: SheetModel): Html {
  return html`<dl class="heads">${fields.map(({ label, value, wide }) => html`<div${wide ? new Html(' class="wide"') : ''}><dt>${label}</dt><dd>${value}</dd></div>`)}</dl>`;
}

function fees({ fees: table }: SheetModel): Html {
  const row = (one: FeeRow): Html =>
    html`<tr><th scope="row">${one.name}</th>${number(String(one.lines))}${[one.amount, one.classA, one.classB, one.classC, ...(table.unclassed ? [one.noClass] : [])].map(orDash)}${parts(one)}</tr>`;
  const unknown = html`<td class="n">—</td>`;
  const settled = html`<tr><th scope="row">${table.total.name}</th>${unknown}${money(table.total.amount)}${unknown}${unknown}${unknown}${parts(table.total)}</tr>`;
  const total = table.note === null ? row(table.total) : settled;
  return html`<section><h2>一、费用分类（元）</h2>${table.note === null ? html`` : html`<p>${table.note}</p>`}<div class="scroll"><table class="small"><thead><tr><th>收费项目</th>${titles(['行数', '金额', '甲类', '乙类', '丙类', ...(table.unclassed ? ['未分级'] : []), '全自费', '超限价', '先行自付', '符合范围'])}</tr></thead>
<tbody>${table.rows.map(row)}</tbody><tfoot>${total}</tfoot></table></div></section>`;
}

function funds({ funds: table }: SheetModel): Html {
  const rows = table.rows.map(({ code, name, amount, steps }) => html`<tr><th scope="row">${name}<small>${code}</small></th><td>${steps.map((step) => html`<p>${step}</p>`)}</td>${money(amount)}</tr>`);
  const none = html`<tr><th scope="row">本次无基金支付</th><td></td>${money(table.total)}</tr>`;
  const withAccount = table.totalWithAccount === null ? html`` : html`<tr class="plain"><th scope="row">本地口径合计</th><td>含个人账户支付</td>${money(table.totalWithAccount)}</tr>`;
  return html`<section><h2>二、基金支付（元）</h2><div class="scroll"><table><thead><tr><th class="label">基金</th><th>计算过程</th><th class="n amount">金额</th></tr></thead>
<tbody>${rows.length > 0 ? rows : none}</tbody><tfoot><tr><th scope="row">基金支付合计</th><td>不含个人账户支付</td>${money(table.total)}</tr>${withAccount}</tfoot></table></div></section>`;
}

function sums(title: string, rows: readonly SumRow[]): Html {
  const body = rows.map(({ label, amount, how, level }) => html`<tr><th scope="row" class="label${level === 1 ? ' part' : ''}">${label}</th><td class="n amount"><b>${yuan(amount)}</b></td><td>${how}</td></tr>`);
  return html`<section><h2>${title}</h2><div class="scroll"><table><tbody>${body}</tbody></table></div></section>`;
}

function words({ words: rows }: SheetModel): Html {
  const body = rows.map(({ label, amount, words: text }) => html`<tr><th scope="row" class="label">${label}</th><td class="n amount"><b>${yuan(amount)}</b></td><td><b>${text}</b></td></tr>`);
  return html`<section><h2>五、金额大写（人民币）</h2><div class="scroll"><table><tbody>${body}</tbody></table></div></section>`;
}

function lines({ lines: groups }: SheetModel): Html {
  if (!groups) return html``;
  const rows = groups.map(
    (group) => html`<tbody>${group.lines.map(lineRow)}<tr class="total"><th colspan="7" scope="row">${group.name} ${group.lines.length} 行　小计</th>${money(group.total.amount)}${parts(group.total)}</tr></tbody>`,
  );
  const count = groups.reduce((sum, group) => sum + group.lines.length, 0);
  return html`<section class="lines"><h2>附：费用明细（元），共 ${count} 行</h2><div class="scroll"><table class="small"><thead><tr><th>日期</th><th>项目</th><th>级</th>${titles(['数量', '单价', '限价', '自付', '金额', '全自费', '超限价', '先行自付', '符合范围'])}</tr></thead>${rows}</table></div></section>`;
}

function lineRow(line: PrintedLine): Html {
  return html`<tr><td class="date">${line.date}</td><td>${line.name}</td><td>${line.level}</td>${number(line.cnt)}${number(line.pric)}${number(line.cap)}${number(line.prop)}${money(line.amount)}${parts(line)}</tr>`;
}

function parts(split: Split): Html {
  return html`${[split.fulamt, split.overlmt, split.preselfpay, split.inscp].map(orDash)}`;
}

/** A sum of nothing is a dash: wide tables stay readable and no cell stays empty. */
function orDash(amount: Fen): Html {
  return number(amount === 0 ? '—' : yuan(amount));
}

function titles(names: readonly string[]): Html[] {
  return names.map((name) => html`<th class="n">${name}</th>`);
}

function money(amount: Fen): Html {
  return number(yuan(amount));
}

function number(text: string): Html {
  return html`<td class="n">${text}</td>`;
}

const STYLE = `@page{size:A4;margin:9mm 11mm}
*{box-sizing:border-box}
body{font:8.8pt/1.35 "Noto Sans CJK SC","Noto Sans SC","Source Han Sans SC","Microsoft YaHei","PingFang SC",SimSun,sans-serif;color:#000;background:#e9ecef;margin:0}
main{background:#fff;max-width:210mm;margin:6mm auto;padding:11mm 12mm;box-shadow:0 1px 6px #0003}
p{margin:0}header{text-align:center;margin-bottom:2mm}.institution{font-size:12.5pt;font-weight:700}h1{font-size:14pt;margin:0}h2{font-size:9.2pt;margin:1.9mm 0 .6mm}
.mark{display:inline-block;font-size:9pt;border:.4mm solid #000;padding:0 1.6mm;margin-left:2mm;vertical-align:middle}.void{font-weight:700}
.heads{display:grid;grid-template-columns:1fr 1.25fr .95fr;margin:0;border:solid #555;border-width:.2mm 0 0 .2mm}.heads div{display:grid;grid-template-columns:16mm minmax(0,1fr);border:solid #555;border-width:0 .2mm .2mm 0}
.heads .wide{grid-column:1/-1}dt,dd{margin:0;padding:.3mm 1.1mm;overflow-wrap:anywhere}dt{border-right:.2mm solid #555}
table{border-collapse:collapse;width:100%}th,td{border:.2mm solid #555;padding:.3mm 1.1mm;text-align:left;font-weight:400;vertical-align:middle}thead th{font-weight:700;background:#ececec}tfoot th,tfoot td{font-weight:700}tfoot .plain>*{font-weight:400}
.n{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}.small{font-size:8.2pt}.label{width:46mm}.amount{width:28mm}.part{padding-left:6mm}.part::before{content:"其中："}
small{display:block;color:#333;font-size:7.6pt}thead{display:table-header-group}tfoot{display:table-row-group}tr{break-inside:avoid}section{break-inside:auto}
.source{font-size:7.8pt;margin-top:2mm}.sign{display:flex;flex-wrap:wrap;gap:2mm 8mm;justify-content:space-between;margin-top:5mm}.sign i{display:inline-block;width:28mm;border-bottom:.2mm solid #000}
.lines{margin-top:6mm}.lines td{font-size:7.8pt}.lines .total>*{font-weight:700}.date{white-space:nowrap}
.stamp{position:fixed;inset:0;display:flex;align-items:center;justify-content:center;font-size:150pt;font-weight:700;color:#b00000;opacity:.16;transform:rotate(-24deg);pointer-events:none;z-index:1;letter-spacing:.1em}.stamp.long{font-size:76pt}
@media print{body{font-size:8pt;line-height:1.25;background:none;-webkit-print-color-adjust:exact;print-color-adjust:exact}main{max-width:none;margin:0;padding:0;box-shadow:none}.small{font-size:7.8pt}.lines{break-before:page}}
@media screen and (max-width:760px){main{margin:0;padding:5mm 4mm}.heads{grid-template-columns:1fr}.scroll{overflow-x:auto}.scroll .small{min-width:150mm}.label{width:30mm}.part{padding-left:3mm}.amount{width:20mm}.stamp{font-size:70pt}.stamp.long{font-size:36pt}}`;
