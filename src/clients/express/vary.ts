/** The header `Vary` with fields added to it that it does not have yet. Package `vary`. */
export function varied(header: string, field: string | readonly string[]): string {
  if (!field) throw new TypeError('field argument is required');
  const fields = typeof field === 'string' ? listOf(field) : field;
  if (!fields.every((name) => /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/.test(name)))
    throw new TypeError('field argument contains an invalid header name');
  if (header === '*') return header;
  const known = listOf(header.toLowerCase());
  if (fields.includes('*') || known.includes('*')) return '*';
  let value = header;
  for (const name of fields) {
    if (known.includes(name.toLowerCase())) continue;
    known.push(name.toLowerCase());
    value = value === '' ? name : `${value}, ${name}`;
  }
  return value;
}

const listOf = (header: string): string[] => header.split(',').map((each) => each.replace(/^ +| +$/g, ''));
