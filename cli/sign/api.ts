/** An answer that is not a success, in the API's own words. */
export class SignError extends Error {
  override readonly name = 'SignError';
}

const TIMEOUT_MS = 30_000;

/** A session of the API for one signature. */
export class SigningSession {
  private constructor(
    private readonly api: string,
    readonly token: string,
  ) {}

  /** Logs in. Throws SignError. */
  static async open(api: string, login: string, secrets: { password(): Promise<string>; code(): Promise<string> }): Promise<SigningSession> {
    const first = await ask(api, 'POST', '/v1/session', null, { login, password: await secrets.password() });
    const ready = first['state'] === 'secondFactor' ? await ask(api, 'POST', '/v1/session/second-factor', null, { challenge: first['challenge'], code: await secrets.code() }) : first;
    return new SigningSession(api, String(ready['token']));
  }

  readCase(caseNo: string): Promise<Record<string, unknown>> {
    return ask(this.api, 'GET', `/v1/office-cases/${encodeURIComponent(caseNo)}`, this.token);
  }

  sign(caseNo: string, act: object): Promise<Record<string, unknown>> {
    return ask(this.api, 'POST', `/v1/office-cases/${encodeURIComponent(caseNo)}/decision`, this.token, act);
  }

  async close(): Promise<void> {
    await ask(this.api, 'DELETE', '/v1/session', this.token);
  }
}

async function ask(api: string, method: string, path: string, token: string | null, body?: object): Promise<Record<string, unknown>> {
  const response = await fetch(`${api}${path}`, {
    method,
    headers: { ...(token === null ? {} : { authorization: `Bearer ${token}` }), ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    signal: AbortSignal.timeout(TIMEOUT_MS),
  });
  const answer = (await response.json()) as Record<string, unknown>;
  if (!response.ok) throw new SignError([answer['code'], answer['title'], answer['detail'], answer['next']].filter((word) => typeof word === 'string').join(' · '));
  return answer;
}
