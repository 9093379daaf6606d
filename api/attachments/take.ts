import { randomUUID } from 'node:crypto';
import type { Request } from 'express';
import type { EntityManager } from 'typeorm';
import { isFinal } from '../../domain/office-case/state';
import { CaseAttachment } from '../../store/entities';
import { isUniqueViolation } from '../../store/errors';
import { limitedBody } from '../body';
import { placesOf } from '../cases/acting';
import { requireCase } from '../cases/find';
import { readerOf } from '../cases/reader';
import { requireIdempotencyKey } from '../command-route';
import type { ApiParts } from '../parts';
import { Problem } from '../problem';
import type { CallUser } from '../users';
import { kindOf, type Seen } from './kinds';
import { Onlooker } from './look';
import { readFileName } from './names';
import { MOST_ATTACHMENTS } from './rows';

type Looked = Seen & { readonly sha256: string };

/**
 * Takes in the body of a request as an attachment of a case: encrypted while it arrives, looked at while it goes by, its row
 * written once the file stands. Only for the maker and those who may act on the case now. A repeat of the key with the same
 * content is answered by the first one's row. Throws Problem; nothing is kept then.
 */
export async function takeAttachment(parts: ApiParts, user: CallUser, caseNo: string, request: Request): Promise<CaseAttachment> {
  const key = requireIdempotencyKey(request);
  const name = readFileName(request.headers['x-file-name']);
  if (request.headers['content-encoding'] !== undefined) throw new Problem('CONTENT_ENCODING_UNSUPPORTED');
  await parts.store.read((manager) => requireMayAttach(manager, parts, user, caseNo));
  const id = randomUUID();
  const looked = await receive(parts, id, request);
  try {
    return await keep(parts, user, caseNo, { id, key, name, looked });
  } catch (error) {
    await parts.cases.attachments.remove(id);
    throw error;
  }
}

/** The case's id, where the person may put something to it and there is room. */
async function requireMayAttach(manager: EntityManager, parts: ApiParts, user: CallUser, caseNo: string): Promise<string> {
  const reader = await readerOf(manager, user, parts.people.now());
  const found = await requireCase(manager, caseNo, reader);
  if (isFinal(found.row.status)) throw new Problem('CASE_ENDED');
  if (found.row.makerId !== user.userId && (await placesOf(manager, found, reader)).length === 0) throw new Problem('RIGHT_MISSING');
  if ((await manager.countBy(CaseAttachment, { caseId: found.row.id })) >= MOST_ATTACHMENTS) throw new Problem('ATTACHMENTS_FULL');
  return found.row.id;
}

async function receive(parts: ApiParts, id: string, request: Request): Promise<Looked> {
  const onlooker = new Onlooker();
  async function* watched(): AsyncGenerator<Buffer> {
    for await (const chunk of limitedBody(request, parts.cases.attachments.limit)) {
      onlooker.see(chunk);
      yield chunk;
    }
  }
  try {
    await parts.cases.attachments.write(id, watched());
  } catch (error) {
    throw error instanceof Problem && error.code === 'BODY_TOO_LARGE' ? new Problem('ATTACHMENT_TOO_LARGE', { detail: error.extras.detail ?? '' }) : error;
  }
  return onlooker.end();
}

async function keep(parts: ApiParts, user: CallUser, caseNo: string, given: { id: string; key: string; name: string; looked: Looked }): Promise<CaseAttachment> {
  const { id, key, name, looked } = given;
  const kind = kindOf(name, looked);
  if (looked.size === 0) throw new Problem('ATTACHMENT_EMPTY');
  if (!kind) throw new Problem('ATTACHMENT_TYPE_REFUSED');
  const find = (manager: EntityManager): Promise<CaseAttachment | null> => manager.findOneBy(CaseAttachment, { uploadedBy: user.userId, idempotencyKey: key });
  const insert = async (manager: EntityManager): Promise<CaseAttachment> => {
    const caseId = await requireMayAttach(manager, parts, user, caseNo);
    const row: CaseAttachment = {
      id, caseId, name, type: kind.type, size: looked.size, sha256: looked.sha256, uploadedBy: user.userId, at: parts.people.now(),
      idempotencyKey: key, withdrawnAt: null, withdrawnBy: null, withdrawnReason: null,
    };
    await manager.insert(CaseAttachment, row);
    return row;
  };
  let row: CaseAttachment;
  try {
    row = await parts.store.write(insert, { verify: async (manager) => (await find(manager)) ?? undefined });
  } catch (error) {
    const first = isUniqueViolation(error) ? await parts.store.read(find) : null;
    if (!first) throw error;
    row = first;
  }
  if (row.id === id) return row;
  if (row.sha256 !== looked.sha256 || row.name !== name || !row.caseId.endsWith(`/${caseNo}`)) throw new Problem('IDEMPOTENCY_KEY_REUSED');
  await parts.cases.attachments.remove(id);
  return row;
}

/** Marks an attachment as withdrawn; its content stays. Only by who put it there, while the case is under way. */
export async function withdrawAttachment(manager: EntityManager, parts: ApiParts, user: CallUser, place: { caseNo: string; id: string }, reason: string): Promise<CaseAttachment> {
  const reader = await readerOf(manager, user, parts.people.now());
  const found = await requireCase(manager, place.caseNo, reader);
  const row = await requireAttachment(manager, found.row.id, place.id);
  if (isFinal(found.row.status)) throw new Problem('CASE_ENDED');
  if (row.uploadedBy !== user.userId) throw new Problem('ATTACHMENT_NOT_YOURS');
  if (row.withdrawnAt !== null) return row;
  const mark = { withdrawnAt: parts.people.now(), withdrawnBy: user.userId, withdrawnReason: reason };
  await manager.update(CaseAttachment, { id: row.id }, mark);
  return { ...row, ...mark };
}

export async function requireAttachment(manager: EntityManager, caseId: string, id: string): Promise<CaseAttachment> {
  const row = await manager.findOneBy(CaseAttachment, { id: id.slice(0, 36), caseId });
  if (!row) throw new Problem('ATTACHMENT_NOT_FOUND');
  return row;
}
