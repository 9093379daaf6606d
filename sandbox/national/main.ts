import { join } from 'node:path';
import { findProfile, loadProfiles } from '../../schemas/national/load-profiles';
import { startSandbox } from './server';

/** The national platform as a process of its own: prints one line when it is up, ends cleanly on SIGTERM. */
async function main(): Promise<void> {
  const { env } = process;
  const sandbox = await startSandbox({
    port: wholeNumber('SANDBOX_NATIONAL_PORT', env.SANDBOX_NATIONAL_PORT, 8281),
    dataDir: env.SANDBOX_NATIONAL_DATA ?? join(process.cwd(), 'data', 'sandbox-national'),
    profile: findProfile(loadProfiles(env.ANJIE_PROFILES_DIR), env.SANDBOX_NATIONAL_PROFILE ?? 'default'),
    latencyMs: wholeNumber('SANDBOX_LATENCY_MS', env.SANDBOX_LATENCY_MS, 0),
    onError: (error) => {
      process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
    },
  });
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.once(signal, () => {
      void sandbox.close().then(() => process.exit(0));
    });
  }
  process.stdout.write(`${JSON.stringify({ ready: true, port: sandbox.port })}\n`);
}

function wholeNumber(name: string, text: string | undefined, otherwise: number): number {
  if (text === undefined || text === '') return otherwise;
  if (!/^\d{1,6}$/.test(text)) throw new RangeError(`${name} is a whole number, not ${text}`);
  return Number(text);
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  process.exit(1);
});
