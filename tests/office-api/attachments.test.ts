import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createHash } from 'node:crypto';
import { deflateRawSync } from 'node:zlib';
import { PROVINCE } from '../support/office-people';
import { ONE, PEOPLE } from './definitions';
import { type Desk, MOST_BYTES, type OfficeAnswer, type OfficeApi, openOfficeApi } from './rig';

/** Files put to a case: what they are is found by their content, and they lie encrypted. */
let api: OfficeApi;
let maker: Desk;
let reviewer: Desk;
let caseNo = '';
let keys = 0;

beforeAll(async () => {
  api = await openOfficeApi({ people: PEOPLE, definitions: [ONE] });
  [maker, reviewer] = (await Promise.all(['maker-1', 'reviewer-1'].map((id) => api.desk(id)))) as [Desk, Desk];
  caseNo = (await maker.apply(ONE, PROVINCE, { subject: '附件件' })).body.caseNo;
}, 60_000);
afterAll(() => api?.close());

const PDF = Buffer.concat([Buffer.from('%PDF-1.7\n'), Buffer.alloc(200_000, 'x'), Buffer.from('\n%%EOF')]);
const PNG = Buffer.concat([Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]), Buffer.alloc(100)]);
const GB = Buffer.from([0xb2, 0xce, 0xb1, 0xa3, 0x2c, 0x31, 0x0d, 0x0a]);

/** A zip file of these entries. */
function zipOf(names: readonly string[], { flags = 0x800, content = Buffer.from('<a/>') } = {}): Buffer {
  const locals: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const name of names) {
    const [label, packed] = [Buffer.from(name), deflateRawSync(content)];
    const local = Buffer.alloc(30);
    local.writeUInt32LE(0x04034b50, 0);
    local.writeUInt16LE(label.length, 26);
    local.writeUInt32LE(packed.length, 18);
    const entry = Buffer.alloc(46);
    entry.writeUInt32LE(0x02014b50, 0);
    entry.writeUInt16LE(flags, 8);
    entry.writeUInt32LE(packed.length, 20);
    entry.writeUInt32LE(content.length, 24);
    entry.writeUInt16LE(label.length, 28);
    entry.writeUInt32LE(offset, 42);
    locals.push(local, label, packed);
    directory.push(entry, label);
    offset += local.length + label.length + packed.length;
  }
  const entries = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(names.length, 8);
  end.writeUInt16LE(names.length, 10);
  end.writeUInt32LE(entries.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...locals, entries, end]);
}

const XLSX = zipOf(['[Content_Types].xml', 'xl/workbook.xml']);

function put(desk: Desk, name: string, content: Buffer, given: { key?: string; no?: string; headers?: Record<string, string> } = {}): Promise<OfficeAnswer> {
  keys += 1;
  return desk.ask(`POST /v1/office-cases/${given.no ?? caseNo}/attachments`, {
    raw: content, key: given.key ?? `file-${keys}`, headers: { 'content-type': 'application/octet-stream', 'x-file-name': encodeURIComponent(name), ...given.headers },
  });
}

const folder = (): string => join(api.rig.dataDir, 'attachments');
const filesThere = (): string[] => readdirSync(folder(), { recursive: true }).map((name) => join(folder(), String(name))).filter((name) => statSync(name).isFile());

test('a file comes back as it was, under its name, and lies encrypted', async () => {
  const { status, body } = await put(maker, '清算 说明(1).pdf', PDF);
  expect([status, body.code]).toEqual([201, undefined]);
  expect(body).toMatchObject({ name: '清算 说明(1).pdf', type: 'application/pdf', bytes: PDF.length, sha256: createHash('sha256').update(PDF).digest('hex'), by: '示例maker-1', mine: true, withdrawnAt: null });
  const back = await reviewer.ask(`GET /v1/office-cases/${caseNo}/attachments/${body.id}`);
  expect(back.body.equals(PDF)).toBe(true);
  expect(Object.fromEntries(back.headers)).toMatchObject({
    'content-type': 'application/pdf', 'content-length': String(PDF.length), 'x-content-type-options': 'nosniff',
    'content-disposition': `attachment; filename="attachment.pdf"; filename*=UTF-8''%E6%B8%85%E7%AE%97%20%E8%AF%B4%E6%98%8E%281%29.pdf`,
  });
  const stored = filesThere().map((name) => readFileSync(name));
  expect(stored).toHaveLength(1);
  expect(stored[0]?.includes(Buffer.alloc(64, 'x'))).toBe(false);
  expect((await reviewer.read(caseNo)).body.attachments).toEqual([expect.objectContaining({ id: body.id, by: '示例maker-1', mine: false })]);
});

