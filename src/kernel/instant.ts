/**
 * Instants and spans are whole microseconds: what is left beyond them comes from adding binary fractions and says nothing
 * (12.4 + 0.08 is 12.480000000000002).
 */
export function wholeMicroseconds(ms: number): number {
  return Number.isInteger(ms) ? ms : Math.round(ms * 1_000) / 1_000;
}
