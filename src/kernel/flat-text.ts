/**
 * Texts put together into one piece of memory. What `+` puts together an engine keeps as a tree of its parts, and JSON of an
 * object with such a text in it is written several times as slowly.
 */
export function flatText(...parts: readonly string[]): string {
  return parts.join('');
}
