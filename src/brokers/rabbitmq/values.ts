import type { Table, TypedValue, Value } from './protocol';

/** Field values: how the broker names their wire types, and when two are the same. */

/** A table as RabbitMQ has it once something was put into it: by name. Source: rabbit_misc:sort_field_table. */
export function byName(table: Table): Table {
  return Object.fromEntries(Object.entries(table).sort(([one], [other]) => (one < other ? -1 : 1)));
}

export function isTyped(value: Value | undefined): value is TypedValue {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, '!');
}

/** The value without the name of its wire type. */
export function plainOf(value: Value): Value {
  return isTyped(value) ? (value.value as Value) : value;
}

const wireNames: Readonly<Record<string, string>> = {
  int8: 'byte',
  byte: 'byte',
  uint8: 'unsignedbyte',
  unsignedbyte: 'unsignedbyte',
  int16: 'short',
  short: 'short',
  uint16: 'unsignedshort',
  unsignedshort: 'unsignedshort',
  int32: 'signedint',
  int: 'signedint',
  uint32: 'unsignedint',
  unsignedint: 'unsignedint',
  int64: 'long',
  long: 'long',
  float64: 'double',
  double: 'double',
  float: 'float',
  timestamp: 'timestamp',
  decimal: 'decimal',
};

/** The broker's name of a value's wire type, for a number the one that amqplib would choose. */
export function typeOf(value: Value): string {
  if (isTyped(value)) return wireNames[value['!']] ?? value['!'];
  if (value === null) return 'void';
  if (typeof value === 'string') return 'longstr';
  if (typeof value === 'boolean') return 'bool';
  if (typeof value === 'number') return typeOfNumber(value);
  if (value instanceof Uint8Array) return 'binary';
  return Array.isArray(value) ? 'array' : 'table';
}

function typeOfNumber(value: number): string {
  if (!Number.isInteger(value)) return 'double';
  if (value >= -0x80 && value < 0x80) return 'byte';
  if (value >= -0x8000 && value < 0x8000) return 'short';
  return value >= -0x80000000 && value < 0x80000000 ? 'signedint' : 'long';
}

const numeric = new Set([
  'byte',
  'unsignedbyte',
  'short',
  'unsignedshort',
  'signedint',
  'unsignedint',
  'long',
  'float',
  'double',
]);

/** Whether it is an integer of any size. */
export function isInteger(value: Value): boolean {
  const type = typeOf(value);
  return numeric.has(type) && type !== 'float' && type !== 'double';
}

/** Numbers are the same by value whatever their wire type; a number, a text and a boolean never are. */
export function sameValue(one: Value, other: Value): boolean {
  const type = classOf(one);
  if (type !== classOf(other)) return false;
  if (type === 'void') return true;
  const [a, b] = [plainOf(one), plainOf(other)];
  if (Array.isArray(a) && Array.isArray(b))
    return a.length === b.length && a.every((each: Value, at) => sameValue(each, b[at] as Value));
  if (a instanceof Uint8Array && b instanceof Uint8Array)
    return a.length === b.length && a.every((byte, at) => byte === b[at]);
  if (type === 'table') return sameTable(a as Table, b as Table);
  if (typeof a === 'object' && a !== null) return JSON.stringify(a) === JSON.stringify(b);
  return a === b;
}

function sameTable(one: Table, other: Table): boolean {
  const names = Object.keys(one);
  return (
    names.length === Object.keys(other).length &&
    names.every((name) => Object.hasOwn(other, name) && sameValue(one[name] as Value, other[name] as Value))
  );
}

function classOf(value: Value): string {
  const type = typeOf(value);
  return numeric.has(type) ? 'number' : type;
}

/** A text that two tables share exactly when they hold the same. */
export function fingerprint(table: Table): string {
  const names = Object.keys(table).sort();
  return names.length === 0 ? '' : JSON.stringify(names.map((name) => [name, markedOf(table[name] as Value)]));
}

function markedOf(value: Value): unknown {
  const plain = plainOf(value);
  if (Array.isArray(plain)) return plain.map((each: Value) => markedOf(each));
  if (plain instanceof Uint8Array) return ['bytes', ...plain];
  return typeof plain === 'object' && plain !== null && !isTyped(value)
    ? fingerprint(plain as Table)
    : [classOf(value), plain];
}
