import { parseArgs } from 'node:util';
import path from 'node:path';

import { totpCode } from '../activities/people/totp';
import { findProfile, loadProfiles } from '../schemas/national/load-profiles';
import { untilSignal } from './launcher/signals';
import { startStack, type Stack } from './launcher/stack';
import { openCentre } from './story/centre';
import { openChecks, type Checks } from './story/checks';
import { afterClearing, CLEARING_STEPS, playClearing } from './story/clearing/play';
import { logInOf, readLogIns } from './story/clearing/office';
import { openApi, type Api } from './story/client';
import { introduce } from './story/newcomer';
import { readPatient } from './story/patient';
import { failureWords, playChapter, stepsOf, type Chapter } from './story/plot';
import { reconcileDays } from './story/reconciliation';
import { openScreen, type Screen } from './story/screen';

const PATIENTS = path.resolve('cli', 'demo', 'patients');

const USAGE = `用法 usage: npm run demo -- [选项]
  --story 故事                  admission 住院（默认），clearing 异地清算
  --once                       演完即结束；全部核对相符时退出码为 0
  --admission A.json --fees F.csv   用自己的患者（样例见 cli/demo/patients）
  --profile 编号                省份档案，默认 default
  --code 登录名                 只显示此人现在的动态口令（演示正在运行时）`;

const STORIES = ['admission', 'clearing'] as const;

interface Options {
  readonly story: (typeof STORIES)[number];
  /** Login name whose code is asked for, instead of a story. */
  readonly code?: string;
  readonly once: boolean;
  readonly admission?: string;
  readonly fees?: string;
  readonly profile: string;
}

function readOptions(): Options {
  const { values } = parseArgs({
    options: {
      story: { type: 'string', default: 'admission' },
      code: { type: 'string' },
      once: { type: 'boolean', default: false },
      admission: { type: 'string' },
      fees: { type: 'string' },
      profile: { type: 'string', default: 'default' },
    },
  });
  if ((values.admission === undefined) !== (values.fees === undefined)) throw new Error('--admission 与 --fees 须一起给出');
  const story = STORIES.find((each) => each === values.story);
  if (!story) throw new TypeError(`没有 ${values.story} 这个故事`);
  if (story === 'clearing' && values.admission !== undefined) throw new TypeError('--admission 属于住院的故事');
  return { story, code: values.code, once: values.once, profile: values.profile, ...(values.admission ? { admission: values.admission, fees: values.fees } : {}) } as Options;
}

function chaptersOf(options: Options): Chapter[] {
  if (options.admission) return [{ files: readPatient(path.resolve(options.admission), path.resolve(options.fees ?? '')) }];
  const patient = (name: string) => readPatient(path.join(PATIENTS, `${name}.json`));
  return [
    { files: patient('A'), loseAnswer: true, again: patient('A2') },
    { files: patient('B') },
    { files: patient('C') },
    { files: patient('C-cap') },
    { files: patient('D') },
  ];
}

/** The API as a clerk of an institution. Throws for one that the demo has no token for. */
function clerks(stack: Stack): (institution: string) => Api {
  const { clerk, secondHospital, otherInstitution } = stack.tokens;
  const tokens: Readonly<Record<string, string>> = { H99000000001: clerk, H99000000002: secondHospital, H99000000003: otherInstitution };
  const opened = new Map<string, Api>();
  return (institution) => {
    const token = tokens[institution];
    if (!token) throw new Error(`演示没有机构 ${institution}；可用：${Object.keys(tokens).join('、')}`);
    const api = opened.get(institution) ?? openApi(stack.api, token, `demo-${institution}-${Date.now()}`);
    opened.set(institution, api);
    return api;
  };
}

/** A story of the demonstration: how many steps it shows, how it is played, what to look at afterwards. */
interface Story {
  readonly steps: number;
  readonly play: (stack: Stack, screen: Screen) => Promise<Checks>;
  readonly next: (stack: Stack) => string[];
}

function storyOf(options: Options): Story {
  if (options.story === 'clearing') return { steps: CLEARING_STEPS, play: playClearing, next: afterClearing };
  const chapters = chaptersOf(options);
  const steps = chapters.reduce((sum, chapter) => sum + stepsOf(chapter), 0);
  return { steps, play: (stack, screen) => play(stack, chapters, options, screen), next: whatNext };
}

/** Plays all chapters; a step that fails ends the story and counts as a failed check. */
async function play(stack: Stack, chapters: readonly Chapter[], options: Options, screen: Screen): Promise<Checks> {
  const checks = openChecks();
  const profile = findProfile(loadProfiles(process.env['ANJIE_PROFILES_DIR']), options.profile);
  const stage = {
    screen,
    checks,
    centre: openCentre(stack.sandbox.national),
    temporalUi: stack.temporalUi,
    apiOf: clerks(stack),
    settlesFirst: profile.settleBeforeDischarge,
  };
  for (const chapter of chapters) {
    try {
      await introduce(stack.sandbox.national, chapter.files.header);
      await playChapter(stage, chapter);
    } catch (error) {
      checks.equal(`${chapter.files.header.case} 全程`, '走完', '走完', failureWords(error));
      return checks;
    }
  }
  await reconcileDays(stage, profile.accountInFundSum).catch((error: unknown) => checks.equal('日对账 全程', '走完', '走完', failureWords(error)));
  return checks;
}

function whatNext(stack: Stack): string[] {
  return [
    '',
    '接下来可以看 what to open next',
    `  1. ${stack.temporalUi} ：每个住院是一个 workflow，点开看经过；载荷是密文`,
    `  2. ${stack.codec}/login ：粘贴下面的运维令牌登录，按登录后的提示在 Temporal 里设置一次，就能看到明文`,
    `     ${stack.tokens.ops}`,
    `  3. ${stack.docs} ：接口文档；令牌：`,
    `     ${stack.tokens.clerk}`,
    `  4. curl -s -H "Authorization: Bearer <令牌>" ${stack.api}/v1/admissions/ZY2026110201/timeline`,
    '按 Ctrl-C 结束。',
  ];
}

/** The code of the second factor of a person of the demonstration, as an authenticator would show it now. */
function tellCode(dataDir: string, login: string): void {
  process.stdout.write(`${totpCode(logInOf(readLogIns(dataDir), login).totpSecret, Date.now())}\n`);
}

async function main(): Promise<void> {
  const options = readOptions();
  const dataDir = path.join(process.env['ANJIE_DATA_DIR'] || 'data', 'demo');
  if (options.code !== undefined) return tellCode(dataDir, options.code);
  const story = storyOf(options);
  const signal = untilSignal();
  const abort = new AbortController();
  void signal.then(() => abort.abort());
  const stack = await startStack({
    dataDir,
    profile: options.profile,
    usualPorts: true,
    fresh: true,
    abort: abort.signal,
    report: (line) => process.stderr.write(`${line}\n`),
  });
  try {
    const screen = openScreen(process.stdout, story.steps);
    const checks = await Promise.race([story.play(stack, screen), signal]);
    if (typeof checks === 'string') return;
    screen.end();
    screen.line('\n── 核对 checks');
    for (const line of checks.table()) screen.line(line);
    screen.line(`  ${checks.all.length - checks.failed.length}/${checks.all.length} 项相符`);
    process.exitCode = checks.failed.length === 0 ? 0 : 1;
    if (options.once) return;
    for (const line of story.next(stack)) screen.line(line);
    await signal;
  } finally {
    await stack.stop();
  }
}

main().then(
  () => process.exit(),
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n${error instanceof TypeError ? USAGE : ''}\n`);
    process.exit(1);
  },
);
