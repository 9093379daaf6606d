import fs from 'node:fs';
import path from 'node:path';

/**
 * Lets the SDK download the Temporal CLI into a folder of ours, and keeps the program as `target`. The SDK only offers
 * this as part of starting a server, so one is started and stopped. Throws what the SDK throws where it cannot download.
 */
export async function downloadBySdk(version: string, target: string): Promise<void> {
  const folder = fs.mkdtempSync(path.join(path.dirname(target), 'sdk-'));
  try {
    // Loaded here only: the SDK's native part is heavy and this is the last resort.
    const { TestWorkflowEnvironment } = await import('@temporalio/testing');
    const environment = await TestWorkflowEnvironment.createLocal({
      server: { executable: { type: 'cached-download', version: `v${version}`, downloadDir: folder } },
    });
    await environment.teardown();
    const program = fs.readdirSync(folder).find((name) => name.startsWith('temporal'));
    if (!program) throw new Error('SDK 没有留下程序文件');
    fs.renameSync(path.join(folder, program), target);
    fs.chmodSync(target, 0o755);
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}
