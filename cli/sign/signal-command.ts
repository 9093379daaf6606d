/** Where the signal goes, and how its payload is encrypted on the way. */
export interface SignalTarget {
  readonly address: string;
  readonly namespace: string;
  readonly codecEndpoint: string;
}

/** Quotes a word for a POSIX shell. */
export function quoted(word: string): string {
  return `'${word.replaceAll("'", `'\\''`)}'`;
}

/**
 * The command that gives a signed decision to its case. `--codec-endpoint` and `--codec-auth` are always there: without them the
 * command line sends plain JSON, which is refused.
 */
export function signalCommand(target: SignalTarget, given: { readonly workflowId: string; readonly signal: string; readonly envelope: object }): string {
  return [
    'temporal workflow signal',
    `--address ${quoted(target.address)}`,
    `--namespace ${quoted(target.namespace)}`,
    `--workflow-id ${quoted(given.workflowId)}`,
    `--name ${quoted(given.signal)}`,
    `--input ${quoted(JSON.stringify(given.envelope))}`,
    `--codec-endpoint ${quoted(target.codecEndpoint)}`,
    '--codec-auth "Bearer $ANJIE_OPS_TOKEN"',
  ].join(' \\\n  ');
}
