import type { Entry, Failure } from '../../log/entry';
import type { Text } from '../text/text';

/** What went wrong, as the entry has it. A refusal is no error of a program: the page has words for it, in the reader's language. */
export function failureOf(entry: Entry | undefined, t: Text): Failure | undefined {
  if (entry === undefined || !('failure' in entry)) return undefined;
  const isRefusal = entry.type === 'delivery.failed' && entry.reason === 'refused';
  return isRefusal ? { name: t.inspector.failure.refused, message: '' } : entry.failure;
}
