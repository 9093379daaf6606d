import { sendFiles } from '../../activities/tax/send-files';
import { ContributionPerson, ContributionUnit, OfficeCase } from '../../store/entities';
import { BatchReject, Levy, TaxFile } from '../../store/entities';
import { onBothDatabases } from '../support/databases';
import { answerOf, TaxRig } from './rig';

onBothDatabases('levies out and the receipts of tax', (database) => {
  let rig: TaxRig;
  beforeEach(async () => {
    rig = await TaxRig.open(await database().openMigrated());
    await rig.register();
  });
  afterEach(() => rig.close());

  test('a unit leaves before its persons; another person is asked; the file is the same byte for byte when it is written again', async () => {
    await rig.order(await rig.batch('contrib-assessment', { variant: 'allUnits' }), 'confirm');
    const previewed = await rig.batch('levy-send', { line: 'ZG' });
    expect(previewed).toMatchObject({ state: 'previewed', done: 12, rejected: 0 });
    expect(await rig.levies({ exchange: 20 })).toHaveLength(12);
    const drafted = await rig.store.read((manager) => manager.findOneByOrFail(OfficeCase, { caseNo: previewed.confirmCaseNo ?? '' }));
    expect(drafted).toMatchObject({ definition: 'levy-send-confirm', makerId: 'maker-1' });
    await rig.order(previewed, 'confirm');
    await sendFiles(rig.sendDeps(), () => undefined);
    const [file] = await rig.files();
    if (!file) throw new Error('no file');
    expect(file).toMatchObject({ direction: 'out', item: 'ZJ', state: 'sent', total: 12, batch_no: '9901012026000001', name: expect.stringMatching(/^ZJ_ZG_990100_19901010000_202611_\d{8}_000001\.txt$/) as string });
    const rows = await rig.rowsOf(file);
    expect(rows.map(({ row_level, psn_no }) => row_level + psn_no)).toEqual(['1', '2U1A', '2U1B', '1', '2U1A', '2U1B', '1', '2U2A', '2U2B', '1', '2U2A', '2U2B']);
    expect(rows[1]).toMatchObject({ psn_name: '示例U1A', certno: '990101199001010019', tax_reg_no: 'TU1', clct_bill_id: rows[0]?.clct_bill_id });
    expect(file.amountFen).toBe(rows.filter(({ row_level }) => row_level === '1').reduce((sum, { amt }) => sum + amt, 0));
    expect((await rig.levies({ exchange: 30, sentFile: file.id })).length).toBe(12);
    // A crash between writing and the commit that says so: it is written again, and the register may have changed meanwhile.
    const before = await rig.bytesOf(file);
    await rig.store.write((manager) => manager.update(TaxFile, { id: file.id }, { state: 'sending' }));
    await rig.store.write((manager) => manager.update(Levy, { rowLevel: 1 }, { exchange: 40 }));
    expect(await sendFiles(rig.sendDeps(), () => undefined)).toEqual([file.name]);
    expect((await rig.bytesOf(file)).equals(before)).toBe(true);
  });

  test('what cannot be written stays behind with its unit and its reason; a cancelled batch leaves nothing in it', async () => {
    await rig.store.write((manager) => manager.update(ContributionPerson, { psnNo: 'U1A' }, { identity: { psn_name: '示例𠮷', cert_type: '01', certno: '990101199001010019' } }));
    await rig.store.write((manager) => manager.update(ContributionPerson, { psnNo: 'F1' }, { identity: { psn_name: '长'.repeat(26), cert_type: '01', certno: '990101199001010019' } }));
    await rig.store.write((manager) => manager.update(ContributionUnit, { unitNo: 'U2' }, { taxRegNo: null }));
    for (const variant of ['allUnits', 'flexible']) await rig.order(await rig.batch('contrib-assessment', { variant }), 'confirm');
    const units = await rig.batch('levy-send', { line: 'ZG' });
    const flexible = await rig.batch('levy-send', { line: 'LH' });
    const codes = async (batchId: string) => (await rig.store.read((manager) => manager.find(BatchReject, { where: { batchId }, order: { rowNo: 'ASC' } }))).map(({ code }) => code);
    expect(await codes(units.id)).toEqual(['TAX_REG_NO_MISSING', 'TAX_REG_NO_MISSING']);
    expect(units).toMatchObject({ done: 6, rejected: 2 });
    expect(await codes(flexible.id)).toEqual(['ROW_TEXT_TOO_LONG']);
    expect(flexible).toMatchObject({ done: 3, rejected: 1 });
    expect(await rig.levies({ psnNo: 'F1' })).toMatchObject([{ exchange: 10, sendBatch: null }]);
    expect(await rig.order(units, 'cancel')).toMatchObject({ state: 'cancelled' });
    expect(await rig.levies({ line: 'ZG', exchange: 10 })).toHaveLength(12);
    await rig.order(flexible, 'confirm');
    await sendFiles(rig.sendDeps(), () => undefined);
    expect(await rig.files()).toMatchObject([{ line: 'LH', total: 3 }]);
  });

  test('tax accepts and refuses; what was refused is assessed anew under a number that names the former', async () => {
    const { rows, file, batch } = await rig.sendAll('allUnits', 'ZG');
    const units = rows.filter(({ row_level }) => row_level === '1');
    await rig.arrive('HZ', units.map((row, index) => answerOf(row, index < 2 ? { result: '2', code: 'E01', text: '登记序号不存在', dcla_no: '' } : {})), { ref_file: file.name, batch_no: file.batch_no });
    const [answered] = await rig.take();
    expect(answered).toMatchObject({ kind: 'tax-receipt', state: 'done', done: 2, rejected: 2 });
    const refused = await rig.levies({ exchange: 41 });
    expect(refused).toHaveLength(6);
    expect(new Set(refused.map(({ unitNo }) => unitNo))).toEqual(new Set(['U1']));
    expect(await rig.levies({ exchange: 40 })).toHaveLength(6);
    const [reject] = await rig.store.read((manager) => manager.findBy(BatchReject, { batchId: answered?.id ?? '' }));
    expect(reject).toMatchObject({ code: 'TAX_REFUSED', subject: units[0]?.levy_no, text: '税务拒收：E01 登记序号不存在' });
    expect((await rig.files({ id: file.id }))[0]).toMatchObject({ state: 'answered' });
    expect(batch.id).toBe(file.batchId);
    const again = await rig.sendAll('allUnits', 'ZG');
    expect(again.file.id).not.toBe(file.id);
    expect(again.rows.map(({ emp_no, orig_levy_no }) => [emp_no, orig_levy_no])).toEqual(rows.filter(({ emp_no }) => emp_no === 'U1').map(({ levy_no }) => ['U1', levy_no]));
  });
});
