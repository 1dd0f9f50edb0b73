/** Remembers the last answers: the headers of most messages are those of others before. */
export function remembered<K, T extends string | boolean>(read: (of: K) => T): (of: K) => T {
  const known = new Map<K, T>();
  return (of) => {
    let value = known.get(of);
    if (value === undefined) {
      value = read(of);
      if (known.size === answersMax) known.clear();
      known.set(of, value);
    }
    return value;
  };
}

const answersMax = 100;
