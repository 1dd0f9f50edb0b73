import { expect, test } from 'vitest';
import { deflate, inflate } from '../../src/scenario/deflate';
import { decodeLink, encodeLink } from '../../src/scenario/link';

test('a link that was made in Node opens in the browser, and the other way round stays equal', async () => {
  const opened = await decodeLink(
    '1.AADr0yPabUWOQWrDMBREryJm4xSEiQuhoNBN1-0Jmi5k-6cRsSWh_x0oxjfpIQJdtJveQUcqSkm7nGHmzcwQJwPBIL_nc_7I5_yZv_I3NJioh7nTiCl0xEwM8zzD27HE-RAiNPZuuKpaGBqJ4uA6yzC3y4uG80LpRF5c8L99eYulMRKzfaU6Tu3g-AANK08M02zWa402hSOl_xkqCBiE1FOqu0RWqIdGb8XCzHA9TLOUwXKIi3W9ZODGGJKoWV0oDxOrRe1TGFV1MWxy01htd74LnkW1E6v7v-iqKpzqZrvzWDR8kHL-MYSjsqKaeqMYyw8',
  );
  if (opened.type !== 'scenario') throw new Error(JSON.stringify(opened));
  expect(opened.scenario).toMatchObject({ title: 'Магазин', seed: 7 });
  expect(await decodeLink(await encodeLink(opened.scenario))).toEqual(opened);
});

test('the browser stops inflating a bomb soon after the cap', async () => {
  const bomb = await deflate(new Uint8Array(30_000_000));
  const before = performance.now();
  expect(await inflate(bomb, { bytesMax: 1_000_000 })).toEqual({ type: 'too-large' });
  const tookMs = performance.now() - before;
  const whole = performance.now();
  expect(await inflate(bomb, { bytesMax: Infinity })).toMatchObject({ type: 'bytes' });
  expect(tookMs).toBeLessThan((performance.now() - whole) / 2);
});

test('damaged deflate is corrupt in the browser too', async () => {
  expect(await inflate(new Uint8Array([1, 2, 3, 4, 5]), { bytesMax: 1_000 })).toEqual({ type: 'corrupt' });
  const whole = await deflate(new TextEncoder().encode(`${Math.PI}`.repeat(40)));
  expect(await inflate(whole.subarray(0, -2), { bytesMax: 1_000 })).toEqual({ type: 'corrupt' });
  expect(await inflate(new Uint8Array(0), { bytesMax: 1_000 })).toEqual({ type: 'corrupt' });
});
