import { decodeText, encodeText } from '../node/encoding';

/** Shell and curl work on bytes: their texts are strings of which each character is one byte. */
export const octetsOf = (text: string): string => decodeText(encodeText(text, 'utf8'), 'latin1');

/** The text that bytes are in UTF-8; what is not becomes U+FFFD. */
export const textOfOctets = (octets: string): string => decodeText(encodeText(octets, 'latin1'), 'utf8');

export const base64OfOctets = (octets: string): string => decodeText(encodeText(octets, 'latin1'), 'base64');

/** `curl_easy_escape`: all but letters, digits and `-._~` as `%XX`. */
export const percentEncoded = (octets: string): string =>
  octets.replace(/[^A-Za-z0-9\-._~]/g, (octet) => `%${hexOf(octet).toUpperCase()}`);

export const percentDecoded = (octets: string): string =>
  octets.replace(/%([0-9a-f]{2})/gi, (_all, hex: string) => String.fromCharCode(parseInt(hex, 16)));

const hexOf = (octet: string): string => octet.charCodeAt(0).toString(16).padStart(2, '0');
