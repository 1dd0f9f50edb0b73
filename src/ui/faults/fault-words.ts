import type { Text } from '../text/text';
import { faultRules, type FaultDraft } from './fault-draft';

/** What will happen, in sentences. */
export function willWords(draft: FaultDraft, t: Text['faults']): string {
  const { restarts, once } = faultRules[draft.choice];
  const { restartAfterMs, forMs } = draft;
  const sentences = [whatWords(draft, t.will)];
  if (restarts === true)
    sentences.push(restartAfterMs === undefined ? t.will.staysDown : t.will.restarts(restartAfterMs));
  if (once !== true) sentences.push(forMs === undefined ? t.will.stays : t.will.lasts(forMs));
  return sentences.join(' ');
}

function whatWords(
  { choice, process, broker, from, to, amount, ...rest }: FaultDraft,
  will: Text['faults']['will'],
): string {
  const event = rest.event.trim();
  switch (choice) {
    case 'crash-once':
      return will.crashOnce(process);
    case 'crash-every':
      return will.crashEvery(process, amount);
    case 'crash-chance':
      return will.crashChance(process, amount / 100);
    case 'slow':
      return will.slow(process, amount);
    case 'lag':
      return will.lag(process, amount);
    case 'skew':
      return will.skew(process, amount);
    case 'outage':
      return will.outage(broker);
    case 'alarm-memory':
      return will.alarm(broker, 'memory');
    case 'alarm-disk':
      return will.alarm(broker, 'disk');
    case 'cut':
      return will.cut(from, to);
    case 'loss':
    case 'duplicated':
    case 'delayed':
    case 'reordered':
      return will[choice](from, to, amount / 100);
    case 'partition':
      return will.partition(rest.side.join(', '), rest.others.join(', '));
    case 'poison-times':
      return will.poisonTimes(event, broker, amount);
    case 'poison-every':
      return will.poisonEvery(event, broker, amount);
  }
}
