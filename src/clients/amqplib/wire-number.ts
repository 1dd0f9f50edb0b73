import { Buffer } from '../node/buffer';
import { numberMethods } from '../node/buffer-number';

const cell = Buffer.alloc(8);
const call = (method: string, ...args: readonly unknown[]): unknown =>
  Reflect.apply(numberMethods[method]!, cell, args);

/** A kind of number as Node's buffers name it in `writeInt16BE`. */
export type WireNumber =
  | 'Int8'
  | 'UInt8'
  | 'Int16BE'
  | 'UInt16BE'
  | 'Int32BE'
  | 'UInt32BE'
  | 'BigInt64BE'
  | 'BigUInt64BE'
  | 'FloatBE'
  | 'DoubleBE';

/** A number as the other side reads it. What the wire has no room for fails as it does in Node's buffers. */
export function carried(kind: WireNumber, value: number): number {
  call(`write${kind}`, kind.startsWith('Big') ? BigInt(value) : value);
  return Number(call(`read${kind}`));
}
