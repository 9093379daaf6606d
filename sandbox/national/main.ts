import { join } from 'node:path';
import { findProfile, loadProfiles } from '../../schemas/national/load-profiles';
import { reportError, runAsProcess, wholeNumber } from '../kit/process';
import { startSandbox } from './server';

runAsProcess(async () => {
  const { env } = process;
  return startSandbox({
    port: wholeNumber(env, 'SANDBOX_NATIONAL_PORT', 8281),
    dataDir: env.SANDBOX_NATIONAL_DATA ?? join(process.cwd(), 'data', 'sandbox-national'),
    profile: findProfile(loadProfiles(env.ANJIE_PROFILES_DIR), env.SANDBOX_NATIONAL_PROFILE ?? 'default'),
    latencyMs: wholeNumber(env, 'SANDBOX_LATENCY_MS', 0),
    onError: reportError,
  });
});
