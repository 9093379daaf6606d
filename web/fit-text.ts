/**
 * Shortens text to a width for a drawing, where nothing wraps. Widths are judged by the kind of letter.
 * @param points width that there is; `size` of the type in the same unit
 * @param tail letters of the end that stay, for texts that differ by it
 */
export function fitText(text: string, points: number, size: number, tail = 0): string {
  const letters = [...text];
  if (widthOf(letters, size) <= points) return text;
  const end = letters.slice(letters.length - tail);
  const left = points - widthOf(['…', ...end], size);
  let head = letters.length - tail;
  while (head > 1 && widthOf(letters.slice(0, head), size) > left) head -= 1;
  return `${letters.slice(0, head).join('')}…${end.join('')}`;
}

function widthOf(letters: readonly string[], size: number): number {
  return letters.reduce((sum, letter) => sum + (letter.charCodeAt(0) > 0x2e7f ? size : size * 0.56), 0);
}
