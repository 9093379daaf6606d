/** One thing that the story promised and what was found. */
export interface Check {
  readonly about: string;
  readonly what: string;
  readonly expected: string;
  readonly found: string;
}

export interface Checks {
  /** Notes a check; both sides are compared as text. */
  equal(about: string, what: string, expected: string | number, found: string | number | null | undefined): void;
  readonly failed: readonly Check[];
  readonly all: readonly Check[];
  /** The table at the end: one line a subject, each failed check in full. */
  table(): string[];
}

export function openChecks(): Checks {
  const all: Check[] = [];
  const isWrong = (check: Check): boolean => check.expected !== check.found;
  return {
    equal(about, what, expected, found) {
      all.push({ about, what, expected: String(expected), found: String(found) });
    },
    get all() {
      return all;
    },
    get failed() {
      return all.filter(isWrong);
    },
    table() {
      const subjects = [...new Set(all.map((check) => check.about))];
      return subjects.flatMap((about) => {
        const checks = all.filter((check) => check.about === about);
        const wrong = checks.filter(isWrong);
        const mark = wrong.length === 0 ? '✓' : '✗';
        return [
          `  ${mark} ${about}：${checks.length - wrong.length}/${checks.length} 项相符`,
          ...wrong.map((check) => `      ${check.what}：应为 ${check.expected}，实为 ${check.found}`),
        ];
      });
    },
  };
}
