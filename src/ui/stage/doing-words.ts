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
  const { message, doneMs, totalMs } = doing;
  if (totalMs === undefined) return `${message}, ${format.duration(Math.round(doneMs))}`;
  const [done, total] = [shareOf(doneMs, totalMs, format), format.duration(Math.round(totalMs))];
  return `${message}, ${length === 'short' ? `${done}/${total}` : t.progress(done, total)}`;
}

/** In the unit of the whole, which follows it: `126/144 ms`, `2.3/3.1 s`. */
function shareOf(doneMs: number, totalMs: number, format: Format): string {
  const whole = Math.round(totalMs);
  if (whole < 1_000) return format.number(Math.round(doneMs));
  return whole < 60_000 ? format.number(doneMs / 1_000) : format.duration(Math.round(doneMs));
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
