import type { Entry } from '../../log/entry';

/** Something was left undone or broke, without being about a message: it is marked with an icon in the fate's colour. */
export function isBreak(entry: Entry): boolean {
  switch (entry.type) {
    case 'file.rejected':
    case 'process.crashed':
    case 'broker.stopped':
    case 'connection.blocked':
    case 'fault.struck':
    case 'invariant.failed':
    case 'limit.reached':
    case 'intervention.refused':
      return true;
    case 'process.exited':
      return entry.failure !== undefined || (entry.code ?? 0) !== 0;
    case 'console.printed':
      return entry.stream === 'stderr';
    case 'run.ended':
      return entry.reason === 'limit' || entry.reason === 'unresponsive';
    default:
      return false;
  }
}
