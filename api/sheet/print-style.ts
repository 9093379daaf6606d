import type { Head } from '../../domain/sheet/model';
import { Html, html } from '../html';

/** A stamp across every page; nothing where there is none. */
export function stampHtml(stamp: string | null): Html {
  return stamp === null ? html`` : html`<p class="stamp${stamp.length > 2 ? ' long' : ''}" aria-hidden="true">${stamp}</p>`;
}

/** Labelled values in three columns; wide ones take the whole row. */
export function headsHtml(fields: readonly Head[]): Html {
  return html`<dl class="heads">${fields.map(({ label, value, wide }) => html`<div${wide ? new Html(' class="wide"') : ''}><dt>${label}</dt><dd>${value}</dd></div>`)}</dl>`;
}

/** Style of everything that is printed on A4. */
export const PRINT_STYLE = `@page{size:A4;margin:9mm 11mm}
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
