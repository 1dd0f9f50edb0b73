import { failureCharsMax, nameCharsMax, segmentBytesMax, segmentEntriesMax, type FromSandbox } from './protocol';

/**
 * The border: what comes from the sandbox is looked at before it is believed. Each message is rebuilt from the fields
 * that were checked, so nothing else can travel with it. The entries inside a segment stay text here and are checked
 * where they are read.
 */
export type CheckedMessage = FromSandbox | { readonly type: 'problem'; readonly message: string };

export function checkMessage(data: unknown): CheckedMessage {
  if (typeof data !== 'object' || data === null || !('type' in data)) return problem('a message without a type');
  const fields = data as Readonly<Record<string, unknown>>;
  switch (fields.type) {
    case 'ready':
      return { type: 'ready' };
    case 'pong':
      return isCount(fields.id) && isMs(fields.atMs)
        ? { type: 'pong', id: fields.id, atMs: fields.atMs }
        : problem('pong');
    case 'segment':
      return checkSegment(fields);
    case 'run.advanced':
      return checkAdvanced(fields);
    case 'about-to-run':
      return checkAnnouncement(fields);
    case 'run.failed':
      if (!isCount(fields.run) || !isText(fields.message, failureCharsMax)) return problem('run.failed');
      return { type: 'run.failed', run: fields.run, message: fields.message };
    default:
      return problem('a message of unknown type');
  }
}

function checkSegment({
  run,
  firstSeq,
  count,
  fromMs,
  toMs,
  ndjson,
}: Readonly<Record<string, unknown>>): CheckedMessage {
  if (!isCount(run) || !isCount(firstSeq) || !isCount(count) || !isMs(fromMs) || !isMs(toMs)) return problem('segment');
  if (count === 0 || count > segmentEntriesMax) return problem(`a segment of ${count} entries`);
  if (toMs < fromMs) return problem('a segment that goes back in time');
  if (!isWhole(ndjson)) return problem('a segment that is no bytes');
  if (ndjson.length > segmentBytesMax) return problem('a segment that is too long');
  if (!hasLines(ndjson, count)) return problem('a segment whose lines are not its entries');
  return { type: 'segment', run, firstSeq, count, fromMs, toMs, ndjson };
}

function checkAdvanced({ run, atMs, ended, digest }: Readonly<Record<string, unknown>>): CheckedMessage {
  if (!isCount(run) || !isMs(atMs) || typeof ended !== 'boolean') return problem('run.advanced');
  if (digest === undefined) return { type: 'run.advanced', run, atMs, ended };
  if (typeof digest !== 'string' || !/^[0-9a-f]{64}$/.test(digest)) return problem('run.advanced with a wrong digest');
  return { type: 'run.advanced', run, atMs, ended, digest };
}

function checkAnnouncement({ run, atMs, process, what, where }: Readonly<Record<string, unknown>>): CheckedMessage {
  if (!isCount(run) || !isMs(atMs) || !isText(process, nameCharsMax) || !isText(what, nameCharsMax)) {
    return problem('about-to-run');
  }
  if (where === undefined) return { type: 'about-to-run', run, atMs, process, what };
  return isText(where, nameCharsMax)
    ? { type: 'about-to-run', run, atMs, process, what, where }
    : problem('about-to-run');
}

/** Bytes that have their memory for themselves. */
function isWhole(value: unknown): value is Uint8Array<ArrayBuffer> {
  return value instanceof Uint8Array && value.buffer instanceof ArrayBuffer && value.buffer.byteLength === value.length;
}

const lineFeed = 0x0a;

function hasLines(bytes: Uint8Array, count: number): boolean {
  let lines = 0;
  let at = -1;
  while (lines <= count && (at = bytes.indexOf(lineFeed, at + 1)) !== -1) lines += 1;
  return lines === count && bytes.at(-1) === lineFeed;
}

function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
}

function isMs(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value) && value >= 0;
}

function isText(value: unknown, charsMax: number): value is string {
  return typeof value === 'string' && value.length <= charsMax;
}

function problem(what: string): CheckedMessage {
  return { type: 'problem', message: `The sandbox sent ${what}, which it must not.` };
}
