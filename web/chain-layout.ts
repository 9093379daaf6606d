/** Places of the boxes of an approval chain's picture. Pure: the same chain and width give the same picture. */

export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface PlacedStep extends Box {
  readonly index: number;
  /** One a slot where there are several; none where the step is one seat. */
  readonly slots: readonly Box[];
}

export interface Picture {
  readonly steps: readonly PlacedStep[];
  /** SVG paths from each step to the next. */
  readonly lines: readonly string[];
  readonly width: number;
  readonly height: number;
}

const STEP = { width: 132, height: 58 } as const;
const SLOT = { width: 76, height: 24, gap: 4 } as const;
const HEAD = 28;
const PADDING = 8;
const GAP = { x: 28, y: 26 } as const;
const MOST_COLUMNS = 7;

/**
 * Lays steps from left to right, and a new line where the width ends; the slots of a step stand side by side inside it.
 * @param slotCounts slots of each step, in the order of the chain
 */
export function layOutChain(slotCounts: readonly number[], available: number): Picture {
  const width = Math.max(available, STEP.width + 2);
  const lines: string[] = [];
  const steps: PlacedStep[] = [];
  let x = 1;
  let top = 1;
  let rowHeight = 0;
  for (const [index, count] of slotCounts.entries()) {
    const size = sizeOf(count, width - 2);
    if (x > 1 && x + size.width > width) {
      x = 1;
      top += rowHeight + GAP.y;
      rowHeight = 0;
    }
    const step: PlacedStep = { index, x, y: top, width: size.width, height: size.height, slots: placeSlots(count, size.columns, x, top) };
    const before = steps.at(-1);
    if (before) lines.push(lineBetween(before, step));
    steps.push(step);
    x += size.width + GAP.x;
    rowHeight = Math.max(rowHeight, size.height);
  }
  return { steps, lines, width, height: top + rowHeight + 1 };
}

function sizeOf(slots: number, available: number): { width: number; height: number; columns: number } {
  if (slots <= 1) return { ...STEP, columns: 1 };
  const fitting = Math.max(1, Math.floor((available - 2 * PADDING + SLOT.gap) / (SLOT.width + SLOT.gap)));
  const columns = Math.min(slots, MOST_COLUMNS, fitting);
  const rows = Math.ceil(slots / columns);
  return {
    width: Math.max(STEP.width, columns * (SLOT.width + SLOT.gap) - SLOT.gap + 2 * PADDING),
    height: HEAD + rows * (SLOT.height + SLOT.gap) - SLOT.gap + PADDING,
    columns,
  };
}

function placeSlots(count: number, columns: number, x: number, y: number): Box[] {
  if (count <= 1) return [];
  return Array.from({ length: count }, (_, index) => ({
    x: x + PADDING + (index % columns) * (SLOT.width + SLOT.gap),
    y: y + HEAD + Math.floor(index / columns) * (SLOT.height + SLOT.gap),
    width: SLOT.width,
    height: SLOT.height,
  }));
}

const HEAD_LINE = 20;

/** A straight arrow in one row; from row to row around the edge. */
function lineBetween(from: Box, to: Box): string {
  if (to.x > from.x) return `M${from.x + from.width} ${from.y + HEAD_LINE}H${to.x - 2}`;
  const middle = to.y - GAP.y / 2;
  return `M${from.x + from.width / 2} ${from.y + from.height}V${middle}H${to.x + to.width / 2}V${to.y - 2}`;
}
