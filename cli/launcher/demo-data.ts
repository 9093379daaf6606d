import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';

import { writeAtomically } from './data-folder';

/** An institution as institutions.json of a data folder names it; runtime/institutions.ts reads the same file. */
interface GatewayInstitution {
  readonly fixmedins_code: string;
  readonly name: string;
  readonly admdvs: string;
  readonly level: string;
  readonly profile: string;
  readonly gateway: { readonly paasid: string; readonly secret: string };
}

interface DemoInstitutions {
  readonly institutions: readonly {
    readonly fixmedins_code: string;
    readonly fixmedins_name: string;
    readonly admdvs: string;
    readonly level: string;
  }[];
}

/** One of the demo's data files, cli/demo/<name>.json. */
export function readDemo<T>(name: string): T {
  return JSON.parse(fs.readFileSync(path.resolve('cli', 'demo', `${name}.json`), 'utf8')) as T;
}

/**
 * Writes institutions.json of a data folder: the demo's hospitals, each with a gateway secret of its own that is made
 * once and kept. The secret is of the sandbox only.
 */
export function writeInstitutions(file: string, profile: string): void {
  const secrets = new Map(readInstitutions(file).map((known) => [known.fixmedins_code, known.gateway.secret]));
  const institutions = readDemo<DemoInstitutions>('institutions').institutions.map(
    (demo): GatewayInstitution => ({
      fixmedins_code: demo.fixmedins_code,
      name: demo.fixmedins_name,
      admdvs: demo.admdvs,
      level: demo.level,
      profile,
      gateway: {
        paasid: `demo-${demo.fixmedins_code.toLowerCase()}`,
        secret: secrets.get(demo.fixmedins_code) ?? randomBytes(24).toString('hex'),
      },
    }),
  );
  writeAtomically(file, `${JSON.stringify(institutions, null, 2)}\n`);
  fs.chmodSync(file, 0o600);
}

function readInstitutions(file: string): GatewayInstitution[] {
  return fs.existsSync(file) ? (JSON.parse(fs.readFileSync(file, 'utf8')) as GatewayInstitution[]) : [];
}

/** Sends data to a sandbox by PUT /_data. Throws with the sandbox's own words when it does not take them. */
export async function putData(sandbox: string, data: unknown): Promise<void> {
  const answer = await fetch(`${sandbox}/_data`, {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(data),
  });
  if (!answer.ok) throw new Error(`沙箱没有接受演示数据（${answer.status}）：${(await answer.text()).slice(0, 500)}`);
}

/** Loads hospitals, people and catalogue into a sandbox whose data folder is new; later starts find them there. */
export async function loadDemoData(env: NodeJS.ProcessEnv, report: (line: string) => void): Promise<void> {
  const marker = path.join(String(env['SANDBOX_NATIONAL_DATA']), 'demo-data-loaded');
  if (fs.existsSync(marker)) return;
  report('沙箱载入演示数据 loading demo data');
  const gateways = readInstitutions(String(env['ANJIE_INSTITUTIONS']));
  const institutions = readDemo<DemoInstitutions>('institutions').institutions.map((demo) => {
    const gateway = gateways.find((known) => known.fixmedins_code === demo.fixmedins_code)?.gateway;
    return { ...demo, ...gateway };
  });
  const { persons } = readDemo<{ persons: unknown[] }>('people');
  const { items } = readDemo<{ items: unknown[] }>('catalogue');
  await putData(`http://127.0.0.1:${env['SANDBOX_NATIONAL_PORT']}`, { institutions, persons, items });
  fs.writeFileSync(marker, '');
}
