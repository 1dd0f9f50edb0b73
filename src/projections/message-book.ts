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
  readonly #undoing = new Set<number>();

  constructor() {
    this.#types.numberOf('');
  }

  /** `undoes`: it was published to undo a step of a saga. */
  add(entry: MessagePublished, undoes = false): void {
    const number = idNumber(entry.message.id);
    if (number === 0) return;
    this.#type.set(number, this.#types.numberOf(entry.message.type));
    this.#seq.set(number, entry.seq + 1);
    this.#atMs.set(number, entry.atMs);
    if (undoes) this.#undoing.add(number);
  }

  /** '' for a message that the book does not know. */
  eventType(id: string): string {
    return this.#types.name(this.#type.at(idNumber(id)));
  }

  /** Whether it was published to undo a step of a saga. */
  undoes(id: string): boolean {
    return this.#undoing.size > 0 && this.#undoing.has(idNumber(id));
  }

  publishedAtMs(id: string): number {
    return this.#atMs.at(idNumber(id));
  }

  publishedSeq(id: string): number | undefined {
    const stored = this.#seq.at(idNumber(id));
    return stored === 0 ? undefined : stored - 1;
  }
}
