import { assert } from '../kernel/assert';
import { base64urlChars, fromBase64url, toBase64url } from './base64url';
import { deflate, inflate } from './deflate';
import { checkScenario, parseScenario } from './parse';
import { describeProblem, type Problem } from './problem';
import type { Scenario } from './scenario';
import { serializeScenario } from './serialize';

/**
 * A scenario in the fragment of an address: `1.` and a payload of base64url.
 *
 * Version 1: three bytes with the length of what follows the header, four bytes with its CRC-32, and then the
 * scenario's JSON in raw deflate; numbers big-endian. The length tells a link that was cut off from one that was
 * damaged, and lets what a chat tool glued to the end be ignored.
 *
 * Invariants
 * 1. What `encodeLink` makes, `decodeLink` opens to an equal scenario, in every later version too.
 * 2. `decodeLink` never throws, and inflates no more than `jsonBytesMax` and a little.
 */
export type OpenedLink =
  | { readonly type: 'scenario'; readonly scenario: Scenario; readonly warnings: readonly Problem[] }
  | LinkProblem;

export type LinkProblem =
  | { readonly type: 'not-a-link' }
  /** Characters of the payload; `expected` is unknown when not even the beginning is whole. */
  | { readonly type: 'truncated'; readonly has: number; readonly expected: number | undefined }
  | { readonly type: 'corrupt' }
  | { readonly type: 'too-new'; readonly version: number }
  | { readonly type: 'too-large'; readonly bytesMax: number }
  | { readonly type: 'invalid-scenario'; readonly problems: readonly Problem[] };

/** The scenario's JSON in UTF-8: what a link may inflate to. */
export const jsonBytesMax = 4_000_000;
/** Longer addresses are cut or refused by some chat tools and mail programs: offer a file beside the link. */
export const handyLinkChars = 2_000;

const version = 1;
const headerBytes = 7;
const payloadCharsMax = 6_000_000;

/**
 * The link's text, `1.…`, to stand behind the `#`. Rejects for a scenario that could not be opened again: ask
 * `checkScenario` before, and `LinkTooLarge` is left for one with more than `jsonBytesMax` of text.
 */
export async function encodeLink(scenario: Scenario): Promise<string> {
  const problems = checkScenario(scenario);
  assert(
    problems.length === 0,
    `a link is made of a scenario that can be opened: ${problems.map(describeProblem).join('; ')}`,
  );
  const json = new TextEncoder().encode(JSON.stringify(serializeScenario(scenario)));
  if (json.length > jsonBytesMax)
    throw new LinkTooLarge(`The scenario takes ${json.length} bytes, a link holds ${jsonBytesMax}`);
  const body = await deflate(json);
  const payload = new Uint8Array(headerBytes + body.length);
  const header = new DataView(payload.buffer);
  // The length's four bytes overlap with the checksum by one, which is written afterwards.
  header.setUint32(0, body.length << 8);
  header.setUint32(3, crc32(body));
  payload.set(body, headerBytes);
  return `${version}.${toBase64url(payload)}`;
}

export class LinkTooLarge extends Error {
  override readonly name = 'LinkTooLarge';
}

/** The scenario in a link's text, with or without `#` before it, or why there is none. */
export async function decodeLink(link: string): Promise<OpenedLink> {
  // Mail programs break long lines.
  const [, digits, payload] = /^#?(\d{1,6})\.(.*)$/s.exec(link.replace(/\s+/g, '')) ?? [];
  if (digits === undefined || payload === undefined) return { type: 'not-a-link' };
  const decode = decoders.get(Number(digits));
  if (decode !== undefined) return decode(payload);
  return Number(digits) > version ? { type: 'too-new', version: Number(digits) } : { type: 'not-a-link' };
}

/** One a version, and none is ever taken away or changed. */
const decoders: ReadonlyMap<number, (payload: string) => Promise<OpenedLink>> = new Map([[1, decodeVersion1]]);

async function decodeVersion1(payload: string): Promise<OpenedLink> {
  if (payload.length > payloadCharsMax) return { type: 'too-large', bytesMax: jsonBytesMax };
  const bytes = fromBase64url(payload);
  if (bytes.length < headerBytes) return { type: 'truncated', has: payload.length, expected: undefined };
  const header = new DataView(bytes.buffer, bytes.byteOffset);
  const length = header.getUint32(0) >>> 8;
  const expected = base64urlChars(headerBytes + length);
  if (payload.length < expected) return { type: 'truncated', has: payload.length, expected };
  const body = bytes.subarray(headerBytes, headerBytes + length);
  if (body.length < length || crc32(body) !== header.getUint32(3)) return { type: 'corrupt' };
  const json = await inflate(body, { bytesMax: jsonBytesMax });
  switch (json.type) {
    case 'corrupt':
      return json;
    case 'too-large':
      return { type: 'too-large', bytesMax: jsonBytesMax };
    case 'bytes': {
      const value = parseJson(json.bytes);
      if (value === undefined) return { type: 'corrupt' };
      const parsed = parseScenario(value);
      return parsed.type === 'scenario' ? parsed : { type: 'invalid-scenario', problems: parsed.problems };
    }
  }
}

/** In every engine, though not in the language's own library. */
const { TextEncoder, TextDecoder } = globalThis as unknown as {
  readonly TextEncoder: new () => { encode(text: string): Uint8Array };
  readonly TextDecoder: new (
    label: 'utf-8',
    options: { readonly fatal: boolean },
  ) => { decode(bytes: Uint8Array): string };
};

function parseJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    return undefined;
  }
}

/** The checksum of ISO 3309, as in gzip and PNG. */
function crc32(bytes: Uint8Array): number {
  let crc = -1;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit += 1) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return ~crc >>> 0;
}
