/** Plain data as rows of name and value: nested names are joined with dots, what is undefined is left out. */
export interface FieldRow {
  readonly name: string;
  readonly value: string;
  readonly where?: string | undefined;
}

const valueCharsMax = 2_000;

export function fieldsOf(value: object, leaveOut: readonly string[] = []): FieldRow[] {
  const rows: FieldRow[] = [];
  for (const [name, one] of Object.entries(value) as [string, unknown][]) {
    if (leaveOut.includes(name) || one === undefined) continue;
    if (isPlain(one)) rows.push(...fieldsOf(one).map((row) => ({ ...row, name: `${name}.${row.name}` })));
    else rows.push({ name, value: textOf(one), where: name === 'where' ? textOf(one) : undefined });
  }
  return rows;
}

function isPlain(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function textOf(value: unknown): string {
  if (value === '') return "''";
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text.length > valueCharsMax ? `${text.slice(0, valueCharsMax)}…` : text;
}
