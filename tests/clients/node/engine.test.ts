import { describe, expect, it } from 'vitest';
import { engine } from '../../../src/clients/node/engine';

describe('the classes of the web refuse in the words of Node 20', () => {
  it('an address that is none', () => {
    expect(() => new engine.URL('nowhere')).toThrow(
      expect.objectContaining({ name: 'TypeError', message: 'Invalid URL', code: 'ERR_INVALID_URL', input: 'nowhere' }),
    );
    expect(() => new engine.URL('x', 'y')).toThrow(expect.objectContaining({ input: 'x', base: 'y' }));
    expect(() => Reflect.construct(engine.URL, [])).toThrow('The "url" argument must be specified');
  });

  it('an encoding that nobody knows', () => {
    expect(() => new engine.TextDecoder('klingon')).toThrow(
      expect.objectContaining({ name: 'RangeError', code: 'ERR_ENCODING_NOT_SUPPORTED' }),
    );
  });

  it('bytes that are no text, when asked to', () => {
    const bytes = new Uint8Array([255]);
    expect(() => new engine.TextDecoder('utf-8', { fatal: true }).decode(bytes)).toThrow(
      'The encoded data was not valid for encoding utf-8',
    );
    expect(new engine.TextDecoder().decode(bytes)).toBe('\ufffd');
  });
});

it('an address and a text are what they are in the engine', () => {
  const url = new engine.URL('/a?b=1', 'http://example.com');
  expect(url).toBeInstanceOf(URL);
  expect(url.href).toBe('http://example.com/a?b=1');
  expect(url.constructor.name).toBe('URL');
  expect(new engine.TextDecoder('utf-16le').decode(new Uint8Array([65, 0]))).toBe('A');
});
