import path from 'node:path';

import { NativeConnection, Worker } from '@temporalio/worker';

import { loadConfig } from '../../runtime/config';
import { printReady } from '../../runtime/ready';
import { loadProfiles } from '../../schemas/national/load-profiles';
import { PlainHospital, type PlainStay } from '../direct';
import { openCommits } from './commits';

/** The bare worker: `node dist/bench/bare/worker.js <database file>`, environment as the product's workers. */
async function main(): Promise<void> {
  const config = loadConfig();
  const [institution] = config.national.institutions;
  const profile = institution && loadProfiles(config.profilesDir ?? undefined)[institution.profile];
  if (!institution || !profile) throw new Error('no institution to bench with');
  const hospital = new PlainHospital(profile, institution, config.national.baseUrl ?? '', 6_000);
  await hospital.signIn();
  const commits = openCommits(process.argv[2] ?? '');
  const connection = await NativeConnection.connect({ address: config.temporal.address });
  const worker = await Worker.create({
    connection,
    taskQueue: 'bench-bare',
    workflowsPath: path.join(__dirname, 'workflow.js'),
    activities: {
      // As many commits as the product makes inside its step: each of three messages before it is sent, each answer when it came.
      settle: (stay: PlainStay): Promise<void> => hospital.settle(stay, (text) => commits.commit(text)),
    },
    maxCachedWorkflows: 500,
  });
  printReady();
  await worker.run();
}

void main();
