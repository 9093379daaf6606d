import { createPortChooser, portFrom } from './ports';

/** Loopback ports of one installation. */
export interface Ports {
  readonly api: number;
  readonly temporal: number;
  readonly temporalUi: number;
  readonly temporalHttp: number;
  readonly temporalMetrics: number;
  readonly codec: number;
  readonly sandboxNational: number;
  readonly sandboxTax: number;
}

interface Place {
  readonly variable: string;
  /** Preferred when the variable is not set; undefined takes any free port. */
  readonly preferred?: number;
}

export const PORT_PLACES: Readonly<Record<keyof Ports, Place>> = {
  api: { variable: 'ANJIE_API_PORT', preferred: 8080 },
  temporal: { variable: 'ANJIE_TEMPORAL_PORT', preferred: 7233 },
  temporalUi: { variable: 'ANJIE_TEMPORAL_UI_PORT', preferred: 8233 },
  temporalHttp: { variable: 'ANJIE_TEMPORAL_HTTP_PORT' },
  temporalMetrics: { variable: 'ANJIE_TEMPORAL_METRICS_PORT' },
  codec: { variable: 'ANJIE_CODEC_PORT', preferred: 8091 },
  sandboxNational: { variable: 'ANJIE_SANDBOX_NATIONAL_PORT', preferred: 8300 },
  sandboxTax: { variable: 'ANJIE_SANDBOX_TAX_PORT', preferred: 8301 },
};

/**
 * Chooses the ports: those of the environment, else the usual ones, and a free one for each that is taken.
 * @param usual false takes a free port wherever the environment names none, as tests do
 */
export async function choosePorts(env: NodeJS.ProcessEnv, usual: boolean): Promise<Ports> {
  const choose = createPortChooser();
  const chosen: Partial<Record<keyof Ports, number>> = {};
  for (const [name, place] of Object.entries(PORT_PLACES) as [keyof Ports, Place][]) {
    chosen[name] = await choose(portFrom(env, place.variable) ?? (usual ? place.preferred : undefined));
  }
  return chosen as Ports;
}

export function httpAddress(port: number): string {
  return `http://127.0.0.1:${port}`;
}
