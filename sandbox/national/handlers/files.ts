import { formatDateTime } from '../../../domain/calendar';
import type { Call, Handler } from '../call';
import { must } from '../refusal';
import { nextNumber, type Db } from '../store';

/** How long an uploaded or produced file can be fetched. */
export const KEPT_MS = 7 * 24 * 3600 * 1000;
const LARGEST_UPLOAD_BYTES = 20 * 1024 * 1024;

export interface CentreFile {
  readonly file_qury_no: string;
  readonly filename: string;
  readonly kind: 'upload' | 'result';
  readonly content: Buffer;
  readonly dld_endtime: string;
}

/** 9101: keeps a file for a later transaction. */
export const uploadFile: Handler<'9101'> = (call) => {
  const { fsUploadIn } = call.input;
  must(fsUploadIn.fixmedins_code === call.institution.fixmedins_code, '[文件上传]医药机构编号与报文不一致');
  const content = Buffer.from(fsUploadIn.in);
  must(content.length <= LARGEST_UPLOAD_BYTES, '[文件上传]文件超过允许的大小');
  const fileQuryNo = insertFile(call, { filename: fsUploadIn.filename, kind: 'upload', content });
  return {
    output: {
      file_qury_no: fileQuryNo,
      filename: fsUploadIn.filename,
      fixmedins_code: fsUploadIn.fixmedins_code,
      dld_endtime: formatDateTime(call.now + KEPT_MS),
    },
  };
};

/** 9102: answers with the file itself instead of an envelope. */
export const downloadFile: Handler<'9102'> = (call) => {
  const { fsDownloadIn } = call.input;
  must(fsDownloadIn.fixmedins_code === call.institution.fixmedins_code, '[文件下载]医药机构编号与报文不一致');
  const file = fileOf(call.db, call.institution.fixmedins_code, fsDownloadIn.file_qury_no);
  must(file.filename === fsDownloadIn.filename, '[文件下载]文件名与文件查询号不一致');
  must(file.dld_endtime >= call.nowText, '[文件下载]文件已过下载截止时间');
  return { output: { content: file.content } };
};

export function insertFile(call: Call, file: Pick<CentreFile, 'filename' | 'kind' | 'content'>): string {
  const { db, now, nowText, institution } = call;
  const fileQuryNo = nextNumber(db, 'file_qury_no', { admdvs: institution.admdvs, now, digits: 10 });
  db.prepare(
    `INSERT INTO file (file_qury_no, fixmedins_code, filename, kind, content, created_at, dld_endtime)
       VALUES (?, ?, ?, ?, ?, ?, ?)`,
  ).run(
    fileQuryNo,
    institution.fixmedins_code,
    file.filename,
    file.kind,
    file.content,
    nowText,
    formatDateTime(now + KEPT_MS),
  );
  return fileQuryNo;
}

/** An institution's own file. Throws Refusal when there is none of that number. */
export function fileOf(view: Db, fixmedinsCode: string, fileQuryNo: string): CentreFile {
  const file = view
    .prepare<[string, string], CentreFile>('SELECT * FROM file WHERE file_qury_no = ? AND fixmedins_code = ?')
    .get(fileQuryNo, fixmedinsCode);
  must(file, '[文件]未查询到文件');
  return file;
}
