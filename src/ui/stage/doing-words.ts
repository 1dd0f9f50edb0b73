import type { Format } from '../text/format';
import type { Text } from '../text/text';
import type { Doing } from './doing';

/** What a process is doing, in words: short for its second line, the same for its accessible name. */
export function doingWords(doing: Doing, t: Text['stage'], format: Format): string {
  switch (doing.type) {
    case 'absent':
      return t.notYet;
    case 'idle':
      return doing.published > 0 ? t.idlePublished(doing.published) : t.idle;
    case 'handling':
      if (doing.stalled) return t.stalled;
      return doing.count > 1 ? t.handlingMany(doing.count) : progressWords(doing, t, format);
    case 'awaiting':
      return t.waitsFor(doing.whom, format.duration(Math.round(doing.forMs)));
    case 'crashed':
      return t.crashed(format.duration(Math.round(doing.agoMs)));
    case 'stopped':
      return t.stopped(format.duration(Math.round(doing.agoMs)));
    case 'exited':
      return t.exited(doing.code === null || doing.code === undefined ? '–' : String(doing.code));
  }
}

function progressWords(doing: Extract<Doing, { type: 'handling' }>, t: Text['stage'], format: Format): string {
  const done = format.duration(Math.round(doing.doneMs));
  const time =
    doing.totalMs === undefined
      ? done
      : t.progress(String(Math.round(doing.doneMs)), format.duration(Math.round(doing.totalMs)));
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
