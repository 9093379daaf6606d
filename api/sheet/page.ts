import type { FeeRow, PrintedLine, SheetModel, Split, SumRow } from '../../domain/sheet/model';
import { type Fen, formatYuanGrouped as yuan } from '../../domain/money';
import { Html, html } from '../html';
import { headsHtml, PRINT_STYLE, stampHtml } from './print-style';

/** The sheet as a page to print on A4; everything is in the page itself. */
export function sheetPage(model: SheetModel): string {
  return html`<!doctype html>
<html lang="zh-CN"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${model.title} ${model.setlId}</title><style>${new Html(PRINT_STYLE)}</style></head>
<body>${stampHtml(model.stamp)}<main>
<header><p class="institution">${model.institution}</p><h1>${model.title}${model.marks.map((mark) => html`<span class="mark">${mark}</span>`)}</h1>
${model.stampNote === null ? html`` : html`<p class="void">${model.stamp ?? ''}：${model.stampNote}</p>`}</header>
${headsHtml(model.heads)}
${fees(model)}
${funds(model)}
${sums('三、费用负担（元）', model.burden)}
${sums('四、支付与预交金（元）', model.payment)}
${words(model)}
<footer><p class="source">${model.foot.source}</p>
<p class="sign"><span>经办人：${model.foot.by}</span><span>患者（家属）签字：<i></i></span><span>医疗机构（章）：<i></i></span><span>打印时间：${model.foot.at}</span></p></footer>
${lines(model)}</main></body></html>`.text;
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
