import { OUTCOME_CODES, outcomeOf, type OutcomeClass } from '../domain/outcomes';
import { Html, html } from './html';
import type { OpenApi, OpenApiOperation } from './openapi';

type Schema = { readonly [member: string]: unknown };

const CLASS_NAMES: Readonly<Record<OutcomeClass, string>> = {
  retry: '可原样重发',
  refuse: '须改正后再办',
  ask: '须由人决定',
  stop: '停止并联系运维',
};

/** The reference page: operations, fields, errors and examples of the OpenAPI document. No script, no outside assets. */
export function renderDocs(document: OpenApi): string {
  const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ method, path, operation })),
  );
  const byTag = document.tags.map(({ name }) => ({ name, members: operations.filter(({ operation }) => operation.tags.includes(name)) }));
  return html`<!doctype html>
<html lang="zh-CN"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${document.info.title}</title><style>${new Html(STYLE)}</style></head><body>
<nav><h1>${document.info.title}</h1><p><a href="/openapi.json">openapi.json</a> · <a href="#rules">约定</a> · <a href="#schemas">数据结构</a> · <a href="#headers">响应头</a> · <a href="#codes">结果码</a></p>
${byTag.map(({ name, members }) => html`<h4>${name}</h4><ul>${members.map(({ operation, method }) => html`<li><a href="#${operation.operationId}">${method.toUpperCase()} ${operation.summary}</a></li>`)}</ul>`)}</nav>
<main>${rules(document)}
${byTag.map(({ name, members }) => html`<h2>${name}</h2>${members.map((member) => operationSection(member.method, member.path, member.operation))}`)}
<h2 id="schemas">数据结构</h2>${Object.entries(document.components.schemas).map(([name, schema]) => schemaSection(name, schema))}
<h2 id="headers">响应头</h2>${headerTable(document)}
<h2 id="codes">结果码</h2>${codeTable()}</main></body></html>`.text;
}

function rules(document: OpenApi): Html {
  return html`<section id="rules"><h2>约定</h2><p>${document.info.description}</p><ul>
<li>除服务类地址外，请求头须带 <code>Authorization: Bearer 令牌</code>；令牌只能看到本机构的数据。</li>
<li>办理业务的请求须带 <code>Idempotency-Key</code>。同键同内容返回第一次的结果；同键不同内容返回 409。</li>
<li><code>Prefer: wait=秒</code> 设定最多等待几秒；未办完时返回 202，按 <code>Location</code> 查询结果，业务不会丢失。</li>
<li>未成功的请求返回 <code>application/problem+json</code>：<code>code</code> 供程序判断，<code>title</code> 与 <code>next</code> 供人阅读，<code>platform</code> 为医保平台的原码与原文。</li>
<li>JSON 中的金额为整数分；数量与单价为十进制文本；时间为北京时间 <code>yyyy-MM-dd HH:mm:ss</code>。未定义的字段一律拒收。</li></ul></section>`;
}

function operationSection(method: string, path: string, operation: OpenApiOperation): Html {
  const paragraphs = (operation.description ?? '').split('\n').filter((line) => line !== '').map((line) => html`<p>${line}</p>`);
  return html`<section id="${operation.operationId}"><h3><span class="m ${method}">${method.toUpperCase()}</span> <code>${path}</code> ${operation.summary}</h3>${paragraphs}
${parameterTable(operation)}${bodyPart(operation)}${successPart(operation)}
<details><summary>可能的结果码（${operation['x-errors'].length}）</summary><p>${operation['x-errors'].map((code) => html`<a href="#${code}"><code>${code}</code></a> `)}</p></details>
<details><summary>示例</summary><pre>${curlOf(method, path, operation)}</pre></details></section>`;
}

function parameterTable(operation: OpenApiOperation): Html {
  if (operation.parameters.length === 0) return html``;
  const rows = operation.parameters.map(
    (parameter) => html`<tr><td><code>${String(parameter['name'])}</code></td><td>${String(parameter['in'])}</td><td>${parameter['required'] === true ? '必填' : ''}</td><td>${String(parameter['description'] ?? '')}</td></tr>`,
  );
  return html`<table><thead><tr><th>参数</th><th>位置</th><th></th><th>说明</th></tr></thead><tbody>${rows}</tbody></table>`;
}

function bodyPart(operation: OpenApiOperation): Html {
  const content = operation.requestBody?.content;
  if (!content) return html``;
  const types = Object.entries(content).map(([type, media]) => html`<li><code>${type}</code> ${typeText(media.schema)}</li>`);
  return html`<h4>请求体</h4><ul>${types}</ul>`;
}

function successPart(operation: OpenApiOperation): Html {
  const rows = Object.entries(operation.responses)
    .filter(([status]) => status < '400')
    .map(([status, response]) => {
      const contents = Object.entries((response['content'] ?? {}) as { [type: string]: { schema: Schema } });
      const types = contents.map(([type, { schema }]) => html` ${type === 'application/json' ? typeText(schema) : html`<code>${type}</code>`}`);
      const headers = Object.keys((response['headers'] ?? {}) as object).map((name) => html` <a href="#header-${name}"><small>${name}</small></a>`);
      return html`<li><code>${status}</code> ${String(response['description'])}${types}${headers}</li>`;
    });
  return html`<h4>成功</h4><ul>${rows}</ul>`;
}

function headerTable(document: OpenApi): Html {
  const rows = Object.entries(document.components.headers).map(
    ([name, header]) =>
      html`<tr id="header-${name}"><td><code>${name}</code></td><td>${String(header['description'])}</td><td>${header['x-every-response'] === true ? '每个答复' : ''}</td></tr>`,
  );
  return html`<table><tbody>${rows}</tbody></table>`;
}

