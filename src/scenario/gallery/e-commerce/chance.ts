/** A whole number from `least` to `most`. The seed decides, so the same run comes out again. */
export function between(least: number, most: number) {
  return least + Math.floor(Math.random() * (most - least + 1));
}

export function oneOf<T>(list: readonly T[]): T {
  return list[between(0, list.length - 1)];
}
