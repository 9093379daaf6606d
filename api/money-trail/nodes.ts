import type { z } from 'zod';
import type { TrailKind } from '../../domain/money-trail/kinds';
import type { moneyTrailView } from '../../schemas/api/money-trail';

export type TrailView = z.input<typeof moneyTrailView>;
export type TrailNode = TrailView['levels'][number]['items'][number];
/** One level, still without its name. */
export type TrailLevel = Omit<TrailView['levels'][number], 'name'>;

/** Address in the workbench: the thing's own page, else the page of the trail. */
export function pageAddress(kind: TrailKind, key: string): string {
  switch (kind) {
    case 'batch':
      return `/clearing/${key}`;
    case 'order':
      return `/payments/${key}`;
    case 'payment':
    case 'receipt':
      return `/payments/transfers/${key}`;
    default:
      return `/money-trail?kind=${kind}&key=${encodeURIComponent(key)}`;
  }
}
