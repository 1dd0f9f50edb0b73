import type { Table, Value } from '../../brokers/rabbitmq/protocol';
import { isTyped } from '../../brokers/rabbitmq/values';
import { Buffer } from '../node/buffer';
import { carried, type WireNumber } from './wire-number';

/**
 * Field tables, both ways: headers of a message, arguments of a queue. What the wire could not hold fails as it does in amqplib,
 * with its words. Follows amqplib 2.3, `lib/codec.js` (MIT, copyright Michael Bridgen and contributors).
 */

/** Into how many bytes a table has to fit. */
const tableBytesMax = 65_536;

/** What is left of the bytes for one table. */
class Room {
  #used = 0;

  take(bytes: number): void {
    this.#used += bytes;
    if (this.#used > tableBytesMax)
      throw new RangeError(
        `Encoded field table (headers or arguments) exceeds the ${tableBytesMax} byte encoding buffer`,
      );
  }
}

/**
 * A copy of the table as the other side reads it. `keepTypes`: wire types that the user named stay; otherwise only those that
 * amqplib shows again when it reads them.
 */
export function encodeTable(given: object | null, keepTypes: boolean): Table {
  return tableOf(given, keepTypes, new Room());
}

function tableOf(given: object | null, keepTypes: boolean, room: Room): Table {
  room.take(4);
  const table: Record<string, Value> = {};
  const source = given as Record<string, unknown>;
  // Inherited fields count.
  for (const name in source) {
    if (source[name] === undefined) continue;
    const bytes = Buffer.byteLength(name);
    room.take(1 + bytes);
    carried('UInt8', bytes);
    put(table, name, valueOf(source[name], keepTypes, room));
  }
  return table;
}

function valueOf(given: unknown, keepTypes: boolean, room: Room): Value {
  room.take(1);
  switch (typeof given) {
    case 'string':
      room.take(4 + Buffer.byteLength(given));
      return given;
    case 'boolean':
      room.take(1);
      return given;
    case 'number':
      return numberOf(given, room);
    case 'object':
      if (given === null) return null;
      if (Object.hasOwn(given, '!')) return typed(given as { '!': unknown; value: unknown }, keepTypes, room);
      return objectOf(given, keepTypes, room);
    default:
      throw new TypeError(`Unknown type to encode: ${typeof given}`);
  }
}

function objectOf(given: object, keepTypes: boolean, room: Room): Value {
  if (Array.isArray(given)) {
    room.take(4);
    return given.map((each) => valueOf(each, keepTypes, room));
  }
  if (!Buffer.isBuffer(given)) return tableOf(given, keepTypes, room);
  const bytes = given as Uint8Array;
  room.take(4 + bytes.length);
  return Uint8Array.from(bytes);
}

function numberOf(given: number, room: Room): Value {
  room.take(widthOf(given));
  // What is not whole is a double; what is beyond 2^50 is taken for whole, which NaN and -Infinity are not.
  const isDouble = given >= 2 ** 63 || (Math.abs(given) < 2 ** 50 && Math.floor(given) !== given);
  if (!isDouble && !Number.isSafeInteger(given)) carried('BigInt64BE', given);
  // There is no negative zero among whole numbers.
  return given + 0;
}

function widthOf(given: number): number {
  if (!Number.isInteger(given)) return 8;
  if (given >= -0x80 && given < 0x80) return 1;
  if (given >= -0x8000 && given < 0x8000) return 2;
  return given >= -0x80000000 && given < 0x80000000 ? 4 : 8;
}

/** Wire types that can be named. */
const wireTypes: Readonly<Record<string, readonly [bytes: number, kind: WireNumber]>> = {
  byte: [1, 'Int8'],
  unsignedbyte: [1, 'UInt8'],
  short: [2, 'Int16BE'],
  unsignedshort: [2, 'UInt16BE'],
  int: [4, 'Int32BE'],
  unsignedint: [4, 'UInt32BE'],
  long: [8, 'BigInt64BE'],
  timestamp: [8, 'BigUInt64BE'],
  float: [4, 'FloatBE'],
  double: [8, 'DoubleBE'],
};

const otherNames: Readonly<Record<string, string>> = {
  int8: 'byte',
  uint8: 'unsignedbyte',
  int16: 'short',
  uint16: 'unsignedshort',
  int32: 'int',
  uint32: 'unsignedint',
  int64: 'long',
  float64: 'double',
};

/** Types that amqplib shows when it reads them. */
const shownTypes = new Set(['timestamp', 'decimal']);

function typed({ '!': type, value }: { '!': unknown; value: unknown }, keepTypes: boolean, room: Room): Value {
  const name = String(type);
  switch (name) {
    case 'number':
      return numberOf(value as number, room);
    case 'string':
      room.take(4 + Buffer.byteLength(value));
      return value as string;
    case 'boolean':
      room.take(1);
      return Boolean(value);
    case 'object':
      return value === null ? null : objectOf(value as object, keepTypes, room);
    case 'decimal':
      room.take(5);
      return { '!': name, value: decimalOf(value as { places: number; digits: number }) };
    default: {
      const wire = wireTypes[otherNames[name] ?? name];
      if (wire === undefined) throw new TypeError(`Unknown type to encode: ${name}`);
      const [bytes, kind] = wire;
      room.take(bytes);
      const number = carried(kind, value as number);
      return keepTypes || shownTypes.has(name) ? { '!': name, value: number } : number;
    }
  }
}

function decimalOf(value: { readonly places: number; readonly digits: number }): object {
  if (!(Object.hasOwn(value, 'places') && Object.hasOwn(value, 'digits') && value.places >= 0 && value.places < 256))
    throw new TypeError(`Decimal value must be {'places': 0..255, 'digits': uint32}, got ${JSON.stringify(value)}`);
  return { places: value.places, digits: carried('UInt32BE', value.digits) };
}

/** A table as amqplib shows it. */
export function decodeTable(table: Table): Record<string, unknown> {
  const shown: Record<string, unknown> = {};
  for (const name of Object.keys(table)) put(shown, name, decodeValue(table[name] as Value));
  return shown;
}

/** Not always an assignment: a field called `__proto__` is a field. */
function put(table: Record<string, unknown>, name: string, value: unknown): void {
  if (name === '__proto__')
    Object.defineProperty(table, name, { value, enumerable: true, configurable: true, writable: true });
  else table[name] = value;
}

function decodeValue(value: Value): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (value instanceof Uint8Array) return Buffer.from(value);
  if (Array.isArray(value)) return value.map((each: Value) => decodeValue(each));
  if (isTyped(value)) return shownTypes.has(value['!']) ? { ...value } : value.value;
  return decodeTable(value as Table);
}
