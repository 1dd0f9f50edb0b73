/** A value on a line, cut where it is long. */
export function shortJson(value: unknown, charsMax = 160): string {
  const text = JSON.stringify(value);
  return text.length > charsMax ? `${text.slice(0, charsMax - 1)}…` : text;
}
