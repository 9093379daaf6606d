import { randomUUID } from 'node:crypto';
import { networkInterfaces } from 'node:os';
import type { RequestHeader } from '../../domain/national/codec';
import { signatureHeaders } from '../../domain/national/signature';
import { formatDatetime } from '../../domain/national/time';
import type { Institution } from '../../runtime/institutions';
import type { Infno } from '../../schemas/national/generated';
import type { Profile } from '../../schemas/national/profile';
import type { CallRequest } from './types';

/** The header of a message, see `RequestHeader`. */
export function requestHeader(
  institution: Institution,
  request: Pick<CallRequest<Infno>, 'operator' | 'insuplcAdmdvs'>,
  message: { readonly msgid: string; readonly signNo: string | null; readonly now: number },
): RequestHeader {
  return {
    msgid: message.msgid,
    mdtrtarea_admvs: institution.admdvs,
    ...(request.insuplcAdmdvs === undefined ? {} : { insuplc_admdvs: request.insuplcAdmdvs }),
    opter_type: request.operator.type,
    opter: request.operator.id,
    opter_name: request.operator.name,
    inf_time: formatDatetime(new Date(message.now)),
    fixmedins_code: institution.fixmedinsCode,
    fixmedins_name: institution.name,
    ...(message.signNo === null ? {} : { sign_no: message.signNo }),
  };
}

/** HTTP headers of a message: content type and the gateway's signature over exactly these bytes. */
export function httpHeaders(profile: Profile, institution: Institution, body: string, now: number): Record<string, string> {
  return {
    'content-type': 'application/json; charset=utf-8',
    accept: 'application/json',
    ...signatureHeaders(profile, institution.gateway, body, new Date(now), randomUUID()),
  };
}

/** Address and MAC of this machine, as 9001 asks for them; loopback values where there is no other interface. */
export function machineAddress(): { readonly ip: string; readonly mac: string } {
  for (const addresses of Object.values(networkInterfaces())) {
    const found = addresses?.find((each) => each.family === 'IPv4' && !each.internal);
    if (found) return { ip: found.address, mac: found.mac };
  }
  return { ip: '127.0.0.1', mac: '00:00:00:00:00:00' };
}
