import { type Right } from './role-keys';
import { type Reach, roleBook, roleOf } from './roles';
import type { RoleKey } from './role-keys';

/** A division (辖区) on a certain day. */
export interface DivisionNode {
  readonly code: string;
  readonly name: string;
  readonly level: 'province' | 'city' | 'county';
  readonly parent: string | null;
}

export const LEVELS = ['province', 'city', 'county'] as const;

/** Six-digit admdvs. */
export const DIVISION_CODE = /^[1-9]\d{5}$/;

/** The tree of divisions of one day: who is above whom. */
export class DivisionTree {
  private readonly byCode: ReadonlyMap<string, DivisionNode>;

  constructor(readonly nodes: readonly DivisionNode[]) {
    this.byCode = new Map(nodes.map((node) => [node.code, node]));
  }

  find(code: string): DivisionNode | null {
    return this.byCode.get(code) ?? null;
  }

  /** The division and those above it, nearest first. A broken or circular tree ends the walk. */
  lineOf(code: string): readonly string[] {
    const line: string[] = [];
    for (let node = this.find(code); node && !line.includes(node.code); node = node.parent === null ? null : this.find(node.parent)) {
      line.push(node.code);
    }
    return line;
  }

  parentOf(code: string): string | null {
    return this.lineOf(code)[1] ?? null;
  }

  /** The uppermost division over it; itself when nothing is above it. */
  rootOf(code: string): string {
    return this.lineOf(code).at(-1) ?? code;
  }

  /** Whether `code` is `of` or below it. */
  isWithin(code: string, of: string): boolean {
    return this.lineOf(code).includes(of);
  }

  /** `code` and all divisions below it. */
  below(code: string): readonly string[] {
    return this.nodes.filter((node) => this.isWithin(node.code, code)).map((node) => node.code);
  }

  childrenOf(code: string): readonly DivisionNode[] {
    return this.nodes.filter((node) => node.parent === code);
  }
}

export interface Post {
  readonly role: RoleKey;
  readonly division: string;
}

/** The divisions that a right opens to someone with these posts (数据范围), each once. */
export function scopeOf(right: Right, posts: readonly Post[], tree: DivisionTree): readonly string[] {
  const reach = roleBook.rights.find(({ key }) => key === right)?.reach ?? 'own';
  const homes = posts.filter(({ role }) => roleOf(role).rights.includes(right)).map(({ division }) => division);
  return [...new Set(homes.flatMap((home) => reachFrom(home, reach, tree)))];
}

function reachFrom(home: string, reach: Reach, tree: DivisionTree): readonly string[] {
  if (reach === 'own') return [home];
  const parent = reach === 'parent' ? tree.parentOf(home) : null;
  return [...tree.below(home), ...(parent === null ? [] : [parent])];
}

/** Whether a right reaches a division. */
export function mayIn(right: Right, posts: readonly Post[], division: string, tree: DivisionTree): boolean {
  return scopeOf(right, posts, tree).includes(division);
}
