/** Ids of one statement. */
const AT_ONCE = 500;

/** Reads rows of many ids, a bounded number a statement. */
export async function inChunks<K, R>(keys: readonly K[], read: (keys: K[]) => Promise<R[]>): Promise<R[]> {
  const rows: R[] = [];
  for (let from = 0; from < keys.length; from += AT_ONCE) rows.push(...(await read(keys.slice(from, from + AT_ONCE))));
  return rows;
}
