import type { Properties, Table, Value } from '../../brokers/rabbitmq/protocol';
import { isTyped } from '../../brokers/rabbitmq/values';

/** What the user passes, turned into what goes over the wire; wrong types fail with amqplib's own words. */

const kept = new Set(['timestamp', 'decimal', 'float', 'float64', 'double']);

/** A field table: a copy, since the user may change the original. */
export function encodeTable(given: unknown, keepTypes: boolean): Table {
  if (given === undefined || given === null) return {};
  if (typeof given !== 'object') throw new TypeError("Field 'arguments' is the wrong type; must be an object");
  const table: Record<string, Value> = {};
  const source = given as Record<string, unknown>;
  // Inherited fields count, as in amqplib.
  for (const name in source) if (source[name] !== undefined) table[name] = encodeValue(source[name], keepTypes);
  return table;
}

function encodeValue(value: unknown, keepTypes: boolean): Value {
  switch (typeof value) {
    case 'string':
    case 'boolean':
    case 'number':
      return value;
    case 'object':
      if (value === null) return null;
      if (value instanceof Uint8Array) return Uint8Array.from(value);
      if (Array.isArray(value)) return value.map((each) => encodeValue(each, keepTypes));
      if (isTyped(value as Value)) return encodeTyped(value as { '!': string; value: unknown }, keepTypes);
      return encodeTable(value, keepTypes);
    default:
      throw new TypeError(`Unknown type to encode: ${typeof value}`);
  }
}

/** The wire type of a number shows only in what the broker says about arguments. */
function encodeTyped(value: { '!': string; value: unknown }, keepTypes: boolean): Value {
  if (keepTypes || kept.has(value['!'])) return { '!': value['!'], value: value.value };
  return encodeValue(value.value, keepTypes);
}

export function shortText(value: unknown, field: string): string {
  if (value === undefined || value === null) return '';
  if (typeof value !== 'string' || value.length > 255)
    throw new TypeError(`Field '${field}' is the wrong type; must be a string (up to 255 chars)`);
  return value;
}

export function requiredText(value: unknown, field: string): string {
  if (value === undefined) throw new Error(`Missing value for mandatory field '${field}'`);
  return shortText(value, field);
}

export function requiredNumber(value: unknown, field: string): number {
  if (value === undefined) throw new Error(`Missing value for mandatory field '${field}'`);
  if (typeof value !== 'number' || Number.isNaN(value))
    throw new TypeError(`Field '${field}' is the wrong type; must be a number (but not NaN)`);
  return value;
}

export type Options = Readonly<Record<string, unknown>>;

const texts = [
  'contentType',
  'contentEncoding',
  'correlationId',
  'replyTo',
  'expiration',
  'messageId',
  'type',
  'userId',
  'appId',
] as const;

/** The options of a publish as properties of the message. */
export function encodeProperties(options: Options): Properties {
  const properties: Record<string, unknown> = {};
  for (const name of texts) {
    const value = name === 'expiration' ? expirationText(options[name]) : options[name];
    if (value !== undefined && value !== null) properties[name] = shortText(value, name);
  }
  for (const name of ['priority', 'timestamp'] as const) {
    const value = options[name];
    if (value !== undefined && value !== null) properties[name] = requiredNumber(value, name);
  }
  const deliveryMode = deliveryModeOf(options);
  if (deliveryMode !== undefined) properties['deliveryMode'] = deliveryMode;
  const headers = encodeTable(options['headers'], false);
  const copies = Object.fromEntries(
    ['CC', 'BCC'].flatMap((name) => (options[name] === undefined ? [] : [[name, copiesOf(options[name])]])),
  ) as Table;
  properties['headers'] = { ...headers, ...copies };
  return properties;
}

function deliveryModeOf({ persistent, deliveryMode }: Options): number | undefined {
  if (persistent !== undefined) return persistent ? 2 : 1;
  if (typeof deliveryMode === 'number') return deliveryMode;
  return deliveryMode ? 2 : undefined;
}

function expirationText(value: unknown): unknown {
  return typeof value === 'number' ? String(value) : value;
}

function copiesOf(value: unknown): string[] {
  return Array.isArray(value) ? value.map(String) : [String(value)];
}

/** The properties of a message as amqplib shows them: all of them, in its order. */
export function decodeProperties(properties: Properties): Record<string, unknown> {
  return {
    contentType: properties.contentType,
    contentEncoding: properties.contentEncoding,
    headers: properties.headers === undefined ? undefined : decodeTable(properties.headers),
    deliveryMode: properties.deliveryMode,
    priority: properties.priority,
    correlationId: properties.correlationId,
    replyTo: properties.replyTo,
    expiration: properties.expiration,
    messageId: properties.messageId,
    timestamp: properties.timestamp,
    type: properties.type,
    userId: properties.userId,
    appId: properties.appId,
    clusterId: undefined,
  };
}

function decodeTable(table: Table): Record<string, unknown> {
  const shown: Record<string, unknown> = {};
  for (const name of Object.keys(table)) shown[name] = decodeValue(table[name] as Value);
  return shown;
}

function decodeValue(value: Value): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (value instanceof Uint8Array) return Uint8Array.from(value);
  if (Array.isArray(value)) return value.map((each: Value) => decodeValue(each));
  if (isTyped(value)) return kept.has(value['!']) && !/^(float|double)/.test(value['!']) ? { ...value } : value.value;
  return decodeTable(value as Table);
}
