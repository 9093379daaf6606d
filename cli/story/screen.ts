import { formatYuan, type Fen } from '../../domain/money';

/** Where the story is told. */
export interface Screen {
  /** A chapter begins. */
  chapter(title: string): void;
  /** One step was done; the bar moves on. `details` are printed below it. */
  step(title: string, ...details: string[]): void;
  /** What is being done right now, for the bar only. */
  doing(what: string): void;
  line(text?: string): void;
  /** Takes the bar away; what follows is plain lines. */
  end(): void;
}

const BAR_WIDTH = 28;

/** Amount in yuan with thousands apart, as a clerk reads it. */
export function yuan(amount: number): string {
  const [whole = '', fraction = '00'] = formatYuan(amount as Fen).split('.');
  return `${whole.replace(/\B(?=(\d{3})+$)/g, ',')}.${fraction}`;
}

/**
 * Opens the screen: on a terminal one line at the bottom is the progress bar, elsewhere every step is a plain line.
 * @param total steps that the story has
 */
export function openScreen(output: NodeJS.WriteStream, total: number): Screen {
  const bar = output.isTTY === true;
  const began = Date.now();
  let done = 0;
  let current = '';
  let ended = false;

  function draw(): void {
    if (!bar || ended) return;
    const filled = Math.min(BAR_WIDTH, Math.round((done / total) * BAR_WIDTH));
    const seconds = Math.round((Date.now() - began) / 1000);
    const text = `[${'█'.repeat(filled)}${'░'.repeat(BAR_WIDTH - filled)}] ${done}/${total} ${seconds}s ${current}`;
    output.write(`\r\u001b[2K${text}`);
  }
  function write(text: string): void {
    output.write(bar && !ended ? `\r\u001b[2K${text}\n` : `${text}\n`);
    draw();
  }

  return {
    chapter: (title) => write(`\n── ${title}`),
    step(title, ...details) {
      done += 1;
      current = '';
      write(`  ${String(done).padStart(String(total).length)}/${total} ${title}`);
      for (const detail of details) write(`         ${detail}`);
    },
    doing(what) {
      current = what;
      draw();
    },
    line: (text = '') => write(text),
    end() {
      if (bar && !ended) output.write('\r\u001b[2K');
      ended = true;
    },
  };
}
