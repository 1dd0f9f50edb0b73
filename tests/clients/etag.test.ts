import { sha1 } from '@noble/hashes/legacy.js';
import { expect, test } from 'vitest';
import { etagOf } from '../../src/clients/express/etag';
import { decodeText } from '../../src/clients/node/encoding';

test('the mark of a body is its SHA-1, whatever its length', () => {
  for (const length of [0, 1, 55, 56, 63, 64, 65, 119, 120, 1_000]) {
    const bytes = Uint8Array.from({ length }, (_, index) => (index * 151 + length) & 255);
    const hash = decodeText(sha1(bytes), 'base64').slice(0, 27);
    expect(etagOf(bytes, false)).toBe(`"${length.toString(16)}-${hash}"`);
    expect(etagOf(bytes, true)).toBe(`W/"${length.toString(16)}-${hash}"`);
  }
});
