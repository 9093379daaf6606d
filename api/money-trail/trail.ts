import type { EntityManager } from 'typeorm';
import { z } from 'zod';
import { TRAIL_KINDS, type TrailKind } from '../../domain/money-trail/kinds';
import { total } from '../../domain/money-trail/sums';
import { fen } from '../../domain/money';
import { readCursor, writeCursor } from '../cursor';
import { entriesOf, entryNode } from './entries';
import { gatherTrail, type TrailRows } from './gather';
import type { TrailLevel, TrailNode, TrailView } from './nodes';
import { batchNodes, dueNodes, type Here, lineNodes, orderNodes, payableNodes, paymentNodes, receiptNodes } from './rows';
import type { TrailScope } from './scope';
import type { Seeds } from './seeds';
import { settlementLevel } from './settlements';
import { sumChecks } from './checks';

/** What is asked for: where the trail begins, and which page of which level. */
export interface TrailAsked {
  readonly kind: TrailView['from']['kind'];
  readonly key: string;
  readonly limit: number;
  readonly level?: TrailKind | undefined;
  readonly cursor?: string | undefined;
}

const PLACE = z.tuple([z.number().int().min(0)]);

/**
 * Follows the money (资金去向) from one thing in both directions: settlements, lines of the clearing, payables, what is due to institutions, orders,
 * payments, receipts, and the journal entries that booked them, with the sums that must agree between the levels.
 */
export async function trailOf(manager: EntityManager, scope: TrailScope, asked: TrailAsked, seeds: Seeds): Promise<TrailView> {
  const rows = await gatherTrail(manager, scope, seeds);
  const entries = await entriesOf(manager, scope, rows);
  const cursorOf = (level: TrailKind): string | undefined => (asked.level === level ? asked.cursor : undefined);
  const settlements = await settlementLevel(manager, rows, seeds, { limit: asked.limit, cursor: cursorOf('settlement') });
  const here: Here = (kind, key) => asked.kind === kind && asked.key === key;
  const { nameOf } = scope.money;
  const paged = (kind: TrailKind, nodes: readonly TrailNode[]): TrailLevel => pageOfNodes(kind, nodes, asked.limit, cursorOf(kind));
  const levels = [
    ...(settlements.level === null ? [] : [settlements.level]),
    paged('batch', batchNodes(rows, nameOf, here)),
    paged('line', lineNodes(rows, nameOf, here)),
    paged('payable', payableNodes(rows, nameOf, here)),
    paged('due', dueNodes(rows, nameOf, here)),
    paged('order', orderNodes(rows, nameOf, here)),
    paged('payment', paymentNodes(rows, nameOf, here)),
    paged('receipt', receiptNodes(rows, nameOf, here)),
    paged('entry', entries.map((entry) => entryNode(entry, asked.kind === 'entry' ? asked.key : null, nameOf))),
  ];
  const shown = levels.filter(({ kind, count }) => count > 0 && (asked.level === undefined || asked.level === kind));
  return {
    from: { kind: asked.kind, key: asked.key, title: seeds.title },
    levels: shown.map((level) => ({ ...level, name: TRAIL_KINDS[level.kind] })),
    sums: asked.level === undefined ? sumChecks(scope, rows, entries, settlements.sums) : [],
    notes: [settlements.note, ...batchNotes(rows)].filter((note) => note !== null),
  };
}

/** The trail of what moves no money. */
export function noTrail({ kind, key }: TrailAsked, title: string): TrailView {
  return { from: { kind, key, title }, levels: [], sums: [], notes: [] };
}

function pageOfNodes(kind: TrailKind, nodes: readonly TrailNode[], limit: number, cursor: string | undefined): TrailLevel {
  const [from] = readCursor(cursor, PLACE) ?? [0];
  // What was asked about comes first, so that it is on the first page.
  const sorted = [...nodes.filter((node) => node.here), ...nodes.filter((node) => !node.here)];
  const items = sorted.slice(from, from + limit);
  const totalFen = total(nodes.filter(({ undone }) => !undone), ({ amountFen }) => fen(amountFen));
  return { kind, count: nodes.length, totalFen, items, nextCursor: from + limit < nodes.length ? writeCursor([from + limit]) : null };
}

function batchNotes({ batches, payables }: TrailRows): string[] {
  const open = batches.filter(({ status }) => status === 'draft' || status === 'generating');
  return open.length > 0 && payables.length === 0 ? ['批次尚未审批，还没有应付款。'] : [];
}
