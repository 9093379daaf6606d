import type { Logger } from '../runtime/logger';
import type { CommandDesk } from './commands';

const SWEEP_EVERY_MS = 2_000;
const AT_ONCE = 50;
/** Without a sweep for so long the process counts as not ready, ms. */
const STALE_MS = 15_000;

/** Unfinished uploads are looked for so often, and are left behind when nothing was written for so long: no request lasts that long, ms. */
const UPLOADS_EVERY_MS = 600_000;
const UPLOAD_LEFT_MS = 3_600_000;

/**
 * Delivers what was accepted and not answered: at the start, and every two seconds. Several API processes may sweep the
 * same database; a command belongs to whoever wins its lease. Now and then, and at the start, it clears away uploads that
 * broke off.
 */
export class Sweeper {
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<void> = Promise.resolve();
  private lastSweepAt = 0;
  private lastUploadsAt = 0;

  constructor(
    private readonly commands: CommandDesk,
    private readonly logger: Logger,
    private readonly everyMs: number = SWEEP_EVERY_MS,
    private readonly uploads: { sweep(ageMs: number): Promise<number> } | null = null,
  ) {}

  async start(): Promise<void> {
    await this.sweep();
    this.schedule();
  }

  async stop(): Promise<void> {
    clearTimeout(this.timer);
    this.timer = undefined;
    await this.running;
  }

  isHealthy(): boolean {
    return Date.now() - this.lastSweepAt < STALE_MS;
  }

  private schedule(): void {
    this.timer = setTimeout(() => {
      this.running = this.sweep().then(() => {
        if (this.timer) this.schedule();
      });
    }, this.everyMs);
    this.timer.unref();
  }

  private async sweep(): Promise<void> {
    try {
      await this.commands.renewLeases();
      const taken = await this.commands.takeOver(AT_ONCE);
      if (taken > 0) this.logger.info({ taken }, '重新投递未完成的业务');
      this.lastSweepAt = Date.now();
      await this.sweepUploads();
    } catch (error) {
      this.logger.warn({ err: error }, '清扫失败, 稍后再试');
    }
  }

  private async sweepUploads(): Promise<void> {
    if (!this.uploads || Date.now() - this.lastUploadsAt < UPLOADS_EVERY_MS) return;
    this.lastUploadsAt = Date.now();
    const removed = await this.uploads.sweep(UPLOAD_LEFT_MS);
    if (removed > 0) this.logger.info({ removed }, '清除中断的上传');
  }
}
