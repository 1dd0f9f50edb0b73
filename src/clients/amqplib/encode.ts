import type { Properties, Table } from '../../brokers/rabbitmq/protocol';
import { Buffer } from '../node/buffer';
import { textOf } from '../node/node-error';
import { decodeTable, encodeTable } from './field-table';
import { carried, type WireNumber } from './wire-number';

/** What the user passes, turned into what goes over the wire; what the wire cannot hold fails with amqplib's own words. */

/** At most 255 bytes of UTF-8. */
export function shortText(value: unknown, field: string, otherwise = ''): string {
  if (value === undefined) return otherwise;
  if (typeof value !== 'string' || (value.length > 85 && Buffer.byteLength(value) > 255))
    throw new TypeError(`Field '${field}' is the wrong type; must be a string (up to 255 chars)`);
  return value;
}

export function requiredText(value: unknown, field: string): string {
  return shortText(required(value, field), field);
}

/** 0 when it is not given. */
export function numberField(value: unknown, field: string, kind: WireNumber): number {
  if (value === undefined) return 0;
  if (typeof value !== 'number' || Number.isNaN(value))
    throw new TypeError(`Field '${field}' is the wrong type; must be a number (but not NaN)`);
  return carried(kind, value);
}

export function requiredNumber(value: unknown, field: string): number {
  return numberField(required(value, field), field, 'BigUInt64BE');
}

function required(value: unknown, field: string): unknown {
  if (value === undefined) throw new Error(`Missing value for mandatory field '${field}'`);
  return value;
}

/** A field that is a table. */
export function tableField(value: unknown, field: string): Table {
  if (value === undefined) return {};
  if (typeof value !== 'object') throw new TypeError(`Field '${field}' is the wrong type; must be an object`);
  return encodeTable(value, true);
}

export type Options = Readonly<Record<string, unknown>>;

/** A table of what the options name, and of what the user has given besides. */
export function extended(given: unknown, named: Readonly<Record<string, unknown>>): object {
  if (given && typeof given !== 'object' && typeof given !== 'function')
    throw new TypeError(`Object prototype may only be an Object or null: ${textOf(given)}`);
  const table = Object.create(given || null) as Record<string, unknown>;
  for (const name of Object.keys(named)) if (named[name] !== undefined) table[name] = named[name];
  return table;
}

/** The options of a publish as what becomes of them before anything is checked. */
export interface PublishOptions {
  readonly mandatory: boolean;
  readonly properties: Readonly<Record<string, unknown>>;
}

export function publishOptions(options: Options): PublishOptions {
  const { CC, BCC, expiration } = options;
  return {
    mandatory: Boolean(options['mandatory']),
    properties: {
      ...options,
      headers: extended(options['headers'], { CC: copiesOf(CC), BCC: copiesOf(BCC) }),
      deliveryMode: deliveryModeOf(options),
      expiration: expiration === undefined ? undefined : (expiration as { toString(): string }).toString(),
    },
  };
}

function copiesOf(value: unknown): string[] | undefined {
  if (value === undefined) return undefined;
  return (Array.isArray(value) ? (value as unknown[]) : [value]).map(textOf);
}

function deliveryModeOf({ persistent, deliveryMode }: Options): number | undefined {
  if (persistent !== undefined) return persistent ? 2 : 1;
  if (typeof deliveryMode === 'number') return deliveryMode;
  return deliveryMode ? 2 : undefined;
}

/** Properties in the order in which they are checked, and what each is on the wire. */
const propertyKinds = {
  contentType: 'text',
  contentEncoding: 'text',
  headers: 'table',
  deliveryMode: 'UInt8',
  priority: 'UInt8',
  correlationId: 'text',
  replyTo: 'text',
  expiration: 'text',
  messageId: 'text',
  timestamp: 'BigUInt64BE',
  type: 'text',
  userId: 'text',
  appId: 'text',
} as const satisfies Record<keyof Properties, string>;
const kindsInOrder = Object.entries(propertyKinds);

export function encodeProperties(given: Readonly<Record<string, unknown>>): Properties {
  const properties: Record<string, unknown> = {};
  for (const [name, kind] of kindsInOrder) {
    const value = given[name];
    if (value === undefined || value === null) continue;
    if (kind === 'text') properties[name] = shortText(value, name);
    else if (kind === 'table') properties[name] = encodeTable(value, false);
    else properties[name] = numberField(value, name, kind);
  }
  return properties;
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
