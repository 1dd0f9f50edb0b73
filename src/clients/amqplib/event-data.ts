import { engine } from '../node/engine';

/** Bytes of a body that the log shows as text. Longer ones are shown by their length. */
const shownBytesMax = 100_000;

const decoder = new engine.TextDecoder('utf-8', { fatal: true });

/** The body of a message as the log and the inspector show it: JSON as data, other text as text, bytes by their number. */
export function eventDataOf(content: Uint8Array): unknown {
  if (content.length > shownBytesMax) return { bytes: content.length };
  let text: string;
  try {
    text = decoder.decode(content);
  } catch {
    return { bytes: content.length };
  }
  if (!/^[[{"\d-]/.test(text)) return text;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}
