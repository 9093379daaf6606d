/** A counterparty as a process of its own: prints one line when it is up, ends cleanly on SIGTERM. */
export function runAsProcess(start: () => Promise<{ readonly port: number; close(): Promise<void> }>): void {
  start().then(
    (sandbox) => {
      for (const signal of ['SIGTERM', 'SIGINT'] as const) {
        process.once(signal, () => {
          void sandbox.close().then(() => process.exit(0));
        });
      }
      process.stdout.write(`${JSON.stringify({ ready: true, port: sandbox.port })}\n`);
    },
    (error: unknown) => {
      reportError(error);
      process.exit(1);
    },
  );
}

export function reportError(error: unknown): void {
  process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
}

/** A whole number of the environment. Throws RangeError when it is set and is none. */
export function wholeNumber(env: NodeJS.ProcessEnv, name: string, otherwise: number): number {
  const text = env[name];
  if (text === undefined || text === '') return otherwise;
  if (!/^\d{1,6}$/.test(text)) throw new RangeError(`${name} is a whole number, not ${text}`);
  return Number(text);
}
