/** A row of `x-death`: how often a message died in a queue for one reason. */
export interface Death {
  readonly count: number;
  readonly reason: string;
  readonly queue: string;
  /** Milliseconds since 1970 of the first time; undefined when the header does not say. */
  readonly firstAtMs: number | undefined;
  readonly exchange: string;
  readonly keys: readonly string[];
}

/** Reads the header as the broker writes it, or as a program passed it on; what is no such row is left out. */
export function deathsOf(header: unknown): Death[] {
  if (!Array.isArray(header)) return [];
  return header.flatMap((row: unknown): Death[] => {
    if (typeof row !== 'object' || row === null) return [];
    const { count, reason, queue, time, exchange, 'routing-keys': keys } = row as Readonly<Record<string, unknown>>;
    if (typeof reason !== 'string' || typeof queue !== 'string') return [];
    const seconds = Number(time);
    return [
      {
        count: Number(count ?? 1),
        reason,
        queue,
        firstAtMs: time === undefined || Number.isNaN(seconds) ? undefined : seconds * 1_000,
        exchange: typeof exchange === 'string' ? exchange : '',
        keys: Array.isArray(keys) ? keys.map(String) : [],
      },
    ];
  });
}
