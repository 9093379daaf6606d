import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sm2 } from 'sm-crypto-v2';
import { opened, sealed } from '../../domain/files/envelope';
import { formOf } from '../../domain/files/forms';
import { inPieces } from '../files/support';
import { type Bureau, FORMAT, levyOf, levyRow, okOf, openBureau, sm3Of } from './bureau';

/** Each kind of fault: what the bureau sees, and what the office has really done. */
describe('faults', () => {
  let bureau: Bureau;
  beforeEach(async () => {
    bureau = await openBureau();
  });
  afterEach(async () => {
    await bureau.close();
    expect(bureau.errors).toEqual([]);
  });

  const paid = async (...numbers: number[]): Promise<void> => {
    await bureau.levy(...numbers.map((n) => levyOf(n)));
    await bureau.order(...numbers.map((n) => ({ act: 'pay', levy_no: `L${n}`, at: '2026-11-02 10:00:00' })));
  };

  test.each([
    ['reset', 'before-commit', 0],
    ['reset', 'after-commit', 1],
    ['reset', 'in-answer', 1],
    ['hang', 'after-commit', 1],
    ['http503', 'before-commit', 0],
    ['garble', 'after-commit', 1],
  ] as const)('a sending that ends in %s %s is resolved by the task query, and may be repeated', async (kind, phase, taken) => {
    await bureau.faults({ item: 'ZJ', kind, phase });
    const file = await bureau.file('ZJ', [levyRow(levyOf(1))]);
    await bureau.put(file.name, file.bytes);
    const answer = fetch(`${bureau.office.url}/files/${file.name}.ok`, { method: 'PUT', body: file.ok, signal: AbortSignal.timeout(400) }).then((got) => (got.ok ? got.json() : Promise.reject(new Error(String(got.status)))));
    await expect(answer).rejects.toThrow();
    await bureau.control('POST', '/_work');
    const query = await fetch(`${bureau.office.url}/tasks?item=ZJ&line=LH&day=2026-11-02&file_sn=1`);
    expect([query.status, ((await query.json()) as { tasks: object[] }).tasks.length]).toEqual([taken ? 200 : 404, taken]);
    const again = await bureau.sendFile(file);
    expect(again).toMatchObject({ status: 200, task: { repeated: taken === 1 } });
    await bureau.control('POST', '/_work');
    expect((await bureau.records('levies')).length).toBe(1);
    expect((await bureau.control<{ faults: { fired: number }[] }>('GET', '/_faults')).faults).toMatchObject([{ fired: 1 }]);
  });

  test('a file that the office will not have is refused as a whole', async () => {
    await bureau.faults({ item: 'ZJ', kind: 'refuse', text: '系统维护' });
    expect(await bureau.send('ZJ', [levyRow(levyOf(1))])).toMatchObject({ state: 'refused', code: 'WJ0099', text: '系统维护' });
    expect(await bureau.send('ZJ', [levyRow(levyOf(1))])).toMatchObject({ state: 'done', refused: 0 });
  });

  test.each([
    ['wrongTotals', ['FILE_SUMS_DIFFER', 'FILE_SUMS_DIFFER']],
    ['wrongDigest', ['FILE_DIGEST_DIFFERS']],
  ] as const)('a 回盘 with %s', async (kind, codes) => {
    await paid(1);
    await bureau.faults({ item: 'HP', kind });
    await bureau.at('2026-11-02 13:00:00');
    const [file] = await bureau.news('HP');
    expect(file?.report.findings.map(({ code }) => code)).toEqual(codes);
    if (kind === 'wrongTotals') expect((file?.report.trailer?.amt_sum ?? 0) - (file?.report.totals.amt_sum ?? 0)).toBe(1);
  });

  test('half a file is there before its `.ok`, and whole afterwards under a new cursor', async () => {
    await paid(1);
    await bureau.faults({ item: 'HP', kind: 'half', ms: 60_000 });
    await bureau.at('2026-11-02 12:00:30');
    const [half] = (await bureau.list()).filter(({ item }) => item === 'HP');
    expect(half).toMatchObject({ ready: false });
    expect((await fetch(`${bureau.office.url}/files/${half?.name}.ok`)).status).toBe(404);
    expect((await bureau.bytesOf(half?.name ?? '')).length).toBe((602 * 3) / 2);
    await bureau.at('2026-11-02 12:02:00');
    expect((await bureau.news('HP')).map(({ name, report }) => [name, report.findings])).toEqual([[half?.name, []]]);
  });

  test.each([
    ['doubled', [1, 1], 1],
    ['renamed', [1, 2], 1],
    ['retold', [1, 2], 2],
  ] as const)('a 回盘 that is %s', async (kind, serials, contents) => {
    await paid(1, 2);
    await bureau.faults({ item: 'HP', kind });
    await bureau.at('2026-11-02 13:00:00');
    const files = await bureau.news('HP');
    expect(files.map(({ name }) => Number(name.slice(-10, -4)))).toEqual(serials);
    expect(new Set(files.map(({ sm3 }) => sm3)).size).toBe(contents);
    const numbers = files.map(({ rows }) => rows.map(({ taxrpt_no }) => taxrpt_no));
    expect(numbers[0]).toEqual(numbers[1]);
  });

  test('a serial is used again for other content', async () => {
    await paid(1);
    await bureau.order({ act: 'twice', levy_no: 'L1', at: '2026-11-02 15:00:00' });
    await bureau.faults({ item: 'HP', kind: 'serialReused', nth: 2 });
    await bureau.at('2026-11-02 21:00:00');
    const files = (await bureau.list()).filter(({ item }) => item === 'HP');
    expect(new Set(files.map(({ name }) => name)).size).toBe(1);
    expect(files.length).toBe(2);
  });

  test('a fetch that is cut or garbled can be repeated; its `.ok` tells that it was wrong', async () => {
    await paid(1, 2, 3);
    await bureau.at('2026-11-02 13:00:00');
    const [file] = (await bureau.list()).filter(({ item }) => item === 'HP');
    const name = file?.name ?? '';
    await bureau.faults({ item: 'HP', kind: 'reset', at: 'fetch', phase: 'in-answer' }, { item: 'HP', kind: 'garble', at: 'fetch', nth: 2 });
    await expect(bureau.bytesOf(name)).rejects.toThrow();
    const ok = (await bureau.bytesOf(`${name}.ok`)).toString();
    expect(ok).not.toContain(sm3Of(await bureau.bytesOf(name)));
    expect(ok).toContain(sm3Of(await bureau.bytesOf(name)));
  });

  test('faults that make no sense are refused', async () => {
    for (const fault of [{ item: 'HP', kind: 'half', at: 'send' }, { item: 'HP', kind: 'hang', at: 'make' }, { item: 'hp', kind: 'hang' }, { kind: 'hang' }]) {
      await expect(bureau.faults(fault)).rejects.toThrow('400');
    }
    await expect(bureau.order({ act: 'pay', levy_no: 'NONE' })).rejects.toThrow('no levy NONE');
  });
});

