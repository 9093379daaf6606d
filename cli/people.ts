import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';

import { type FirstPeople, hasPeople, setUpPeople } from '../activities/people/set-up';
import { loadConfig } from '../runtime/config';
import { openKeyRing } from '../runtime/keys';
import { openStore } from '../store/open-store';
import { demoLogInsPath, demoPeople, keepLogIns } from './demo-people';
import { run } from './run';

const USAGE = `用法: npm run people -- --from 人员.json --log-ins 首次登录.json
      npm run people -- --demo

把第一批辖区与人员装入还没有人员的数据库；已有人员时不作任何改动，此后只能按人员变更办件办理。
人员.json 的格式同 cli/demo/office-people.json；随机的初始密码与动态口令密钥写入 --log-ins 所指的文件（仅本人可读）。`;

/** `npm run people`: the first people of an installation. */
async function main(): Promise<number> {
  const { values } = parseArgs({ options: { from: { type: 'string' }, 'log-ins': { type: 'string' }, demo: { type: 'boolean', default: false } } });
  const config = loadConfig();
  const file = values.demo ? demoLogInsPath(config.dataDir) : values['log-ins'];
  if (!file || (!values.demo && !values.from)) {
    process.stderr.write(`${USAGE}\n`);
    return 2;
  }
  const people = values.from ? (JSON.parse(readFileSync(path.resolve(values.from), 'utf8')) as FirstPeople) : demoPeople();
  const store = await openStore({ databaseUrl: config.databaseUrl, keyRing: openKeyRing(config.keyRingPath) });
  try {
    const isNew = !(await hasPeople(store)) && (await setUpPeople(store, people, keepLogIns(path.resolve(file), people), Date.now()));
    process.stdout.write(isNew ? `${people.users.length} 人，首次登录见 ${file}\n` : '数据库中已有人员，没有改动\n');
    return 0;
  } finally {
    await store.close();
  }
}

run(main);
