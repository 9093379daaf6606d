/** Address of a call (接口地址), by the profile's style. */
import { transactions } from '../../schemas/national/generated';
import type { Infno } from '../../schemas/national/generated';
import type { Profile } from '../../schemas/national/profile';
import { infnoAsSent } from './codec';
import { MessageError } from './message-error';

/** The full address for our number of a transaction. Throws MessageError MESSAGE_NO_PATH where the style needs a path that is not public. */
export function requestUrl(profile: Profile, baseUrl: string, infno: Infno): string {
  const base = baseUrl.replace(/\/+$/, '');
  const sent = infnoAsSent(profile, infno);
  switch (profile.url.style) {
    case 'one':
      return base;
    case 'infno':
      return `${base}/${sent}`;
    case 'callService':
      return `${base}${profile.url.prefix}/${sent}`;
    case 'path': {
      const { path } = transactions[sent];
      if (path === null) throw new MessageError('MESSAGE_NO_PATH', 'url', 'path', `交易 ${sent} 没有已知的服务地址`);
      return base + path;
    }
  }
}
