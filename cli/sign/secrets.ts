import { createInterface } from 'node:readline/promises';
import { stdin, stderr } from 'node:process';

/** What only the person knows: typed without echo at a terminal, else two lines of standard input. */
export interface Secrets {
  password(): Promise<string>;
  code(): Promise<string>;
  /** Asks whether to sign; a pipe has agreed by `--yes` or not at all. */
  agrees(): Promise<boolean>;
}

export function secretsOf(yes: boolean): Secrets {
  return stdin.isTTY ? fromTerminal(yes) : fromPipe(yes);
}

function fromPipe(yes: boolean): Secrets {
  const lines = readLines();
  const line = async (index: number, what: string): Promise<string> => {
    const found = (await lines)[index];
    if (found === undefined || found === '') throw new Error(`标准输入的第 ${index + 1} 行应为${what}`);
    return found;
  };
  return { password: () => line(0, '密码'), code: () => line(1, '动态口令'), agrees: async () => yes };
}

async function readLines(): Promise<readonly string[]> {
  let text = '';
  for await (const chunk of stdin) text += String(chunk);
  return text.split(/\r?\n/);
}

function fromTerminal(yes: boolean): Secrets {
  return {
    password: () => hidden('密码：'),
    code: () => shown('动态口令：'),
    agrees: async () => yes || (await shown('确认签名请输入 yes：')) === 'yes',
  };
}

async function shown(question: string): Promise<string> {
  const terminal = createInterface({ input: stdin, output: stderr });
  try {
    return (await terminal.question(question)).trim();
  } finally {
    terminal.close();
  }
}

/** Reads a line of the terminal without showing it. */
function hidden(question: string): Promise<string> {
  stderr.write(question);
  stdin.setRawMode(true);
  stdin.resume();
  return new Promise((resolve, reject) => {
    let text = '';
    const end = (finish: () => void): void => {
      stdin.off('data', read);
      stdin.setRawMode(false);
      stdin.pause();
      stderr.write('\n');
      finish();
    };
    const read = (chunk: Buffer): void => {
      for (const character of chunk.toString('utf8')) {
        if (character === '\r' || character === '\n') return end(() => resolve(text));
        if (character === '\u0003') return end(() => reject(new Error('已中断')));
        text = character === '\u007f' || character === '\b' ? [...text].slice(0, -1).join('') : text + character;
      }
    };
    stdin.on('data', read);
  });
}
