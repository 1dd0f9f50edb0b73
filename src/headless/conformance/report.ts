import type { Verdict } from './replay';

interface Row {
  passed: number;
  failed: number;
  missing: number;
}

/** The report: a line per failure comes as it happens; then the table, what is missing, and the sum as the last line. */
export function summaryOf(verdicts: readonly Verdict[]): string {
  const rows = new Map<string, Row>();
  const absent = new Map<string, number>();
  for (const verdict of verdicts) {
    const row = rows.get(verdict.area) ?? { passed: 0, failed: 0, missing: 0 };
    rows.set(verdict.area, row);
    if (verdict.type !== 'missing') {
      row[verdict.type] += 1;
      continue;
    }
    row.missing += verdict.count;
    for (const what of verdict.what) absent.set(what, (absent.get(what) ?? 0) + verdict.count);
  }
  const total = (column: keyof Row): number => [...rows.values()].reduce((sum, row) => sum + row[column], 0);
  const missing = [...absent].map(([what, count]) => `missing: ${what} (needed by ${count})`);
  return [
    tableOf(rows),
    '',
    ...missing,
    ...(missing.length > 0 ? [''] : []),
    `${total('passed')} passed, ${total('failed')} failed`,
  ].join('\n');
}

function tableOf(rows: ReadonlyMap<string, Row>): string {
  const columns = ['passed', 'failed', 'missing'] as const;
  const width = Math.max('area'.length, ...[...rows.keys()].map(({ length }) => length));
  const line = (name: string, cells: readonly (string | number)[]): string => {
    return [name.padEnd(width), ...cells.map((cell) => String(cell).padStart(8))].join('');
  };
  const body = [...rows].map(([area, row]) =>
    line(
      area,
      columns.map((column) => row[column]),
    ),
  );
  return [line('area', columns), ...body].join('\n');
}
