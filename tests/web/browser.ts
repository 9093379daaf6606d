import fs from 'node:fs';
import path from 'node:path';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { totpCode } from '../../activities/people/totp';
import { SESSION_COOKIE } from '../../api/users';
import { demoLogInsPath } from '../../cli/demo-people';

/** The system's Chromium; ANJIE_CHROMIUM names another one. */
const PLACES = [process.env['ANJIE_CHROMIUM'], '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
const FLAGS = [
  '--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
  '--disable-component-update', '--disable-sync',
];
const STEP_MS = 30_000;

export const DESK = { width: 1366, height: 768 } as const;
export const PHONE = { width: 390, height: 844 } as const;

/** Starts Chromium. Throws when the machine has none. */
export function openBrowser(): Promise<Browser> {
  const executablePath = PLACES.find((place) => place !== undefined && fs.existsSync(place));
  if (executablePath === undefined) throw new Error('no Chromium: install the package chromium, or name one in ANJIE_CHROMIUM');
  return chromium.launch({ executablePath, args: FLAGS });
}

interface LogIn {
  readonly login: string;
  readonly password: string;
  readonly totpSecret: string;
}

/** People of the demonstration at the workbench of a stack, each in a browser of their own. */
export class Office {
  private readonly logIns: readonly LogIn[];
  private readonly contexts = new Map<string, Promise<BrowserContext>>();
  /** Codes count once: the step of the last one that each person used. */
  private readonly steps = new Map<string, number>();
  /** What the pages complained of: errors of scripts, and of the content security policy. */
  readonly complaints: string[] = [];

  constructor(
    private readonly browser: Browser,
    private readonly api: string,
    dataDir: string,
  ) {
    this.logIns = (JSON.parse(fs.readFileSync(demoLogInsPath(path.resolve(dataDir)), 'utf8')) as { logIns: LogIn[] }).logIns;
  }

  of(login: string): LogIn {
    const found = this.logIns.find((each) => each.login === login);
    if (!found) throw new Error(`the demonstration has no ${login}`);
    return found;
  }

  /** A code that was not used yet; waits for the next one when both that count now were used. */
  async codeOf(login: string): Promise<string> {
    const now = Math.floor(Date.now() / STEP_MS);
    const step = Math.max(now, (this.steps.get(login) ?? 0) + 1);
    if (step > now + 1) await new Promise((resolve) => setTimeout(resolve, (step - 1) * STEP_MS - Date.now() + 50));
    this.steps.set(login, step);
    return totpCode(this.of(login).totpSecret, step * STEP_MS);
  }

  /** A page of a person who is not logged in. */
  async stranger(viewport: { width: number; height: number } = DESK): Promise<Page> {
    return this.watched(await (await this.newContext(viewport)).newPage());
  }

  /** Lets a person go on at the workbench in a session that was begun outside the browser. */
  adopt(login: string, token: string): void {
    this.contexts.set(login, this.withCookie(token));
  }

  private async withCookie(token: string): Promise<BrowserContext> {
    const context = await this.newContext();
    await context.addCookies([{ name: SESSION_COOKIE, value: token, url: this.api, httpOnly: true, sameSite: 'Strict' }]);
    return context;
  }

  private newContext(viewport: { width: number; height: number } = DESK): Promise<BrowserContext> {
    return this.browser.newContext({ viewport, locale: 'zh-CN', baseURL: this.api });
  }

  /** A page of a person, logged in through the workbench; a further one of the same person is another tab. */
  async at(login: string, address: string): Promise<Page> {
    const context = this.contexts.get(login) ?? this.logIn(login);
    this.contexts.set(login, context);
    const page = this.watched(await (await context).newPage());
    await page.goto(address);
    return page;
  }

  private async logIn(login: string): Promise<BrowserContext> {
    const page = await this.stranger();
    await page.goto('/');
    await this.passLogIn(page, login);
    await page.close();
    return page.context();
  }

  /** Gives password and code on the log-in page. */
  async passLogIn(page: Page, login: string): Promise<void> {
    await page.fill('#login', login);
    await page.fill('#password', this.of(login).password);
    await page.click('button[type=submit]');
    await page.fill('#code', await this.codeOf(login));
    await page.click('button[type=submit]');
    await page.waitForSelector('header.bar');
  }

  private watched(page: Page): Page {
    page.setDefaultTimeout(15_000);
    page.on('pageerror', (error) => this.complaints.push(`${page.url()}: ${error.message}`));
    page.on('console', (message) => {
      // A refused request is written to the console by the browser itself; the stories look at what the page makes of it.
      const own = !message.text().startsWith('Failed to load resource');
      if (message.type() === 'error' && own) this.complaints.push(`${page.url()}: ${message.text()}`);
    });
    return page;
  }
}

/** What a page asks the API by the session of its browser. */
export async function askAs<T>(page: Page, method: 'GET' | 'POST', address: string, body?: object): Promise<T> {
  const request = page.context().request;
  const session = (await (await request.get('/v1/session')).json()) as { csrf: string };
  const headers = { 'X-Anjie-Csrf': session.csrf, 'Idempotency-Key': `test-${Math.random().toString(36).slice(2)}` };
  const answer = await request.fetch(address, { method, ...(method === 'GET' ? {} : { headers }), ...(body === undefined ? {} : { data: body }) });
  if (!answer.ok()) throw new Error(`${method} ${address}: ${answer.status()} ${await answer.text()}`);
  return (await answer.json()) as T;
}
