import { Counter, Gauge, Histogram } from 'prom-client';
import { registry } from '../runtime/metrics';

export const requestSeconds = new Histogram({
  name: 'anjie_http_request_seconds',
  help: 'Time from a request to the end of its answer, by operation and status, seconds',
  labelNames: ['operation', 'status'] as const,
  buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60],
  registers: [registry],
});

export const commandsInFlight = new Gauge({
  name: 'anjie_commands_in_flight',
  help: 'Commands that this process is delivering',
  registers: [registry],
});

export const commandResults = new Counter({
  name: 'anjie_command_results_total',
  help: 'Commands answered, by command and status (done, refused)',
  labelNames: ['command', 'status'] as const,
  registers: [registry],
});

export const abnormalItemsOpen = new Gauge({
  name: 'anjie_abnormal_items_open',
  help: 'Abnormal items that wait for a person, by process and code',
  labelNames: ['process', 'code'] as const,
  registers: [registry],
});

export const reconciliationsMissing = new Gauge({
  name: 'anjie_reconciliations_missing',
  help: 'Days with settlements whose reconciliation was not finished by its deadline, by institution',
  labelNames: ['institution'] as const,
  registers: [registry],
});
