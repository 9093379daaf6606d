declare module 'js-yaml' {
  /** Reads YAML of plain data only. */
  export function safeLoad(text: string): unknown;
}
