/**
 * What a call asks for, without what differs from one to the next: `POST /orders/:id`. The log does not know the patterns of the
 * callee's router; a part of the path that looks like an id stands as `:id`, the query is left out.
 */
export function routeOf(method: string, path: string): string {
  const bare = path.replace(/[?#].*$/s, '');
  const parts = bare.split('/').map((part) => (looksLikeId(part) ? ':id' : part));
  return `${method} ${parts.join('/')}`;
}

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** A number, a UUID, or a word with a number after it (`o-17`, `ord_8f3a1`); not a version such as `v1`. */
function looksLikeId(part: string): boolean {
  if (/^\d+$/.test(part) || uuid.test(part)) return true;
  if (/^v\d+$/i.test(part)) return false;
  return /^[a-z]*[-_.]?\d[\w-]*$/i.test(part) || (/\d/.test(part) && /^[0-9a-f]{8,}$/i.test(part));
}
