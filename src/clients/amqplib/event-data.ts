import { isWithinDepth } from '../../log/plain';
import { shortText } from '../node/encoding';
import { engine } from '../node/engine';

/** Bytes of a body that the log shows as text. Longer ones are shown by their length. */
const shownBytesMax = 100_000;

const decoder = new engine.TextDecoder('utf-8', { fatal: true });

/**
 * The body of a message as the log and the inspector show it: JSON as data, other text as text, bytes by their number.
 * Nobody else has that data.
 */
export function eventDataOf(content: Uint8Array): unknown {
  if (content.length > shownBytesMax) return { bytes: content.length };
  const text = textOf(content);
  return text === undefined ? { bytes: content.length } : dataOfText(text);
}

/** The same for bytes that are known to be this text of ASCII. */
export function eventDataOfAscii(text: string): unknown {
  return text.length > shownBytesMax ? { bytes: text.length } : dataOfText(text);
}

/** With one of these a text begins that may be JSON and more than a single word. */
const beginsJson = new Set(['[', '{', '"', '-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9']);

/** JSON that is nested deeper than a payload may be stays text. */
function dataOfText(text: string): unknown {
  if (!beginsJson.has(text.charAt(0))) return text;
  try {
    const data = JSON.parse(text) as unknown;
    return isWithinDepth(data, text.length) ? data : text;
  } catch {
    return text;
  }
}

/** Undefined when it is no UTF-8. */
function textOf(content: Uint8Array): string | undefined {
  try {
    return shortText(content) ?? decoder.decode(content);
  } catch {
    return undefined;
  }
}
