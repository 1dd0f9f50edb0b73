import type { Request } from './shapes';

/** Whether the answer under way is what the client has already, by its ETag or else its date. Package `fresh`. */
export function isFresh(request: Request): boolean {
  const { method, res } = request;
  const isSafe = method === 'GET' || method === 'HEAD';
  const isGood = (res.statusCode >= 200 && res.statusCode < 300) || res.statusCode === 304;
  if (!isSafe || !isGood || /(?:^|,)\s*no-cache\s*(?:,|$)/.test(request.get('cache-control') ?? '')) return false;
  const tags = request.get('if-none-match');
  if (tags !== undefined && tags !== '') {
    const own = res.get('ETag') as string | undefined;
    if (tags === '*') return true;
    return own !== undefined && tags.split(',').some((tag) => opaque(tag.trim()) === opaque(own));
  }
  const since = Date.parse(request.get('if-modified-since') ?? '');
  return Date.parse(String(res.get('Last-Modified'))) <= since;
}

const opaque = (tag: string): string => tag.replace(/^W\//, '');

export interface Ranges extends Array<{ start: number; end: number }> {
  type: string;
}

/**
 * The parts of `size` bytes that a header asks for: -1 when there are none such, -2 when it is malformed. With `combine` those that
 * touch are one. Package `range-parser`.
 */
export function rangesOf(size: number, header: string, { combine = false } = {}): Ranges | -1 | -2 {
  const at = header.indexOf('=');
  if (at < 0) return -2;
  const ranges: { start: number; end: number }[] = [];
  for (const part of header.slice(at + 1).split(',')) {
    const [, first, last] = /^\s*(\d*)\s*-\s*(\d*)\s*$/.exec(part) ?? [];
    if (first === undefined || last === undefined || first + last === '') return -2;
    const start = first === '' ? size - Number(last) : Number(first);
    const end = first === '' || last === '' ? size - 1 : Math.min(Number(last), size - 1);
    if (start <= end && start >= 0) ranges.push({ start, end });
  }
  if (ranges.length === 0) return -1;
  return Object.assign(combine ? combined(ranges) : ranges, { type: header.slice(0, at) });
}

/** In the order of their first mention. */
function combined(ranges: readonly { start: number; end: number }[]): { start: number; end: number }[] {
  const joined: { start: number; end: number; index: number }[] = [];
  const ordered = ranges.map((range, index) => ({ ...range, index })).sort((one, other) => one.start - other.start);
  for (const range of ordered) {
    const last = joined.at(-1);
    if (last === undefined || range.start > last.end + 1) joined.push(range);
    else if (range.end > last.end) {
      last.end = range.end;
      last.index = Math.min(last.index, range.index);
    }
  }
  return joined.sort((one, other) => one.index - other.index).map(({ start, end }) => ({ start, end }));
}
