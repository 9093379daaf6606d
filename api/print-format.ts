import type { Request } from 'express';
import type { Reply } from './route';

/** `?format=` decides, else Accept, else the page. */
export function printFormat(request: Request, format: 'html' | 'pdf' | undefined): 'html' | 'pdf' {
  if (format !== undefined) return format;
  return request.accepts(['text/html', 'application/pdf']) === 'application/pdf' ? 'pdf' : 'html';
}

export interface Printable {
  page(): string;
  pdf(): Promise<Buffer>;
  /** Name of the file without its ending. */
  readonly name: string;
}

/** A printed thing as an answer, in the form asked for. */
export async function printReply(format: 'html' | 'pdf', { page, pdf, name }: Printable, status = 200): Promise<Reply> {
  if (format === 'html') return { status, type: 'html', body: page(), headers: { Vary: 'Accept' } };
  const file = name.replace(/[^A-Za-z0-9_-]/g, '_');
  return { status, type: 'pdf', body: await pdf(), headers: { Vary: 'Accept', 'Content-Disposition': `inline; filename="${file}.pdf"` } };
}
