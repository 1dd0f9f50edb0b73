import { deflateRawSync } from 'node:zlib';
import fc from 'fast-check';
import { expect, test, vi } from 'vitest';
import { fromBase64url, toBase64url } from '../../src/scenario/base64url';
import { formatFragment, parseFragment } from '../../src/scenario/fragment';
import { decodeLink, encodeLink, jsonBytesMax, LinkTooLarge } from '../../src/scenario/link';
import { parseScenario } from '../../src/scenario/parse';
import type { Scenario } from '../../src/scenario/scenario';
import { scenarios } from './arbitraries';

// Properties open hundreds of links, and a busy machine opens them slowly.
vi.setConfig({ testTimeout: 60_000 });

function scenarioOf(value: unknown): Scenario {
  const parsed = parseScenario(value);
  if (parsed.type !== 'scenario') throw new Error(JSON.stringify(parsed));
  return parsed.scenario;
}

const shop = scenarioOf({
  title: 'Магазин',
  seed: 7,
  processes: [{ name: 'shop', file: 'shop.ts', replicas: 2 }],
  interventions: [{ type: 'message.publish', atMs: 1_500, broker: 'shop', event: 'order.created', data: { id: 1 } }],
  files: { 'shop.ts': "import { eventBus } from 'eventarium';\nconst bus = eventBus('shop');\n" },
  note: 'Look at 1.5 s',
});

function crc(bytes: Uint8Array): number {
  const table = Array.from({ length: 256 }, (_, n) => {
    let value = n;
    for (let bit = 0; bit < 8; bit += 1) value = value & 1 ? 0xedb88320 ^ (value >>> 1) : value >>> 1;
    return value >>> 0;
  });
  return ~bytes.reduce((value, byte) => table[(value ^ byte) & 255]! ^ (value >>> 8), -1) >>> 0;
}

/** A version 1 link around any bytes. */
function linkAround(body: Uint8Array): string {
  const payload = new Uint8Array(7 + body.length);
  const header = new DataView(payload.buffer);
  header.setUint32(0, body.length << 8);
  header.setUint32(3, crc(body));
  payload.set(body, 7);
  return `1.${toBase64url(payload)}`;
}

test('opens what it made to an equal scenario', async () => {
  await fc.assert(
    fc.asyncProperty(scenarios, async (scenario) => {
      const opened = await decodeLink(await encodeLink(scenario));
      expect(opened).toMatchObject({ type: 'scenario', scenario });
    }),
  );
});

test('opens links of version 1 forever', async () => {
  const link =
    '1.AADr0yPabUWOQWrDMBREryJm4xSEiQuhoNBN1-0Jmi5k-6cRsSWh_x0oxjfpIQJdtJveQUcqSkm7nGHmzcwQJwPBIL_nc_7I5_yZv_I3NJioh7nTiCl0xEwM8zzD27HE-RAiNPZuuKpaGBqJ4uA6yzC3y4uG80LpRF5c8L99eYulMRKzfaU6Tu3g-AANK08M02zWa402hSOl_xkqCBiE1FOqu0RWqIdGb8XCzHA9TLOUwXKIi3W9ZODGGJKoWV0oDxOrRe1TGFV1MWxy01htd74LnkW1E6v7v-iqKpzqZrvzWDR8kHL-MYSjsqKaeqMYyw8';
  expect(await decodeLink(link)).toEqual({ type: 'scenario', scenario: shop, warnings: [] });
  expect(await decodeLink(`#${link}`)).toMatchObject({ type: 'scenario' });
});

test('opens a link that was broken into lines or got something glued to its end', async () => {
  const link = await encodeLink(shop);
  const opened = { type: 'scenario', scenario: shop, warnings: [] };
  expect(await decodeLink(`${link.slice(0, 40)}\r\n ${link.slice(40)}`)).toEqual(opened);
  for (const glued of ['.', ')', '>', '…', 'AAAA']) expect(await decodeLink(link + glued), glued).toEqual(opened);
});

test('tells a link that was cut off from one that was damaged', async () => {
  const link = await encodeLink(shop);
  const chars = link.length - 2;
  expect(await decodeLink(link.slice(0, -1))).toEqual({ type: 'truncated', has: chars - 1, expected: chars });
  expect(await decodeLink(link.slice(0, 60))).toEqual({ type: 'truncated', has: 58, expected: chars });
  expect(await decodeLink(link.slice(0, 5))).toEqual({ type: 'truncated', has: 3, expected: undefined });
  const swapped = link.slice(0, 50) + (link[50] === 'A' ? 'B' : 'A') + link.slice(51);
  expect(await decodeLink(swapped)).toEqual({ type: 'corrupt' });
});

test.each(['', '#', 'e-commerce', '#top', '1', '.', '1,AAAA', '0.AAAA', 'x1.AAAA'])('"%s" is no link', async (text) => {
  expect(await decodeLink(text)).toEqual({ type: 'not-a-link' });
});

