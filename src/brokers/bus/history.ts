import type { Message } from '../../log/envelope';

/** Messages kept for replay: the newest of them, as many as this. */
export const historyMax = 1_000_000;
const pieceMessages = 1_000;

/** Every message that has reached a bus, in pieces: one list of all of them would be copied each time it had to grow. */
export class History {
  readonly #pieces: Message[][] = [];
  #open: Message[] = [];

  keep(message: Message): void {
    this.#open.push(message);
    if (this.#open.length < pieceMessages) return;
    this.#pieces.push(this.#open);
    this.#open = [];
    if (this.#pieces.length > historyMax / pieceMessages) this.#pieces.shift();
  }

  /** Those that a test picks, oldest first. */
  filter(picked: (message: Message) => boolean): Message[] {
    return [...this.#pieces, this.#open].flat().slice(-historyMax).filter(picked);
  }
}