test('a file that was tampered with, cut off or exchanged is not handed out', async () => {
  const { body } = await put(maker, 'a.pdf', PDF);
  const path = filesThere().find((name) => name.includes(body.id)) ?? '';
  const whole = readFileSync(path);
  const flipped = Buffer.from(whole);
  flipped[flipped.length - 40] = (flipped[flipped.length - 40] ?? 0) ^ 1;
  const get = (): Promise<OfficeAnswer> => reviewer.ask(`GET /v1/office-cases/${caseNo}/attachments/${body.id}`);
  for (const damaged of [flipped, whole.subarray(0, 65_536 + 200)]) {
    writeFileSync(path, damaged);
    // The head is sound and on its way: the connection breaks off short of the length that was told.
    await expect(get()).rejects.toThrow();
  }
  writeFileSync(path, whole.subarray(0, 4));
  expect(await get()).toMatchObject({ status: 500, body: { code: 'INTERNAL', incident: expect.any(String) } });
  writeFileSync(path, whole);
});

test.each([
  ['图.png', PNG, 'image/png'],
  ['表.xlsx', XLSX, 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'],
  ['文.docx', zipOf(['[Content_Types].xml', 'word/document.xml']), 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'],
  ['票.ofd', zipOf(['OFD.xml', 'Doc_0/Document.xml']), 'application/ofd'],
  ['包.zip', zipOf(['a/b.txt']), 'application/zip'],
  ['说明.txt', Buffer.from('参保说明\n'), 'text/plain'],
  ['名单.csv', GB, 'text/csv'],
])('%s is taken', async (name, content, type) => {
  expect((await put(maker, name, content)).body).toMatchObject({ name, type, bytes: content.length });
});

test.each([
  ['0 bytes', 'a.pdf', Buffer.alloc(0), 'ATTACHMENT_EMPTY'],
  ['a program under a harmless name', 'a.pdf', Buffer.concat([Buffer.from('MZ'), Buffer.alloc(100)]), 'ATTACHMENT_TYPE_REFUSED'],
  ['an ending that belies the content', 'a.png', PDF, 'ATTACHMENT_TYPE_REFUSED'],
  ['text with controls', 'a.txt', Buffer.from('a\u0000b'), 'ATTACHMENT_TYPE_REFUSED'],
  ['a page of the web', 'a.html', Buffer.from('<script>1</script>'), 'ATTACHMENT_TYPE_REFUSED'],
  ['zip slip inside', 'a.zip', zipOf(['../../etc/passwd']), 'ATTACHMENT_TYPE_REFUSED'],
  ['an encrypted archive', 'a.zip', zipOf(['a.txt'], { flags: 0x801 }), 'ATTACHMENT_TYPE_REFUSED'],
  ['a macro', 'a.xlsx', zipOf(['[Content_Types].xml', 'xl/workbook.xml', 'xl/vbaProject.bin']), 'ATTACHMENT_TYPE_REFUSED'],
  ['an archive that bursts', 'a.zip', zipOf(['a.txt'], { content: Buffer.alloc(20_000_000) }), 'ATTACHMENT_TYPE_REFUSED'],
  ['too large', 'a.pdf', Buffer.concat([PDF, Buffer.alloc(MOST_BYTES)]), 'ATTACHMENT_TOO_LARGE'],
  ['zip slip in the name', '../../x.pdf', PDF, 'ATTACHMENT_NAME_INVALID'],
  ['a backslash', '..\\x.pdf', PDF, 'ATTACHMENT_NAME_INVALID'],
  ['a hidden file', '.x.pdf', PDF, 'ATTACHMENT_NAME_INVALID'],
  ['no ending', 'x', PDF, 'ATTACHMENT_NAME_INVALID'],
  ['a turned name', 'fdp.\u202eexe.pdf', PDF, 'ATTACHMENT_NAME_INVALID'],
  ['a control', 'a\u0007.pdf', PDF, 'ATTACHMENT_NAME_INVALID'],
  ['121 characters', `${'长'.repeat(117)}.pdf`, PDF, 'ATTACHMENT_NAME_INVALID'],
])('%s is refused and leaves nothing', async (_what, name, content, code) => {
  const before = filesThere().length;
  const answer = await put(maker, name, content);
  expect(answer.body.code).toBe(code);
  expect(answer.status).toBeGreaterThanOrEqual(400);
  expect(answer.status).toBeLessThan(500);
  expect(filesThere()).toHaveLength(before);
});

test('who signs has seen the attachments too: one that was added or withdrawn since is told', async () => {
  const own = (await maker.apply(ONE, PROVINCE, { subject: '看过的附件' })).body.caseNo;
  const seen = (await reviewer.read(own)).body;
  const added = await put(maker, 'a.png', PNG, { no: own });
  expect(added.status).toBe(201);
  expect(await reviewer.act(own, 'approve', { seenHash: seen.seenHash })).toMatchObject({ status: 409, body: { code: 'CASE_CHANGED' } });
  const item = { caseNo: own, step: 'review', slot: '1', round: 1, seenHash: seen.seenHash };
  const preview = await reviewer.ask('POST /v1/office-cases/bulk-acts/preview', { body: { act: 'approve', items: [item] } });
  expect(preview.body.items[0]).toMatchObject({ ok: false, problem: { code: 'CASE_CHANGED' } });
  const withFile = (await reviewer.read(own)).body.seenHash;
  expect(withFile).not.toBe(seen.seenHash);
  const withdrawal = await maker.ask(`POST /v1/office-cases/${own}/attachments/${added.body.id}/withdrawal`, { body: { reason: '传错了' } });
  expect(withdrawal.status).toBe(200);
  expect(await reviewer.act(own, 'approve', { seenHash: withFile })).toMatchObject({ status: 409, body: { code: 'CASE_CHANGED' } });
  // A decision that was signed before, for the Temporal command line, does not count either.
  const id = `office-case/${ONE.key}/${PROVINCE}/${own}`;
  const signed = await api.rig.payload(id, 'reviewer-1', 'approve');
  await put(maker, 'b.png', PNG, { no: own });
  expect(await api.rig.send(id, signed)).toMatchObject({ refusal: { code: 'CASE_CHANGED' } });
  expect((await reviewer.act(own, 'approve')).status).toBe(200);
});

test('only for those of the case; a repeat is one file; withdrawn is a mark; an ended case takes none', async () => {
  const own = (await maker.apply(ONE, PROVINCE, { subject: '另一件' })).body.caseNo;
  const stranger = await api.desk('other-city-maker');
  const elsewhere = (await (await api.desk('city-maker')).apply(ONE, '990100', { subject: '外市件' })).body.caseNo;
  expect((await put(stranger, 'a.png', PNG, { no: elsewhere })).body.code).toBe('CASE_NOT_FOUND');
  expect((await put(await api.desk('approver-1'), 'a.png', PNG, { no: own })).body.code).toBe('RIGHT_MISSING');
  const [first, second] = await Promise.all([1, 2].map(() => put(maker, 'a.png', PNG, { no: own, key: 'same' })));
  expect(first?.body.id).toBe(second?.body.id);
  expect((await put(maker, 'a.png', PDF.subarray(0, 100), { no: own, key: 'same' })).status).toBeGreaterThanOrEqual(400);
  expect((await put(maker, 'b.png', PNG, { no: own, key: 'same' })).body.code).toBe('IDEMPOTENCY_KEY_REUSED');

  const path = `/v1/office-cases/${own}/attachments/${first?.body.id}`;
  expect((await reviewer.ask(`POST ${path}/withdrawal`, { body: { reason: '不是我的' } })).body.code).toBe('ATTACHMENT_NOT_YOURS');
  expect((await maker.ask(`POST ${path}/withdrawal`, { body: { reason: '传错了' } })).body).toMatchObject({ withdrawnBy: '示例maker-1', withdrawnReason: '传错了' });
  expect((await maker.ask(`GET ${path}`)).body.equals(PNG)).toBe(true);
  expect((await stranger.ask(`GET ${path.replace(own, elsewhere)}`)).body.code).toBe('CASE_NOT_FOUND');
  expect((await maker.ask(`GET ${path.replace(own, caseNo)}`)).body.code).toBe('ATTACHMENT_NOT_FOUND');
  expect((await maker.ask(`GET /v1/office-cases/${own}/attachments/../${caseNo}`)).status).toBeGreaterThanOrEqual(400);

  await reviewer.act(own, 'approve');
  expect((await put(maker, 'a.png', PNG, { no: own })).body.code).toBe('CASE_ENDED');
  expect((await maker.ask(`POST ${path}/withdrawal`, { body: { reason: '晚了' } })).body.code).toBe('CASE_ENDED');
});
