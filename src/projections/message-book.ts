import type { MessagePublished } from '../log/entry';
import { Column, idNumber, Names } from './column';

/**
 * What never changes about a message once it is published: its event type, when and by which entry.
 * It only grows, and folding the same log again writes the same values, so that snapshots may share one book.
 */
export class MessageBook {
  readonly #types = new Names();
  readonly #type = Column.int32();
  readonly #seq = Column.int32();
  readonly #atMs = Column.float64();

  constructor() {
    this.#types.numberOf('');
  }

  add(entry: MessagePublished): void {
    const number = idNumber(entry.message.id);
    if (number === 0) return;
    this.#type.set(number, this.#types.numberOf(entry.message.type));
    this.#seq.set(number, entry.seq + 1);
    this.#atMs.set(number, entry.atMs);
  }

  /** '' for a message that the book does not know. */
  eventType(id: string): string {
    return this.#types.name(this.#type.at(idNumber(id)));
  }

  publishedAtMs(id: string): number {
    return this.#atMs.at(idNumber(id));
  }

  publishedSeq(id: string): number | undefined {
    const stored = this.#seq.at(idNumber(id));
    return stored === 0 ? undefined : stored - 1;
  }
}
