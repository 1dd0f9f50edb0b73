import { describe, expect, test } from 'vitest';
import { FailureClock, retryAfterMs, svixScheduleMs, waitAfterMs } from '../../../src/brokers/webhooks/schedule';

const hour = 3_600_000;

describe('the schedule of Svix', () => {
  test('makes eight attempts over 27 h 35 min 5 s', () => {
    expect(svixScheduleMs).toHaveLength(8);
    expect(svixScheduleMs.reduce((sum, waitMs) => sum + waitMs, 0)).toBe(27 * hour + 35 * 60_000 + 5_000);
  });

  test.each([
    // attempts made | Retry-After in s | wait in s
    '1 | -      | 5',
    '1 | 3      | 5',
    '1 | 90     | 90',
    '2 | -      | 300',
    '7 | -      | 36000',
    '7 | 50000  | 50000',
    '8 | 50000  | none',
  ])('waits %s', (row) => {
    const [made, after, wait] = row.split('|').map((cell) => cell.trim());
    const asked = after === '-' ? undefined : Number(after) * 1_000;
    expect(waitAfterMs(Number(made), svixScheduleMs, asked)).toBe(wait === 'none' ? undefined : Number(wait) * 1_000);
  });
});

test.each([
  ['120', 120_000],
  [' 0 ', 0],
  ['Thu, 01 Jan 2026 00:00:10 GMT', 10_000],
  ['Wed, 31 Dec 2025 23:59:59 GMT', 0],
  ['-5', undefined],
  ['soon', undefined],
  ['1.5', undefined],
  ['2026-01-01', undefined],
])('reads Retry-After: %s', (value, expected) => {
  expect(retryAfterMs(value, Date.UTC(2026, 0, 1))).toBe(expected);
});

describe('the clock of an endpoint that fails', () => {
  /** Hours of failures (`x`) and successes (`+`); the hour at which it is disabled after five days. */
  test.each([
    ['x0 x12 x131', undefined],
    ['x0 x12 x132', 132],
    ['x0 x6 x12 x131 x140', 140],
    ['x0 x12 +100 x132 x144 x263 x264', 264],
    ['x0 x25 x50 x75 x100 x125 x150 x200', undefined],
    ['x0 x20 x45 x140', 140],
  ])('%s', (events, expected) => {
    const clock = new FailureClock();
    const disabled = events.split(' ').find((event) => {
      const atMs = Number(event.slice(1)) * hour;
      if (event.startsWith('x')) return clock.failed(atMs, 120 * hour);
      clock.succeeded();
      return false;
    });
    expect(disabled && Number(disabled.slice(1))).toBe(expected);
  });
});
