/** `btoa` and `atob`, with Node's texts for what is wrong. */
import { DOMException } from './dom-exception';
import { decodeText, encodeText } from './encoding';
import { missingArgs } from './node-error';

export function btoa(...args: unknown[]): string {
  if (args.length === 0) throw missingArgs('input');
  const text = String(args[0]);
  for (const character of text) {
    if (character.codePointAt(0)! > 255) throw new DOMException('Invalid character', 'InvalidCharacterError');
  }
  return decodeText(encodeText(text, 'latin1'), 'base64');
}

export function atob(...args: unknown[]): string {
  if (args.length === 0) throw missingArgs('input');
  const [, text, padding = ''] = /^([A-Za-z0-9+/]*)(={0,2})$/.exec(String(args[0]).replace(/[\t\n\f\r ]/g, '')) ?? [];
  if (text === undefined) throw new DOMException('Invalid character', 'InvalidCharacterError');
  // A single digit too many is told before padding that does not fit.
  if (text.length % 4 === 1) {
    throw new DOMException('The string to be decoded is not correctly encoded.', 'InvalidCharacterError');
  }
  if (padding !== '' && (text.length + padding.length) % 4 !== 0) {
    throw new DOMException('Invalid character', 'InvalidCharacterError');
  }
  return decodeText(encodeText(text, 'base64'), 'latin1');
}
