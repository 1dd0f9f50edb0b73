import type { Message } from '../../log/envelope';
import { textOf, type Bytes } from './bytes';
import type { ConsumerGroup, Pending } from './consumer-group';
import type { Host } from './host';
import type { Reply } from './protocol';
import type { Session } from './session';
import type { Stream } from './stream';
import { textOfId } from './stream-id';
import type { StreamEntry } from './stream-nodes';

/** Who reads a stream: a consumer of a group, or a client on its own. */
export interface StreamReader {
  readonly session: Session;
  readonly host: Host;
  readonly key: Bytes;
  readonly group?: { readonly name: Bytes; readonly consumer: Bytes } | undefined;
  readonly where: string | undefined;
  /** `seq` of the command. */
  readonly cause: number;
}

/**
 * An entry goes out with the reply that is being made, of which this gives its part: a delivery, as far as the log knows of its
 * message. `pending`: it waits to be acknowledged; without it, it is settled when it has arrived.
 */
export function deliverEntry(reader: StreamReader, entry: StreamEntry, pending: Pending | undefined): Reply & object {
  const { message } = entry;
  const part = [textOfId(entry.id), entry.fields];
  if (message === undefined) return part;
  const { session, host, key, group } = reader;
  const again = pending?.handed;
  const queue = group && textOf(key);
  const cause = again && queue ? takeBack(host, { message, queue, pending }, reader.cause) : entry.cause;
  session.hand({
    handover: {
      message,
      queue,
      subscription: session.readerOf(reader),
      listener: listenerOf(reader),
      attempt: pending?.deliveries ?? 1,
      cause,
      settledOnReturn: pending === undefined,
      part,
    },
    taken: (handed) => {
      if (pending) pending.handed = handed;
    },
  });
  return part;
}

export const listenerOf = ({ group }: StreamReader): string =>
  group === undefined ? 'xread' : `${textOf(group.name)}/${textOf(group.consumer)}`;

function takeBack(
  host: Host,
  { message, queue, pending }: { message: Message; queue: string; pending: Pending },
  cause: number,
): number {
  const { handed } = pending;
  if (handed === undefined) return cause;
  handed.settle('taken back', cause);
  return host.log.requeued(message, queue, handed.id, cause);
}

/** A consumer is deleted, or its whole group: nobody will answer for what it has left pending. */
export function abandon(
  host: Host,
  { key, stream, left }: { readonly key: Bytes; readonly stream: Stream; readonly left: Iterable<Pending> },
  cause: number,
): void {
  for (const { id, handed } of left) {
    const message = stream.nodes.get(id)?.message;
    if (handed === undefined || message === undefined) continue;
    handed.settle('taken back', cause);
    host.log.removed(message, textOf(key), 'consumer-gone', cause);
  }
}

/** Everything that is pending in a group. */
export const allPending = (group: ConsumerGroup): Iterable<Pending> => group.pending.from({ ms: 0, seq: 0 });
