import fs from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline/promises';

import { takeDataFolder, type DataFolder } from './launcher/data-folder';
import { run } from './run';

/** Empties the data folder (database, workflows, sandbox, keys, logs) when nothing runs on it. Downloads are kept. */
async function main(): Promise<void> {
  const dataDir = path.resolve(process.env['ANJIE_DATA_DIR'] || 'data');
  if (!fs.existsSync(dataDir)) {
    process.stdout.write(`${dataDir} 不存在，无需清除。\n`);
    return;
  }
  // The demo keeps a folder of its own inside; it must not be running either.
  const folders: DataFolder[] = [];
  try {
    for (const each of [path.join(dataDir, 'demo'), dataDir].filter((folder) => fs.existsSync(folder))) {
      folders.push(await takeDataFolder(each, (line) => process.stderr.write(`${line}\n`)));
    }
    if (!process.argv.includes('--yes') && !(await confirmed(dataDir))) {
      process.stdout.write('没有清除任何内容。\n');
      process.exitCode = 1;
      return;
    }
    for (const folder of folders) folder.empty();
    process.stdout.write(`已清除 ${dataDir}（下载的程序保留）。\n`);
  } finally {
    for (const folder of folders) folder.release();
  }
}

async function confirmed(dataDir: string): Promise<boolean> {
  if (!process.stdin.isTTY) {
    process.stderr.write(`将删除 ${dataDir} 中的数据库、密钥与日志；确认请加 --yes。\n`);
    return false;
  }
  const prompt = createInterface({ input: process.stdin, output: process.stderr });
  const answer = await prompt.question(`将删除 ${dataDir} 中的数据库、密钥与日志，不能恢复。输入 yes 确认：`);
  prompt.close();
  return answer.trim() === 'yes';
}

run(main);
