/**
 * Named crash points for tests. ANJIE_FAILPOINTS names those that act, separated by commas:
 * `name=kill` (SIGKILL to this process), `name=pause:1500` (milliseconds), `name=throw`; `@2` acts at the second hit only.
 * Without the variable a fail-point does nothing.
 */
export const FAILPOINTS = ['before-send', 'after-send-before-answer', 'after-answer-before-commit', 'after-commit'] as const;
export type Failpoint = (typeof FAILPOINTS)[number];

type Action = { readonly kind: 'kill' } | { readonly kind: 'throw' } | { readonly kind: 'pause'; readonly ms: number };

interface Armed {
  readonly action: Action;
  /** The hit that acts, counted from 1; null acts on each. */
  readonly onHit: number | null;
  hits: number;
}

/** Thrown by a fail-point armed with `throw`. */
export class FailpointError extends Error {
  override readonly name = 'FailpointError';
}

const armed = parseFailpoints(process.env['ANJIE_FAILPOINTS'] ?? '');

/** Passes the fail-point; acts when it is armed. */
export async function failpoint(name: Failpoint): Promise<void> {
  const point = armed.get(name);
  if (!point) return;
  point.hits += 1;
  if (point.onHit !== null && point.onHit !== point.hits) return;
  await act(name, point.action);
}

/**
 * Reads the value of ANJIE_FAILPOINTS.
 * @throws RangeError naming the entry that is not understood.
 */
export function parseFailpoints(text: string): Map<string, Armed> {
  const points = new Map<string, Armed>();
  for (const entry of text.split(',').map((item) => item.trim()).filter((item) => item !== '')) {
    const match = /^([a-z-]+)=(kill|throw|pause:(\d{1,6}))(?:@(\d{1,4}))?$/.exec(entry);
    const [, name = '', action = '', ms, hit] = match ?? [];
    if (!FAILPOINTS.some((known) => known === name)) {
      throw new RangeError(`ANJIE_FAILPOINTS: ${JSON.stringify(entry)} is not <${FAILPOINTS.join('|')}>=<kill|throw|pause:ms>[@n]`);
    }
    points.set(name, { action: toAction(action, ms), onHit: hit === undefined ? null : Number(hit), hits: 0 });
  }
  return points;
}

function toAction(action: string, ms: string | undefined): Action {
  if (action === 'kill' || action === 'throw') return { kind: action };
  return { kind: 'pause', ms: Number(ms) };
}

async function act(name: Failpoint, action: Action): Promise<void> {
  switch (action.kind) {
    case 'kill':
      process.kill(process.pid, 'SIGKILL');
      // The signal arrives before this promise could settle.
      await new Promise<never>(() => undefined);
      break;
    case 'throw':
      throw new FailpointError(`fail-point ${name}`);
    case 'pause':
      await new Promise((resolve) => setTimeout(resolve, action.ms));
  }
}
