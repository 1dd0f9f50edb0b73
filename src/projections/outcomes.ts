import { Column } from './column';
import { fates, type Fate } from './fate';

const blockSize = 64;

/**
 * Ends of attempts in order of time, with their fate, for the question which fates a stretch of time holds. Every block of 64
 * remembers the fates in it, so that a stretch of ten thousand ends costs a hundred and fifty looks.
 */
export class Outcomes {
  readonly #atMs = Column.float64();
  readonly #fate = Column.uint8();
  readonly #blockMask = Column.uint8();

  /** Returns the index, by which its fate is changed. */
  push(atMs: number, fate: Fate): number {
    const index = this.#atMs.length;
    this.#atMs.push(atMs);
    this.#fate.push(fates.indexOf(fate));
    this.#sumUp(Math.floor(index / blockSize));
    return index;
  }

  change(index: number, fate: Fate): void {
    this.#fate.set(index, fates.indexOf(fate));
    this.#sumUp(Math.floor(index / blockSize));
  }

  /** Index of the first that is at or after `atMs`; looks upwards from `from`. */
  firstAtLeast(atMs: number, from: number): number {
    return this.#atMs.firstAtLeastFrom(atMs, from);
  }

  /** One bit for each fate that occurs from index `from` to before `to`: bit n for `fates[n]`. */
  mask(from: number, to: number): number {
    let mask = 0;
    for (let index = from; index < to;) {
      if (index % blockSize === 0 && index + blockSize <= to) {
        mask |= this.#blockMask.at(index / blockSize);
        index += blockSize;
      } else {
        mask |= 1 << this.#fate.at(index);
        index += 1;
      }
    }
    return mask;
  }

  #sumUp(block: number): void {
    const end = Math.min(this.#fate.length, (block + 1) * blockSize);
    let mask = 0;
    for (let index = block * blockSize; index < end; index += 1) mask |= 1 << this.#fate.at(index);
    this.#blockMask.set(block, mask);
  }
}
