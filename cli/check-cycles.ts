import { findCycles, readSources } from './checks/cycles';

/** No file may import itself by way of others: what is loaded first would then decide what is defined. */
const folders = ['activities', 'api', 'cli', 'domain', 'runtime', 'sandbox', 'schemas', 'store', 'temporal-dev', 'web', 'workers', 'workflows'];
const cycles = findCycles(readSources(process.cwd(), folders));
for (const cycle of cycles) process.stdout.write(`${cycle.join(' → ')}\n`);
process.exitCode = cycles.length > 0 ? 1 : 0;
