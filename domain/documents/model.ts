import type { FundKey } from '../clearing/funds';
import type { Fen } from '../money';
import type { Head } from '../sheet/model';
import type { DocumentKind } from './kinds';

/** A printed document as data: HTML and PDF print exactly this, and neither computes anything. */
export interface DocumentModel extends DocumentBody {
  readonly kind: DocumentKind;
  /** Null for a draft, which is not issued. */
  readonly number: string | null;
  /** Short marks beside the title: 预览, 第 2 次打印. */
  readonly marks: readonly string[];
  /** Printed large across every page. */
  readonly stamp: string | null;
  /** One sentence about the stamp. */
  readonly stampNote: string | null;
  /** Hash of the frozen data and what the QR code says; null for a draft. */
  readonly proof: { readonly hash: string; readonly qr: string } | null;
  readonly foot: { readonly printedAt: string; readonly printedBy: string; readonly print: string };
}

/** What a form makes of its frozen data. */
export interface DocumentBody {
  /** Office whose document it is, by name. */
  readonly office: string;
  readonly title: string;
  readonly heads: readonly Head[];
  readonly sections: readonly Section[];
  /** The fund that every amount on it belongs to; null where it has no money of a fund. */
  readonly fund: FundKey | null;
  readonly total: Total | null;
  /** How many items its rows count, with their word: `1,204 人次`. */
  readonly count: string | null;
  readonly notes: readonly string[];
  readonly signatures: readonly Signature[];
  /** Places for seals: 单位公章. */
  readonly seals: readonly string[];
  /** Names of the copies (联) when it is printed more than once: each begins on a page of its own. */
  readonly copies: readonly string[];
}

export interface Section {
  readonly title: string | null;
  readonly columns: readonly DocumentColumn[];
  readonly rows: readonly DocumentRow[];
  /** Said instead of rows where there are none. */
  readonly none: string;
}

export interface DocumentColumn {
  readonly zh: string;
  readonly align: 'left' | 'right' | 'center';
  /** Share of the width that the columns divide among them. */
  readonly weight: number;
}

export interface DocumentRow {
  readonly cells: readonly string[];
  /** `sum` adds up rows above it, `part` is a part of the row above. */
  readonly level: 'plain' | 'part' | 'sum';
}

export interface Total {
  readonly label: string;
  readonly amount: Fen;
  /** 大写 */
  readonly words: string;
}

/** A place to sign: who signed in the system and when, and room for a hand. */
export interface Signature {
  readonly label: string;
  readonly name: string | null;
  /** yyyy-MM-dd HH:mm:ss */
  readonly at: string | null;
}
