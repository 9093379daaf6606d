/**
 * Work one after another, in the order in which it was asked for. A failure reaches the one who asked and does not
 * stop the line.
 */
export function openLine(): <T>(work: () => Promise<T>) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve();
  return (work) => {
    const turn = last.then(work);
    last = turn.then(
      () => undefined,
      () => undefined,
    );
    return turn;
  };
}
