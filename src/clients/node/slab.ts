import { bufferCopy, bufferOn, type BufferInstance } from './buffer';

const slabBytes = 8_192;
/** As short ones lie in the engine's own heap, which costs nothing. */
const shortBytesMax = 64;
/** One that takes more than half a slab gets memory of its own. */
const pooledBytesMax = slabBytes / 2;
const alignment = 8;

/**
 * Copies of bytes in memory that they share, as the bytes that a socket of Node reads do: for bodies of usual length,
 * asking the engine for memory takes many times as long as copying.
 */
export class Slab {
  #memory = new Uint8Array(0);
  #used = 0;

  /** As a buffer, for user code. */
  buffer(bytes: Uint8Array): BufferInstance {
    return this.#isPooled(bytes) ? bufferOn(this.#pooled(bytes)) : bufferCopy(bytes);
  }

  bytes(bytes: Uint8Array): Uint8Array {
    return this.#isPooled(bytes) ? this.#pooled(bytes) : new Uint8Array(bytes);
  }

  #isPooled({ length }: Uint8Array): boolean {
    return length > shortBytesMax && length <= pooledBytesMax;
  }

  #pooled(bytes: Uint8Array): Uint8Array {
    const { length } = bytes;
    if (this.#used + length > this.#memory.length) {
      this.#memory = new Uint8Array(slabBytes);
      this.#used = 0;
    }
    const copy = this.#memory.subarray(this.#used, this.#used + length);
    copy.set(bytes);
    this.#used += Math.ceil(length / alignment) * alignment;
    return copy;
  }
}
