/** `process.stdout` and `process.stderr`: not a terminal, and everything written has arrived at once. */
import { decodeText, encodingOf } from './encoding';
import type { OutputStream, ProcessEnvironment } from './environment';
import type { Emitter, EmitterClass } from './event-emitter';
import { invalidArgType, nodeError, textOf } from './node-error';
import type { Output } from './output';
import { isUint8Array } from './value-kind';

type Done = (error?: Error | null) => void;

export interface ProcessStream extends Emitter {
  write(chunk: unknown, encoding?: unknown, done?: unknown): boolean;
}

function chunkText(chunk: unknown, encoding: unknown): string {
  if (typeof chunk === 'string') return chunk;
  if (isUint8Array(chunk)) return decodeText(chunk, encodingOf(textOf(encoding ?? 'utf8')) ?? 'utf8');
  if (chunk === null) throw nodeError(TypeError, 'ERR_STREAM_NULL_VALUES', 'May not write null values to stream');
  throw invalidArgType('chunk', ['string', 'Buffer', 'Uint8Array'], chunk);
}

export function createProcessStream(
  EventEmitter: EmitterClass,
  name: OutputStream,
  output: Output,
  environment: Pick<ProcessEnvironment, 'later' | 'bind'>,
): ProcessStream {
  const callLater = (done: unknown) => {
    if (typeof done === 'function') environment.later(() => (done as Done)(null));
  };
  const write = (chunk: unknown, encoding?: unknown, done?: unknown): boolean => {
    const isBinary = typeof chunk !== 'string';
    output.write(name, chunkText(chunk, isBinary ? 'utf8' : encoding));
    callLater(typeof encoding === 'function' ? encoding : done);
    return true;
  };
  const stream = Object.assign(new EventEmitter(), {
    write,
    end(chunk?: unknown, encoding?: unknown, done?: unknown) {
      if (chunk !== undefined && typeof chunk !== 'function') write(chunk, encoding);
      callLater([chunk, encoding, done].find((argument) => typeof argument === 'function'));
      return stream;
    },
    cork() {
      // Nothing is held back.
    },
    uncork() {
      // Nothing was held back.
    },
    setDefaultEncoding: () => stream,
    destroy: () => stream,
    fd: name === 'stdout' ? 1 : 2,
    writable: true,
    writableLength: 0,
    writableHighWaterMark: 16384,
    writableNeedDrain: false,
    writableEnded: false,
    writableFinished: false,
    destroyed: false,
  }) as unknown as ProcessStream;
  return stream;
}
