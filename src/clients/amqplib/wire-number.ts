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

/** The whole numbers that come over as they are; of 64 bits those that a number tells apart. */
const wholeNumbers: Readonly<Partial<Record<WireNumber, readonly [least: number, greatest: number]>>> = {
  Int8: [-0x80, 0x7f],
  UInt8: [0, 0xff],
  Int16BE: [-0x8000, 0x7fff],
  UInt16BE: [0, 0xffff],
  Int32BE: [-0x8000_0000, 0x7fff_ffff],
  UInt32BE: [0, 0xffff_ffff],
  BigInt64BE: [Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER],
  BigUInt64BE: [0, Number.MAX_SAFE_INTEGER],
};

/** A number as the other side reads it. What the wire has no room for fails as it does in Node's buffers. */
export function carried(kind: WireNumber, value: number): number {
  const whole = wholeNumbers[kind];
  // Every ack passes here. There is no negative zero among whole numbers.
  if (whole && Number.isInteger(value) && value >= whole[0] && value <= whole[1]) return value + 0;
  call(`write${kind}`, kind.startsWith('Big') ? BigInt(value) : value);
  return Number(call(`read${kind}`));
}
