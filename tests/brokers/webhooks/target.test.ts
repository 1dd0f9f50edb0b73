import { expect, it } from 'vitest';
import { targetOf } from '../../../src/brokers/webhooks/target';

it.each([
  ['http://2130706433:3000/hooks', '127.0.0.1:3000', '127.0.0.1'],
  ['http://0x7f.1/hooks', '127.0.0.1', '127.0.0.1'],
  ['http://Shop/hooks', 'shop', 'shop'],
  ['http://[::1]:3000/hooks', '[::1]:3000', '::1'],
])('%s leads to %s', (url, host, hostname) => {
  expect(targetOf(url)).toMatchObject({ host, hostname, path: '/hooks' });
});

it.each(['ftp://shop/', 'http://shop:0/', 'http://shop:65536/', 'http:///hooks'])('nothing is sent to %s', (url) => {
  expect(targetOf(url)).toBeUndefined();
});
