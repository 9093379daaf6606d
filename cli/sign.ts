import { parseArgs } from 'node:util';

import { CASE_ACTS } from '../domain/office-case/types';
import { loadConfig } from '../runtime/config';
import { SigningSession } from './sign/api';
import { caseLines } from './sign/case-lines';
import { secretsOf } from './sign/secrets';
import { signalCommand } from './sign/signal-command';
import { run } from './run';

const USAGE = `用法: npm run sign -- --login 登录名 --case 办件编号 --step 环节 [--slot 席位] --act 动作 --opinion 意见 [--api 地址] [--yes]

登录、显示要签的内容、签名，并打印以 Temporal 命令行提交的完整命令。密码与动态口令在终端询问；
非终端时从标准输入读两行（密码、动态口令），并须加 --yes。动作: ${CASE_ACTS.join(' ')}`;

/** `npm run sign`: signs an act on a case and prints the signal that gives it; nothing is submitted. */
async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      login: { type: 'string' }, case: { type: 'string' }, step: { type: 'string' }, slot: { type: 'string' }, act: { type: 'string' },
      opinion: { type: 'string', default: '' }, api: { type: 'string' }, yes: { type: 'boolean', default: false },
    },
  });
  const { login, case: caseNo, step, act, opinion, slot = null } = values;
  if (!login || !caseNo || !step || !act) {
    process.stderr.write(`${USAGE}\n`);
    return 2;
  }
  const config = loadConfig();
  const secrets = secretsOf(values.yes);
  const session = await SigningSession.open(values.api ?? `http://${config.api.host}:${config.api.port}`, login, secrets);
  try {
    const seen = await session.readCase(caseNo);
    process.stderr.write(`${[...caseLines(seen), `要签的动作：${act}　环节：${step}${slot === null ? '' : `　席位：${slot}`}`, `意见：${opinion}`].join('\n')}\n`);
    if (!(await secrets.agrees())) {
      process.stderr.write('没有签名\n');
      return 1;
    }
    const signed = await session.sign(caseNo, { act, step, slot, round: seen['round'], opinion, seenHash: seen['seenHash'] });
    const envelope = signed['envelope'] as { payload: { decision: string } };
    const target = { ...config.temporal, codecEndpoint: `http://${config.codec.host}:${config.codec.port}` };
    const command = signalCommand(target, { workflowId: String(signed['workflowId']), signal: String(signed['signal']), envelope });
    process.stdout.write(`${envelope.payload.decision}\n\n${command}\n`);
    return 0;
  } finally {
    await session.close();
  }
}

run(main);