function schemaSection(name: string, schema: Schema): Html {
  const properties = Object.entries((schema['properties'] ?? {}) as { [name: string]: Schema });
  const required = (schema['required'] ?? []) as string[];
  const rows = properties.map(
    ([property, one]) => html`<tr><td><code>${property}</code></td><td>${typeText(one)}</td><td>${required.includes(property) ? '必填' : ''}</td><td>${String(one['description'] ?? '')}</td></tr>`,
  );
  const table = rows.length > 0 ? html`<table><tbody>${rows}</tbody></table>` : html`<p>${typeText(schema)}</p>`;
  return html`<section id="schema-${name}"><h3><code>${name}</code></h3><p>${String(schema['description'] ?? '')}</p>${table}</section>`;
}

/** A type in a few words: a link to its structure, its values, or its limits. */
function typeText(schema: Schema): Html {
  if (typeof schema['$ref'] === 'string') {
    const name = schema['$ref'].split('/').at(-1) ?? '';
    return html`<a href="#schema-${name}">${name}</a>`;
  }
  if (Array.isArray(schema['anyOf'])) return html`${(schema['anyOf'] as Schema[]).map((one, index) => html`${index > 0 ? ' 或 ' : ''}${typeText(one)}`)}`;
  if (Array.isArray(schema['enum'])) return html`<code>${(schema['enum'] as unknown[]).slice(0, 24).join(' | ')}</code>`;
  if ('const' in schema) return html`<code>${String(schema['const'])}</code>`;
  if (schema['type'] === 'array') return html`列表：${typeText((schema['items'] ?? {}) as Schema)}`;
  const limits = [
    schema['maxLength'] === undefined ? '' : `至多 ${String(schema['maxLength'])} 字`,
    schema['minimum'] === undefined || Number(schema['minimum']) < -1e12 ? '' : `≥ ${String(schema['minimum'])}`,
    schema['maximum'] === undefined || Number(schema['maximum']) > 1e12 ? '' : `≤ ${String(schema['maximum'])}`,
  ].filter((limit) => limit !== '');
  return html`${String(schema['type'] ?? '任意')} <small>${limits.join('，')}</small>`;
}

function curlOf(method: string, path: string, operation: OpenApiOperation): string {
  const parameters = operation.parameters as readonly { name: string; in: string; example?: unknown }[];
  const address = path.replace(/\{(\w+)\}/g, (_all, name: string) => String(parameters.find((one) => one.in === 'path' && one.name === name)?.example ?? name));
  const query = parameters.filter((one) => one.in === 'query' && one.example !== undefined).map((one) => `${one.name}=${String(one.example)}`);
  const headers = parameters.filter((one) => one.in === 'header').map((one) => `-H '${one.name}: ${String(one.example)}'`);
  const token = Array.isArray(operation['security']) && operation['security'].length > 0 ? ["-H \"Authorization: Bearer $TOKEN\""] : [];
  const calls = Object.entries(operation.requestBody?.content ?? { '': { example: undefined } }).map(([type, { example }]) => {
    const body = example === undefined ? [] : [`-H 'Content-Type: ${type}'`, `--data-binary '${typeof example === 'string' ? example : JSON.stringify(example, null, 2)}'`];
    const target = `"$API${address}${query.length > 0 ? `?${query.join('&')}` : ''}"`;
    return [`curl -X ${method.toUpperCase()} ${target}`, ...token, ...headers, ...body].join(' \\\n  ');
  });
  return calls.join('\n\n');
}

function codeTable(): Html {
  const rows = OUTCOME_CODES.map((code) => {
    const outcome = outcomeOf(code);
    return html`<tr id="${code}"><td><code>${code}</code></td><td>${outcome.status}</td><td>${outcome.title}</td><td>${CLASS_NAMES[outcome.class]}</td><td>${outcome.next}</td></tr>`;
  });
  return html`<table><thead><tr><th>code</th><th>HTTP</th><th>含义</th><th>类别</th><th>下一步</th></tr></thead><tbody>${rows}</tbody></table>`;
}

const STYLE = `body{font:15px/1.6 "Noto Sans CJK SC","Microsoft YaHei","PingFang SC",sans-serif;margin:0;color:#1c2733;display:grid;grid-template-columns:290px minmax(0,1fr)}
nav{position:sticky;top:0;height:100vh;overflow:auto;background:#f3f6f8;padding:0 16px;box-sizing:border-box}nav h1{font-size:18px}nav h4{margin:12px 0 2px}nav ul{margin:0;padding-left:14px;font-size:13px}
main{padding:0 32px 80px;max-width:1000px}h2{border-bottom:2px solid #dfe6ec;margin-top:40px}h3{margin-top:32px}h4{margin:10px 0 2px}a{color:#0b5cad;text-decoration:none}a:hover,a:focus{text-decoration:underline}
table{border-collapse:collapse;width:100%;font-size:13.5px}td,th{border-bottom:1px solid #e3e9ee;padding:4px 8px;text-align:left;vertical-align:top}code,pre{font-family:ui-monospace,Consolas,monospace;font-size:13px}pre{background:#f3f6f8;padding:12px;overflow:auto}
.m{color:#fff;border-radius:3px;padding:1px 7px;font-size:12px;background:#56697a}.post{background:#17713c}.get{background:#0b5cad}.delete{background:#a3262a}.patch{background:#8a5a00}tr:target,section:target h3{background:#fff4cc}small{color:#556}
h3 code{overflow-wrap:anywhere}td:nth-child(3){white-space:nowrap}#codes+table td:nth-child(3){white-space:normal}
@media(max-width:760px){body{display:block}nav{position:static;height:auto}main{padding:0 16px 60px}table{display:block;overflow-x:auto}}`;
