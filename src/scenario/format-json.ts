/**
 * JSON as people write it: what fits stands on one line, what does not is broken, one item a line. The outermost value
 * is always broken, so that a document looks like one.
 */
export function formatJson(value: unknown): string {
  return broken(value, '') + '\n';
}

const lineCharsMax = 80;

/** `used`: characters that stand on the line already, and the comma behind. */
function formatted(value: unknown, indent: string, used: number): string {
  const line = onOneLine(value);
  return indent.length + used + line.length <= lineCharsMax ? line : broken(value, indent);
}

function broken(value: unknown, indent: string): string {
  const inner = `${indent}  `;
  if (Array.isArray(value) && value.length > 0) {
    const items = value.map((each) => inner + formatted(each, inner, 1));
    return `[\n${items.join(',\n')}\n${indent}]`;
  }
  if (isObject(value) && keysOf(value).length > 0) {
    const members = keysOf(value).map((key) => {
      const name = `${JSON.stringify(key)}: `;
      return inner + name + formatted(value[key], inner, name.length + 1);
    });
    return `{\n${members.join(',\n')}\n${indent}}`;
  }
  return onOneLine(value);
}

function onOneLine(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(onOneLine).join(', ')}]`;
  if (!isObject(value)) return JSON.stringify(value ?? null);
  const members = keysOf(value).map((key) => `${JSON.stringify(key)}: ${onOneLine(value[key])}`);
  return members.length === 0 ? '{}' : `{ ${members.join(', ')} }`;
}

/** As `JSON.stringify`: what is undefined is absent. */
function keysOf(value: Readonly<Record<string, unknown>>): string[] {
  return Object.keys(value).filter((key) => value[key] !== undefined);
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
