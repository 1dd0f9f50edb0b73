/** Every engine has these, and they know nothing of the world. */
declare const TextEncoder: new () => {
  encode(text: string): Uint8Array<ArrayBuffer>;
  encodeInto(text: string, to: Uint8Array): { read: number; written: number };
};
declare const TextDecoder: new (
  encoding: string,
  options: { fatal: boolean; ignoreBOM: boolean },
) => { decode(bytes: Uint8Array): string };

const encoder = new TextEncoder();
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

export function encodeText(text: string): Uint8Array<ArrayBuffer> {
  return encoder.encode(text);
}

/** Returns how many bytes it took. There must be room for three for each unit of the text. */
export function encodeTextInto(text: string, to: Uint8Array): number {
  return encoder.encodeInto(text, to).written;
}

/** Throws a TypeError for what is no UTF-8. */
export function decodeText(bytes: Uint8Array): string {
  return decoder.decode(bytes);
}
