import { expect, it } from 'vitest';
import { eventDataOf, eventDataOfAscii } from '../../../src/clients/amqplib/event-data';
import { payloadDepthMax } from '../../../src/log/plain';

const dataOf = (text: string): unknown => eventDataOf(new TextEncoder().encode(text));
const nested = (levels: number): string => '['.repeat(levels) + ']'.repeat(levels);

it('shows JSON as data, other text as text and other bytes by their number', () => {
  const long = { customer: 'Олена', items: [{ sku: 'tea', quantity: 2 }], note: 'x'.repeat(100) };
  expect(dataOf(JSON.stringify(long))).toEqual(long);
  expect(dataOf('{"n":1}')).toEqual({ n: 1 });
  expect(dataOf('-1.5')).toBe(-1.5);
  expect(dataOf('order {"n":1}')).toBe('order {"n":1}');
  expect(dataOf('{"n":')).toBe('{"n":');
  expect(dataOf('')).toBe('');
  expect(eventDataOf(Uint8Array.of(0x7b, 0xff))).toEqual({ bytes: 2 });
  expect(dataOf('x'.repeat(100_001))).toEqual({ bytes: 100_001 });
});

it('leaves JSON that is nested deeper than a payload may be as text', () => {
  const deepest = nested(payloadDepthMax + 1);
  expect(JSON.stringify(dataOf(deepest))).toBe(deepest);
  const deeper = nested(payloadDepthMax + 2);
  expect(dataOf(deeper)).toBe(deeper);
  expect(eventDataOfAscii(nested(40_000))).toBe(nested(40_000));
});
