import { canonical } from '../../domain/office-case/canonical';
import { changesOf, type FieldChange } from '../../domain/office-case/changes';

type Row = Readonly<Record<string, unknown>>;

/**
 * What differs between two forms, to the cell: a list whose rows stayed as many is compared cell by cell, as `rows.2.name`,
 * any other change is that of the whole field.
 */
export function cellChanges(before: Row, after: Row): readonly FieldChange[] {
  return changesOf(before, after).flatMap((change) => cellsOf(change));
}

function cellsOf(change: FieldChange): readonly FieldChange[] {
  const { field, before, after } = change;
  if (!isRows(before) || !isRows(after) || before.length !== after.length) return [change];
  return after.flatMap((row, index) => {
    const old = before[index] ?? {};
    const columns = [...new Set([...Object.keys(old), ...Object.keys(row)])].sort();
    return columns
      .filter((column) => canonical(old[column]) !== canonical(row[column]))
      .map((column) => ({ field: `${field}.${index}.${column}`, before: old[column], after: row[column] }));
  });
}

function isRows(value: unknown): value is readonly Row[] {
  return Array.isArray(value) && value.every((row) => typeof row === 'object' && row !== null && !Array.isArray(row));
}
