/**
 * Comma-separated values by RFC 4180, for spreadsheets: they would read a cell that begins with one of these as a formula,
 * and what is exported may be a stranger's, so such a text gets an apostrophe in front. NDJSON is for programs and is exact.
 */
export type Cell = string | number | undefined;

const formula = /^[=+\-@＝＋－＠\t\r\n]/;

/** The marker by which spreadsheets know UTF-8. */
export const byteOrderMark = '\ufeff';

export function csvLine(cells: readonly Cell[]): string {
  return `${cells.map(csvCell).join(',')}\r\n`;
}

function csvCell(cell: Cell): string {
  if (typeof cell !== 'string') return cell === undefined ? '' : String(cell);
  const safe = formula.test(cell) ? `'${cell}` : cell;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
