import { engine } from '../node/engine';

/** Bytes of a body that the log shows as text. Longer ones are shown by their length. */
const shownBytesMax = 100_000;

/** A decoder takes longer to begin than such a text takes as a whole. */
const shortBytesMax = 256;
const ascii: readonly string[] = Array.from({ length: 0x80 }, (_, code) => String.fromCharCode(code));

const decoder = new engine.TextDecoder('utf-8', { fatal: true });

/** The body of a message as the log and the inspector show it: JSON as data, other text as text, bytes by their number. */
export function eventDataOf(content: Uint8Array): unknown {
  if (content.length > shownBytesMax) return { bytes: content.length };
  const text = textOf(content);
  return text === undefined ? { bytes: content.length } : dataOfText(text);
}

/** The same for bytes that are known to be this text of ASCII. */
export function eventDataOfAscii(text: string): unknown {
  return text.length > shownBytesMax ? { bytes: text.length } : dataOfText(text);
}

function dataOfText(text: string): unknown {
  if (!/^[[{"\d-]/.test(text)) return text;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}

/** Undefined when it is no UTF-8. */
function textOf(content: Uint8Array): string | undefined {
  const text = content.length > shortBytesMax ? undefined : asciiOf(content);
  if (text !== undefined) return text;
  try {
    return decoder.decode(content);
  } catch {
    return undefined;
  }
}

/** Undefined when it is none. */
function asciiOf(content: Uint8Array): string | undefined {
  let text = '';
  for (let at = 0; at < content.length; at++) {
    const character = ascii[content[at]!];
    if (character === undefined) return undefined;
    text += character;
  }
  return text;
}
