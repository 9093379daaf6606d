import { loadConfig } from '../runtime/config';
import { StoreError } from './errors';
import { migrateDown, migrateUp, readSchemaStatus } from './schema';

const USAGE = `用法: migrate up            执行尚未执行的迁移；上次中断的会接着完成
      migrate status        查看结构版本
      migrate down --yes    撤销最近一次迁移，其表中的数据将被删除
数据库地址取自 ANJIE_DATABASE_URL。`;

/** Runs one command of the migration tool; returns the exit code. */
async function main(command: string | undefined, flags: readonly string[]): Promise<number> {
  const { databaseUrl } = loadConfig();
  switch (command) {
    case 'up': {
      const applied = await migrateUp(databaseUrl);
      console.log(applied.length > 0 ? `已执行: ${applied.join(', ')}` : '结构已是最新。');
      return 0;
    }
    case 'status': {
      const status = await readSchemaStatus(databaseUrl);
      console.log(JSON.stringify(status));
      return status.state === 'current' ? 0 : 1;
    }
    case 'down': {
      if (!flags.includes('--yes')) {
        console.error('撤销迁移会删除数据；确认请加 --yes。');
        return 2;
      }
      const reverted = await migrateDown(databaseUrl);
      console.log(reverted ? `已撤销: ${reverted}` : '没有可撤销的迁移。');
      return 0;
    }
    default:
      console.error(USAGE);
      return 2;
  }
}

if (require.main === module) {
  const [command, ...flags] = process.argv.slice(2);
  main(command, flags).then(
    (code) => {
      process.exitCode = code;
    },
    (error: unknown) => {
      const code = error instanceof StoreError ? `${error.problem}：` : '';
      console.error(`${code}${error instanceof Error ? error.message : String(error)}`);
      process.exitCode = 1;
    },
  );
}
