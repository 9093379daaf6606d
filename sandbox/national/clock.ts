import { formatCompact } from '../../domain/calendar';

/** Epoch ms as `yyyyMMddHHmmssSSS` in Asia/Shanghai, the form of refmsg_time and respond_time. */
export function formatCompactMs(at: number): string {
  return formatCompact(at) + String(at % 1000).padStart(3, '0');
}
