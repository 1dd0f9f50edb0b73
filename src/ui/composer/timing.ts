import type { Exchange } from '../../projections/exchange';

export interface Timing {
  readonly parts: readonly { readonly what: 'there' | 'handler' | 'back'; readonly ms: number }[];
  readonly totalMs: number;
}

/** Where the time went: the link there, the handler, the link back. Undefined before the answer is there. */
export function timingOf({ requested, received, answered, completed }: Exchange): Timing | undefined {
  if (requested === undefined || received === undefined || answered === undefined || completed === undefined)
    return undefined;
  const parts = [
    { what: 'there', ms: received.atMs - requested.atMs },
    { what: 'handler', ms: answered.atMs - received.atMs },
    { what: 'back', ms: completed.atMs - answered.atMs },
  ] as const;
  return { parts, totalMs: completed.atMs - requested.atMs };
}
