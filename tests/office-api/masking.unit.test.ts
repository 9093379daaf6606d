import { cellChanges } from '../../api/cases/form-changes';
import { dueStateOf } from '../../api/cases/due';
import { maskForm } from '../../api/cases/masking';
import { dispositionOf, readFileName } from '../../api/attachments/names';
import type { FormField } from '../../domain/office-case/definition';

const FIELDS: readonly FormField[] = [
  { name: 'person', zh: '姓名', en: 'Name', type: 'text', personal: true },
  { name: 'content', zh: '说明', en: 'Content', type: 'longText', personal: true },
  { name: 'open', zh: '事项', en: 'Subject', type: 'text' },
  { name: 'rows', zh: '明细', en: 'Rows', type: 'list', fields: [{ name: 'certno', zh: '证件', en: 'ID', type: 'text', personal: true }, { name: 'account', zh: '账号', en: 'Account', type: 'account', personal: true }] },
];

test('what speaks of a person is masked, in rows too, and a long text does not tell its length', () => {
  const form = { person: '示例甲乙', content: '说明'.repeat(300), open: '事项', rows: [{ certno: '990101195803120019', account: '6222000011112222', other: null }], none: undefined };
  const shown = maskForm(FIELDS, form);
  expect(JSON.stringify(shown)).not.toMatch(/甲乙|19580312|62220000|说明说明/);
  expect(shown).toMatchObject({ open: '事项', rows: [{ account: '************2222', other: null }] });
  expect(String(shown['content']).length).toBeLessThan(20);
});

test('changes go down to the cell where rows stayed as many, and name the field otherwise', () => {
  const before = { a: 1, same: [1], rows: [{ x: 1, y: 2 }, { x: 3 }], gone: 'g' };
  const after = { a: 2, same: [1], rows: [{ x: 1, y: 5 }, { x: 3, z: 1 }] };
  expect(cellChanges(before, after)).toEqual([
    { field: 'a', before: 1, after: 2 },
    { field: 'gone', before: 'g', after: undefined },
    { field: 'rows.0.y', before: 2, after: 5 },
    { field: 'rows.1.z', before: undefined, after: 1 },
  ]);
  expect(cellChanges({ rows: [{ x: 1 }] }, { rows: [{ x: 1 }, { x: 2 }] })).toEqual([{ field: 'rows', before: [{ x: 1 }], after: [{ x: 1 }, { x: 2 }] }]);
});

test.each([
  [null, null],
  [1_000, 'over'],
  [1_200, 'soon'],
  [2_000, 'ok'],
])('a term from 0 to %p stands %p at 1,000', (dueAt, state) => {
  expect(dueStateOf(0, dueAt, 1_000)).toBe(state);
});

test('names of files come from their header and go out again in a form that every browser reads', () => {
  expect(readFileName(encodeURIComponent('证明 (1).pdf'))).toBe('证明 (1).pdf');
  expect(() => readFileName(undefined)).toThrow('ATTACHMENT_NAME_INVALID');
  expect(() => readFileName('%E0%A4%A')).toThrow('ATTACHMENT_NAME_INVALID');
  expect(() => readFileName(encodeURIComponent('a\r\nX: 1.pdf'))).toThrow('ATTACHMENT_NAME_INVALID');
  expect(dispositionOf("它's*.pdf")).toBe("attachment; filename=\"attachment.pdf\"; filename*=UTF-8''%E5%AE%83%27s%2A.pdf");
});
