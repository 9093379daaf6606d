/** What stands on the screen before a signature: the case as the API shows it to this person, masked where it masks. */
export function caseLines(view: Readonly<Record<string, unknown>>): string[] {
  const form = (view['form'] ?? {}) as Readonly<Record<string, unknown>>;
  return [
    `办件：${text(view['caseNo'])}　${text(view['zh'])}　${text(view['divisionName'])}`,
    `标题：${text(view['title'])}`,
    `状态：${text(view['statusName'])}　第 ${text(view['round'])} 轮${view['amountText'] ? `　金额：${text(view['amountText'])}` : ''}`,
    ...Object.entries(form).map(([name, value]) => `  ${name}：${text(value)}`),
    `内容摘要：${text(view['seenHash'])}`,
  ];
}

/** One line, without marks that would move the cursor or hide text. */
function text(value: unknown): string {
  const plain = typeof value === 'string' ? value : value === undefined || value === null ? '' : JSON.stringify(value);
  return plain.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, ' ');
}
