import fs from 'node:fs';

/** One function that the users named: a row of docs/functions.tsv. */
export interface FunctionRow {
  readonly id: string;
  /** Which of the users' projects named it. */
  readonly seed: string;
  readonly subsystem: string;
  readonly group: string;
  readonly nameZh: string;
  readonly kind: string;
}

/** Reads the list of functions. Throws when a column is missing or an id occurs twice. */
export function readFunctions(file: string): FunctionRow[] {
  const [header = '', ...lines] = fs.readFileSync(file, 'utf8').trimEnd().split('\n');
  const columns = header.split('\t');
  const cell = (cells: readonly string[], name: string): string => {
    const index = columns.indexOf(name);
    if (index === -1) throw new Error(`${file} has no column ${name}`);
    return cells[index] ?? '';
  };
  const rows = lines.map((line) => {
    const cells = line.split('\t');
    return {
      id: cell(cells, 'id'),
      seed: cell(cells, 'seed'),
      subsystem: cell(cells, 'subsystem'),
      group: cell(cells, 'group'),
      nameZh: cell(cells, 'name_zh'),
      kind: cell(cells, 'kind'),
    };
  });
  const repeated = rows.find((row, index) => rows.findIndex((other) => other.id === row.id) !== index);
  if (repeated) throw new Error(`${file} has ${repeated.id} twice`);
  return rows;
}
