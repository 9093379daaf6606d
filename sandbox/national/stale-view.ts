import type { Books, Db } from './store';

/** A query replica that lags behind (查询库延迟): some queries see the books as they stood when `pin` was called. */
export class StaleView {
  private view: Db | null = null;
  private left = 0;

  constructor(private readonly books: Books) {}

  /** Keeps the books as they stand now; the next `reads` queries see them so. */
  pin(reads: number): void {
    this.drop();
    this.view = this.books.snapshot();
    this.left = reads;
  }

  /** What a query sees. `stale`: a fault asks for the old view at this very query. */
  take(stale: boolean): Db {
    if (!this.view || !(stale || this.left > 0)) return this.books.db;
    if (!stale) this.left -= 1;
    return this.view;
  }

  drop(): void {
    this.view?.close();
    this.view = null;
    this.left = 0;
  }
}
