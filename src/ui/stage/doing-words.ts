import type { Format } from '../text/format';
import type { Text } from '../text/text';
import type { Doing } from './doing';

/** What a process is doing, in words: `short` as it stands on its card. */
export function doingWords(doing: Doing, t: Text['stage'], format: Format, length?: 'short'): string {
  switch (doing.type) {
    case 'absent':
      return t.notYet;
    case 'idle':
      return doing.published > 0 ? t.idlePublished(doing.published) : t.idle;
    case 'handling':
      if (doing.stalled) return t.stalled;
      return doing.count > 1 ? t.handlingMany(doing.count) : progressWords(doing, t, format, length);
    case 'awaiting':
      // For how long has no room on the card; what opens over it tells that.
      return length === 'short'
        ? t.waitsOn(doing.whom)
        : t.waitsFor(doing.whom, format.duration(Math.round(doing.forMs)));
    case 'crashed':
      return t.crashed(format.duration(Math.round(doing.agoMs)));
    case 'stopped':
      return t.stopped(format.duration(Math.round(doing.agoMs)));
    case 'exited':
      return t.exited(doing.code === null || doing.code === undefined ? '–' : String(doing.code));
  }
}

function progressWords(
  doing: Extract<Doing, { type: 'handling' }>,
  t: Text['stage'],
  format: Format,
  length: 'short' | undefined,
): string {
  const done = Math.round(doing.doneMs);
  const total = doing.totalMs === undefined ? undefined : format.duration(Math.round(doing.totalMs));
  const time =
    total === undefined
      ? format.duration(done)
      : length === 'short'
        ? `${String(done)}/${total}`
        : t.progress(String(done), total);
  return `${doing.message}, ${time}`;
}

export function stateWord(doing: Doing, t: Text['stage']): string {
  switch (doing.type) {
    case 'absent':
      return t.state.absent;
    case 'idle':
    case 'handling':
    case 'awaiting':
      return t.state.running;
    default:
      return t.state[doing.type];
  }
}
