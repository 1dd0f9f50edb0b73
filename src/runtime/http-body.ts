import { decodeText } from '../clients/node/encoding';

/** What the log keeps of a body. */
export const httpBodyCharsMax = 10_000;

/** What one read of a socket brings, in bytes. */
const pieceBytesMax = 65_536;

/** As they come out of a socket; none when there is nothing. */
export function piecesOf(bytes: Uint8Array): Uint8Array[] {
  if (bytes.length === 0) return [];
  if (bytes.length <= pieceBytesMax) return [bytes];
  const count = Math.ceil(bytes.length / pieceBytesMax);
  return Array.from({ length: count }, (_, index) =>
    bytes.subarray(index * pieceBytesMax, (index + 1) * pieceBytesMax),
  );
}

export function joined(pieces: readonly Uint8Array[]): Uint8Array {
  if (pieces.length === 1 && pieces[0] !== undefined) return pieces[0];
  const whole = new Uint8Array(pieces.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
}

/** As far as the log keeps it; undefined when there is none, or it is no text. */
export function bodyText(bytes: Uint8Array | undefined): string | undefined {
  if (bytes === undefined || bytes.length === 0) return undefined;
  const kept = bytes.length > httpBodyCharsMax * 4 ? bytes.subarray(0, httpBodyCharsMax * 4) : bytes;
  const text = decodeText(kept, 'utf8').slice(0, httpBodyCharsMax);
  // oxlint-disable-next-line no-control-regex
  return /[\u0000-\u0008\u000e-\u001f\ufffd]/.test(text) ? undefined : text;
}
