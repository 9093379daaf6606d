/**
 * Prints the one JSON line on stdout by which the launcher learns that this process serves: `{"ready":true,"port":7300}`.
 * Everything else a process says goes to stderr.
 */
export function printReady(details: Readonly<Record<string, string | number | boolean>> = {}): void {
  process.stdout.write(`${JSON.stringify({ ready: true, ...details })}\n`);
}