describe('other transports', () => {
  test('by folder: in/ is taken, out/ gets each file and its `.ok` last', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'tax-folder-'));
    const bureau = await openBureau({ folder });
    await bureau.control('POST', '/_work');
    const [good, bad] = [await bureau.file('ZJ', [levyRow(levyOf(1))]), await bureau.file('ZJ', [levyRow(levyOf(2))])];
    writeFileSync(join(folder, 'in', good.name), good.bytes);
    await bureau.control('POST', '/_work');
    expect(await bureau.records('arrivals')).toEqual([]);
    writeFileSync(join(folder, 'in', `${good.name}.ok`), good.ok);
    writeFileSync(join(folder, 'in', bad.name), bad.bytes.subarray(0, 700));
    writeFileSync(join(folder, 'in', `${bad.name}.ok`), bad.ok);
    await bureau.control('POST', '/_work');
    expect(readdirSync(join(folder, 'in'))).toEqual([]);
    expect(readFileSync(join(folder, 'refused', `${bad.name}.txt`), 'utf8')).toMatch(/^WJ0015/);
    const out = readdirSync(join(folder, 'out'));
    const answer = out.find((name) => name.endsWith('.txt')) ?? '';
    expect(out).toEqual([answer, `${answer}.ok`]);
    expect(readFileSync(join(folder, 'out', `${answer}.ok`), 'utf8')).toContain(sm3Of(readFileSync(join(folder, 'out', answer))));
    expect((await fetch(`${bureau.office.url}/files`)).status).toBe(404);
    await bureau.close();
    rmSync(folder, { recursive: true });
    expect(bureau.errors).toEqual([]);
  });

  test('sealed: what was signed with another key is not taken, and answers come sealed', async () => {
    const [office, ours, stranger] = [sm2.generateKeyPairHex(), sm2.generateKeyPairHex(), sm2.generateKeyPairHex()];
    const sm4Key = Buffer.alloc(16, 7);
    const bureau = await openBureau({ keys: { sm4Key, privateKey: office.privateKey, bureauPublicKey: ours.publicKey } });
    const file = await bureau.file('ZJ', [levyRow(levyOf(1))]);
    const sealedBy = async (privateKey: string): Promise<{ name: string; bytes: Buffer; ok: string }> => {
      const bytes = await collected(sealed(inPieces(file.bytes), { sm4Key, privateKey }));
      return { name: file.name, bytes, ok: okOf(bytes, 1, 40001) };
    };
    expect(await bureau.sendFile(await sealedBy(stranger.privateKey))).toMatchObject({ status: 422, task: { code: 'WJ0014' } });
    expect(await bureau.sendFile(await sealedBy(ours.privateKey))).toMatchObject({ status: 200, task: { repeated: false } });
    // Sealed once more the bytes differ; the content does not.
    expect(await bureau.sendFile(await sealedBy(ours.privateKey))).toMatchObject({ status: 200, task: { repeated: true } });
    await bureau.control('POST', '/_work');
    const { answer } = await bureau.task(file.name);
    const bytes = await collected(opened(inPieces(await bureau.bytesOf(answer)), { sm4Key, publicKey: office.publicKey }));
    const results: unknown[] = [];
    for await (const batch of formOf(FORMAT).read(inPieces(bytes), { item: 'HZ', fields: 'all', first: 1 })) for (const read of batch) if ('row' in read && read.kind === 'receipt') results.push(read.row['result']);
    expect(results).toEqual(['1']);
    await bureau.close();
    expect(bureau.errors).toEqual([]);
  });
});

async function collected(chunks: AsyncIterable<Buffer>): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const chunk of chunks) parts.push(chunk);
  return Buffer.concat(parts);
}
