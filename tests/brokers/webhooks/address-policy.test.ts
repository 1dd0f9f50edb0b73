import { expect, test } from 'vitest';
import { refusedAddress } from '../../../src/brokers/webhooks/address-policy';

test.each([
  ['shop', undefined],
  ['shop-2', undefined],
  ['example.com', undefined],
  ['8.8.8.8', undefined],
  ['172.32.0.1', undefined],
  ['2606:4700::1111', undefined],
  ['localhost', 'loopback'],
  ['LOCALHOST.', 'loopback'],
  ['app.localhost', 'loopback'],
  ['127.0.0.1', 'loopback'],
  ['127.1', 'loopback'],
  ['0x7f.0.0.1', 'loopback'],
  ['0177.0.0.1', 'loopback'],
  ['2130706433', 'loopback'],
  ['0', 'unspecified'],
  ['10.1.2.3', 'private'],
  ['172.16.0.1', 'private'],
  ['192.168.1.1', 'private'],
  ['100.64.0.1', 'private'],
  ['169.254.1.1', 'link-local'],
  ['169.254.169.254', 'metadata'],
  ['metadata.google.internal', 'metadata'],
  ['224.0.0.1', 'multicast'],
  ['255.255.255.255', 'reserved'],
  ['::1', 'loopback'],
  ['[::1]', 'loopback'],
  ['::', 'unspecified'],
  ['::ffff:127.0.0.1', 'loopback'],
  ['::ffff:a9fe:a9fe', 'metadata'],
  ['64:ff9b::10.0.0.1', 'private'],
  ['fd12::1', 'private'],
  ['fd00:ec2::254', 'metadata'],
  ['fe80::1%eth0', 'link-local'],
  ['ff02::1', 'multicast'],
  ['1::2::3', 'reserved'],
])('%s: %s', (host, kind) => {
  expect(refusedAddress(host)).toBe(kind);
});

test('lets what is allowed through, by name, address or range', () => {
  expect(refusedAddress('localhost', ['localhost'])).toBeUndefined();
  expect(refusedAddress('10.1.2.3', ['10.1.0.0/16'])).toBeUndefined();
  expect(refusedAddress('10.2.2.3', ['10.1.0.0/16'])).toBe('private');
  expect(refusedAddress('::ffff:10.1.2.3', ['10.1.2.3'])).toBeUndefined();
});
