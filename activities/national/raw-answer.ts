/** Raw answers as the message log keeps them: text as it came, anything else as a data URL, so that no byte is lost. */

export interface RawAnswer {
  readonly body: Buffer;
  readonly contentType: string;
}

const DATA_URL = /^data:([^,]*);base64,/;
/** Text in a declared Chinese encoding must be read back by it, even where its bytes happen to be valid UTF-8. */
const OTHER_ENCODING = /charset="?gb/i;

export function packRawAnswer({ body, contentType }: RawAnswer): string {
  const text = body.toString('utf8');
  const same = !OTHER_ENCODING.test(contentType) && !DATA_URL.test(text) && Buffer.from(text, 'utf8').equals(body);
  return same ? text : `data:${contentType.replaceAll(',', ' ')};base64,${body.toString('base64')}`;
}

export function unpackRawAnswer(stored: string): RawAnswer {
  const match = DATA_URL.exec(stored);
  if (!match) return { body: Buffer.from(stored, 'utf8'), contentType: 'application/json' };
  return { body: Buffer.from(stored.slice(match[0].length), 'base64'), contentType: match[1] ?? '' };
}