test('says that a link needs a newer version', async () => {
  expect(await decodeLink('2.whatever')).toEqual({ type: 'too-new', version: 2 });
  expect(await decodeLink('317.')).toEqual({ type: 'too-new', version: 317 });
});

test('says what is wrong with the scenario in a link', async () => {
  const json = JSON.stringify({ title: 'x', processes: [{ name: 'a', file: 'a.js' }], files: {} });
  expect(await decodeLink(linkAround(deflateRawSync(json)))).toEqual({
    type: 'invalid-scenario',
    problems: [{ type: 'unknown-file', path: 'processes[0].file', file: 'a.js' }],
  });
});

test('takes what is no text, no JSON or no deflate for corrupt', async () => {
  for (const body of [
    deflateRawSync(Buffer.from([0xff, 0xfe])),
    deflateRawSync('{'),
    Buffer.from('hello'),
    Buffer.alloc(0),
  ])
    expect(await decodeLink(linkAround(body))).toEqual({ type: 'corrupt' });
  const cut = deflateRawSync(JSON.stringify({ title: 'x'.repeat(500) + String(Math.PI) })).subarray(0, -3);
  expect(await decodeLink(linkAround(cut))).toEqual({ type: 'corrupt' });
});

test('stops inflating a bomb at the cap', async () => {
  const bomb = linkAround(deflateRawSync(Buffer.alloc(100_000_000)));
  expect(bomb.length).toBeLessThan(200_000);
  expect(await decodeLink(bomb)).toEqual({ type: 'too-large', bytesMax: jsonBytesMax });
  expect(await decodeLink(`1.${'A'.repeat(6_000_001)}`)).toMatchObject({ type: 'too-large' });
});

test('makes no link that could not be opened', async () => {
  await expect(encodeLink({ ...shop, files: {} })).rejects.toThrow('processes[0].file names shop.ts');
  const escaped = Object.fromEntries(['a.js', 'b.js', 'shop.ts'].map((name) => [name, '\u0001'.repeat(900_000)]));
  await expect(encodeLink({ ...shop, files: escaped })).rejects.toThrow(LinkTooLarge);
});

test('any changed or missing character gives a problem or the same scenario', async () => {
  const link = await encodeLink(shop);
  const char = fc.oneof(
    fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }),
    fc.constantFrom('A', 'z', '0', '9', '-', '_', '.', '=', '&', '#', '%', ' '),
  );
  await fc.assert(
    fc.asyncProperty(
      fc.nat(link.length - 1),
      char,
      fc.constantFrom('change', 'drop', 'insert', 'cut'),
      async (at, other, how) => {
        const rest = how === 'insert' ? link.slice(at) : how === 'cut' ? '' : link.slice(at + 1);
        const changed = link.slice(0, at) + (how === 'change' || how === 'insert' ? other : '') + rest;
        const opened = await decodeLink(changed);
        if (opened.type === 'scenario') expect(opened.scenario).toEqual(shop);
      },
    ),
    { numRuns: 600 },
  );
});

test('any text is answered without an exception', async () => {
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 200 }), fc.string(), async (bytes, text) => {
      expect((await decodeLink(text)).type).not.toBe('scenario');
      expect((await decodeLink(`1.${toBase64url(bytes)}`)).type).not.toBe('scenario');
      expect((await decodeLink(linkAround(bytes))).type).not.toBe('scenario');
    }),
  );
});

test('writes bytes as base64url', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 50 }), (bytes) => {
      expect(toBase64url(bytes)).toBe(Buffer.from(bytes).toString('base64url'));
      expect(fromBase64url(toBase64url(bytes))).toEqual(bytes);
    }),
  );
});

test('a fragment says what is opened and how it is looked at', () => {
  expect(parseFragment('#1.Ab-c&at=12480&view=sagas')).toEqual({
    opened: '1.Ab-c',
    view: { atMs: 12_480, name: 'sagas' },
  });
  expect(parseFragment('#e-commerce&log=process%3Aemail%231%20no&console=stream%3Astderr').view).toEqual({
    log: 'process:email#1 no',
    console: 'stream:stderr',
  });
  expect(parseFragment('#e-commerce')).toEqual({ opened: 'e-commerce', view: {} });
  expect(parseFragment('')).toEqual({ opened: '', view: {} });
  expect(parseFragment('#1.Ab&at=soon&speed=3&%E0%A4%A')).toEqual({ opened: '1.Ab', view: {} });
  expect(formatFragment({ opened: '1.Ab-c', view: { atMs: 12_480.5 } })).toBe('#1.Ab-c&at=12480.5');
  expect(formatFragment({ opened: '', view: {} })).toBe('');
});

test('a fragment comes back as it was', () => {
  const someText = fc.string({ minLength: 1 });
  fc.assert(
    fc.property(fc.string(), fc.nat(), someText, someText, someText, (opened, atMs, name, log, printed) => {
      const fragment = { opened, view: { atMs, name, log, console: printed } };
      expect(parseFragment(formatFragment(fragment))).toEqual(fragment);
    }),
  );
});
