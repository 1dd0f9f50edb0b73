/**
 * Raw deflate through the engine's own streams, which the browsers and Node share. The language's own library does not
 * describe them, so the few parts that are used are described here.
 */
interface Platform {
  readonly CompressionStream: new (format: 'deflate-raw') => Transform;
  readonly DecompressionStream: new (format: 'deflate-raw') => Transform;
}
interface Transform {
  readonly writable: {
    getWriter(): { write(bytes: Uint8Array): Promise<void>; close(): Promise<void>; abort(): Promise<void> };
  };
  readonly readable: {
    getReader(): {
      read(): Promise<{ readonly done: boolean; readonly value?: Uint8Array }>;
      cancel(): Promise<void>;
    };
  };
}
const platform = globalThis as unknown as Platform;

/**
 * Chromium inflates a whole piece before anybody can say stop, and one byte can become a thousand. With pieces of this
 * size at most half a megabyte is inflated beyond the cap.
 */
const pieceBytes = 512;

export async function deflate(bytes: Uint8Array): Promise<Uint8Array> {
  const { pieces } = await pass(new platform.CompressionStream('deflate-raw'), bytes, { bytesMax: Infinity });
  return joined(pieces);
}

export type Inflated =
  | { readonly type: 'bytes'; readonly bytes: Uint8Array }
  | { readonly type: 'corrupt' }
  | { readonly type: 'too-large' };

/** Stops as soon as more than `bytesMax` have come out. */
export async function inflate(bytes: Uint8Array, { bytesMax }: { readonly bytesMax: number }): Promise<Inflated> {
  try {
    const { pieces, stopped } = await pass(new platform.DecompressionStream('deflate-raw'), bytes, { bytesMax });
    return stopped ? { type: 'too-large' } : { type: 'bytes', bytes: joined(pieces) };
  } catch {
    return { type: 'corrupt' };
  }
}

async function pass(
  stream: Transform,
  bytes: Uint8Array,
  { bytesMax }: { readonly bytesMax: number },
): Promise<{ readonly pieces: readonly Uint8Array[]; readonly stopped: boolean }> {
  const writer = stream.writable.getWriter();
  const reader = stream.readable.getReader();
  let stopped = false;
  const write = async (): Promise<void> => {
    for (let from = 0; from < bytes.length && !stopped; from += pieceBytes) {
      await writer.write(bytes.subarray(from, from + pieceBytes));
    }
    if (!stopped) await writer.close();
  };
  const read = async (): Promise<readonly Uint8Array[]> => {
    const pieces: Uint8Array[] = [];
    let size = 0;
    for (;;) {
      const { done, value } = await reader.read();
      if (done || value === undefined) return pieces;
      size += value.length;
      if (size > bytesMax) {
        stopped = true;
        await reader.cancel();
        return pieces;
      }
      pieces.push(value);
    }
  };
  // A write that waits for room fails once reading was stopped; that is no news then.
  const written = write().catch((error: unknown) => {
    if (!stopped) throw error;
  });
  const [pieces] = await Promise.all([read(), written]);
  return { pieces, stopped };
}

function joined(pieces: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(pieces.reduce((sum, piece) => sum + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    bytes.set(piece, at);
    at += piece.length;
  }
  return bytes;
}
