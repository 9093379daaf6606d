import { Counter, Gauge, Histogram, Registry, collectDefaultMetrics } from 'prom-client';

/** Metrics of this process. No label holds a person, a message number or a free text. */
export const registry = new Registry();

/** Starts the process metrics (memory, event loop, handles). Call once, from an entry point. */
export function collectProcessMetrics(): void {
  collectDefaultMetrics({ register: registry });
}

export const plainPayloads = new Counter({
  name: 'anjie_plain_payloads_total',
  help: 'Unencrypted payloads that were refused',
  labelNames: ['side'] as const,
  registers: [registry],
});

export const nationalCalls = new Counter({
  name: 'anjie_national_calls_total',
  help: 'National calls by transaction and outcome (settled, refused, unknown, unreachable)',
  labelNames: ['infno', 'outcome'] as const,
  registers: [registry],
});

export const nationalCallSeconds = new Histogram({
  name: 'anjie_national_call_seconds',
  help: 'Time from the decision to send until the outcome, seconds',
  labelNames: ['infno'] as const,
  buckets: [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 180],
  registers: [registry],
});

export const nationalCallsWaiting = new Gauge({
  name: 'anjie_national_calls_waiting',
  help: 'Calls that wait for a place or a token of their institution',
  labelNames: ['institution'] as const,
  registers: [registry],
});

export const codecPayloads = new Counter({
  name: 'anjie_codec_payloads_total',
  help: 'Payloads that the codec server decoded, encoded, or left encrypted',
  labelNames: ['result'] as const,
  registers: [registry],
});
