/** Parts of at most `size` items, in order. */
export function* slices<T>(items: readonly T[], size: number): Iterable<T[]> {
  for (let from = 0; from < items.length; from += size) yield items.slice(from, from + size);
}

/** Two halves, without empty ones. */
export function halves<T>(part: readonly T[]): T[][] {
  const half = Math.ceil(part.length / 2);
  return [part.slice(0, half), part.slice(half)].filter((piece) => piece.length > 0);
}
