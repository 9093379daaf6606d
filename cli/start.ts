import path from 'node:path';

import { startStack, type Stack } from './launcher/stack';
import { untilSignal } from './launcher/signals';

/** The keys of the one line that `npm start -- --json` prints. */
export function describe(stack: Stack): Record<string, unknown> {
  const { api, docs, temporalUi, temporalAddress, codec, sandbox, tokens, dataDir } = stack;
  return { api, docs, temporalUi, temporalAddress, codec, sandbox, tokens, pids: stack.pids(), dataDir };
}

function friendly(stack: Stack): string {
  return `
安结已就绪 Anjie is ready

  工作台           ${stack.api}/   （登录名与密码：${path.join(stack.dataDir, 'demo-log-ins.json')}）
  接口 API         ${stack.api}
  接口文档 docs    ${stack.docs}
  Temporal UI      ${stack.temporalUi}
  编解码 codec     ${stack.codec}/login   （登录后在 Temporal UI 里看明文）
  国家平台沙箱     ${stack.sandbox.national}
  税务沙箱         ${stack.sandbox.tax}
  数据与日志       ${stack.dataDir}

试一试 try
  export ANJIE_TOKEN=${stack.tokens.clerk}
  curl -s -H "Authorization: Bearer $ANJIE_TOKEN" ${stack.api}/v1/admissions
  npm run demo -- --once          （另开目录：ANJIE_DATA_DIR=data/demo）

按 Ctrl-C 结束，全部进程一起停下。
`;
}

async function main(): Promise<void> {
  const json = process.argv.includes('--json');
  const report = (line: string): void => void process.stderr.write(`${line}\n`);
  const signal = untilSignal();
  const abort = new AbortController();
  void signal.then(() => abort.abort());
  const dataDir = process.env['ANJIE_DATA_DIR'] || 'data';
  const stack = await startStack({ dataDir, usualPorts: true, report, abort: abort.signal });
  process.stdout.write(json ? `${JSON.stringify(describe(stack))}\n` : friendly(stack));
  const name = await signal;
  report(`收到 ${name}，正在停下 stopping`);
  await stack.stop();
}

main().then(
  () => process.exit(0),
  (error: unknown) => {
    process.stderr.write(`${path.basename(__filename, '.js')}: ${error instanceof Error ? error.message : String(error)}\n`);
    process.exit(1);
  },
);
