/**
 * `sort` with a function that compares: which pairs it gets, and in which order, is no engine's choice here. Otherwise a
 * comparison by chance, or one that counts, would come to something else in another engine, or in another version of it.
 *
 * Up to 63 elements it asks as V8 does in Node 20 (`third_party/v8/builtins/array-sort.tq`): the run that the array begins with, then
 * binary insertion. Longer arrays are sorted in pieces, which are merged.
 */
type Compare = (a: unknown, b: unknown) => unknown;
type Sort = (this: unknown, compare?: unknown) => unknown;

/** As long an array is sorted in one piece, and the pieces of a longer one are half as long at least. */
const pieceMax = 63;
const pieceMin = 32;

/** Puts `sort` and `toSorted` of arrays in the engine's place, in the whole realm. */
export function fixSort(): void {
  const { sort, toSorted } = Array.prototype as unknown as { sort: Sort; toSorted: Sort };
  const fixed = {
    sort(this: unknown, compare?: unknown): unknown {
      if (compare === undefined || this === null || this === undefined) return sort.call(this, compare);
      requireComparison(compare);
      return sortInPlace(Object(this) as unknown[], compare);
    },
    toSorted(this: unknown, compare?: unknown): unknown {
      if (compare === undefined || this === null || this === undefined) return toSorted.call(this, compare);
      requireComparison(compare);
      const source = Object(this) as ArrayLike<unknown>;
      return sortInPlace(
        Array.from({ length: source.length }, (_, index) => source[index]),
        compare,
      );
    },
  };
  for (const [name, value] of Object.entries(fixed)) {
    Object.defineProperty(value, 'length', { value: 1 });
    Object.defineProperty(Array.prototype, name, { value, writable: true, configurable: true });
  }
}

function requireComparison(compare: unknown): asserts compare is Compare {
  if (typeof compare === 'function') return;
  throw new TypeError('The comparison function must be either a function or undefined');
}

/** Values in order, then what is undefined, then holes. Untouched when a comparison throws. */
function sortInPlace(target: unknown[], compare: Compare): unknown[] {
  const { length } = target;
  const values: unknown[] = [];
  let present = 0;
  for (let i = 0; i < length; i++) {
    const value = target[i];
    if (value === undefined && !(i in target)) continue;
    present++;
    if (value !== undefined) values.push(value);
  }
  const sorted = sortValues(values, compare);
  for (let i = 0; i < sorted.length; i++) target[i] = sorted[i];
  for (let i = sorted.length; i < present; i++) target[i] = undefined;
  for (let i = present; i < length; i++) Reflect.deleteProperty(target, i);
  return target;
}

function sortValues(values: unknown[], compare: Compare): unknown[] {
  const { length } = values;
  if (length < 2) return values;
  const pieceLength = length <= pieceMax ? length : pieceMin;
  let starts: number[] = [];
  for (let from = 0; from < length;) {
    starts.push(from);
    const run = beginningRun(values, from, compare);
    const to = Math.max(run, Math.min(from + pieceLength, length));
    insertOneByOne(values, { from, sortedTo: run, to }, compare);
    from = to;
  }
  let [source, target] = [values, values];
  while (starts.length > 1) {
    if (target === source) target = new Array<unknown>(length);
    const merged: number[] = [];
    for (let i = 0; i < starts.length; i += 2) {
      const [from = 0, middle = length, to = length] = starts.slice(i, i + 3);
      merge({ source, target }, [from, middle, to], compare);
      merged.push(from);
    }
    starts = merged;
    [source, target] = [target, source];
  }
  return source;
}

/** Where the run ends with which the piece begins. One that strictly descends is turned round. */
function beginningRun(values: unknown[], from: number, compare: Compare): number {
  if (from + 1 === values.length) return values.length;
  const descends = Number(compare(values[from + 1], values[from])) < 0;
  let to = from + 2;
  while (to < values.length && Number(compare(values[to], values[to - 1])) < 0 === descends) to++;
  if (descends) for (let i = from, j = to - 1; i < j; i++, j--) [values[i], values[j]] = [values[j], values[i]];
  return to;
}

function insertOneByOne(
  values: unknown[],
  { from, sortedTo, to }: { readonly from: number; readonly sortedTo: number; readonly to: number },
  compare: Compare,
): void {
  for (let i = sortedTo; i < to; i++) {
    const value = values[i];
    let left = from;
    let right = i;
    while (left < right) {
      const middle = (left + right) >> 1;
      if (Number(compare(value, values[middle])) < 0) right = middle;
      else left = middle + 1;
    }
    // Several times as fast as `copyWithin`.
    for (let j = i; j > left; j--) values[j] = values[j - 1];
    values[left] = value;
  }
}

function merge(
  { source, target }: { readonly source: readonly unknown[]; readonly target: unknown[] },
  [from, middle, to]: readonly [from: number, middle: number, to: number],
  compare: Compare,
): void {
  let left = from;
  let right = middle;
  for (let i = from; i < to; i++) {
    const takesRight = left >= middle || (right < to && Number(compare(source[right], source[left])) < 0);
    target[i] = takesRight ? source[right++] : source[left++];
  }
}
