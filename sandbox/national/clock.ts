import { formatCompact } from '../../domain/calendar';

/** The centre's own clock: the machine's, moved by an offset that a test may set. */
export interface CentreClock {
  /** Epoch ms. */
  now(): number;
  offsetMs(): number;
  move(offsetMs: number): void;
}

export function createClock(offsetMs = 0): CentreClock {
  let offset = offsetMs;
  return {
    now: () => Date.now() + offset,
    offsetMs: () => offset,
    move: (next) => {
      offset = next;
    },
  };
}

/** Epoch ms as `yyyyMMddHHmmssSSS` in Asia/Shanghai, the form of refmsg_time and respond_time. */
export function formatCompactMs(at: number): string {
  return formatCompact(at) + String(at % 1000).padStart(3, '0');
}
