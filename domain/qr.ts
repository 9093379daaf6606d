import createQr from 'qrcode-generator';

/** The dark and light squares of a QR code; true is dark. */
export type QrSquares = readonly (readonly boolean[])[];

/** Squares of a QR code of ASCII text, level M, as small as the text allows. Throws Error for more than it can hold. */
export function qrSquares(text: string): QrSquares {
  const code = createQr(0, 'M');
  code.addData(text);
  code.make();
  const size = code.getModuleCount();
  return Array.from({ length: size }, (_row, row) => Array.from({ length: size }, (_column, column) => code.isDark(row, column)));
}

/** The same as one SVG path over a square of `squares.length` units. */
export function qrPath(squares: QrSquares): string {
  return squares.flatMap((row, y) => row.map((dark, x) => (dark ? `M${x} ${y}h1v1h-1z` : ''))).join('');
}
