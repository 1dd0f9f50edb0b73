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

/** A field of bytes, as long as one likes. */
export function requiredBytes(value: unknown, field: string): Uint8Array {
  const bytes = required(value, field);
  if (!Buffer.isBuffer(bytes)) throw new TypeError(`Field '${field}' is the wrong type; must be a Buffer`);
  return bytes as Uint8Array;
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
  readonly options: Options;
  readonly headers: object;
  readonly deliveryMode: number | undefined;
  readonly expiration: string | undefined;
}

const noHeaders: Table = {};
/** Of what is published without options. */
export const noProperties: Properties = { headers: noHeaders };

export function publishOptions(options: Options): PublishOptions {
  const { CC, BCC, expiration, headers } = options;
  const hasCopies = CC !== undefined || BCC !== undefined;
  return {
    mandatory: Boolean(options['mandatory']),
    options,
    headers: headers || hasCopies ? extended(headers, { CC: copiesOf(CC), BCC: copiesOf(BCC) }) : noHeaders,
    deliveryMode: deliveryModeOf(options),
    expiration: expiration === undefined ? undefined : (expiration as { toString(): string }).toString(),
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

type Writable<T> = { -readonly [K in keyof T]: T[K] };

/**
 * Checked and kept in the order of the protocol. Written out: most of them are left out most of the time, and to look them up
 * by their names takes as long as the rest of a publish.
 */
export function encodeProperties({ options, headers, deliveryMode, expiration }: PublishOptions): Properties {
  const properties: Writable<Properties> = {};
  const { contentType, contentEncoding, priority, correlationId, replyTo, messageId, timestamp, type, userId, appId } =
    options;
  if (isGiven(contentType)) properties.contentType = shortText(contentType, 'contentType');
  if (isGiven(contentEncoding)) properties.contentEncoding = shortText(contentEncoding, 'contentEncoding');
  properties.headers = headers === noHeaders ? noHeaders : encodeTable(headers, false);
  if (isGiven(deliveryMode)) properties.deliveryMode = numberField(deliveryMode, 'deliveryMode', 'UInt8');
  if (isGiven(priority)) properties.priority = numberField(priority, 'priority', 'UInt8');
  if (isGiven(correlationId)) properties.correlationId = shortText(correlationId, 'correlationId');
  if (isGiven(replyTo)) properties.replyTo = shortText(replyTo, 'replyTo');
  if (isGiven(expiration)) properties.expiration = shortText(expiration, 'expiration');
  if (isGiven(messageId)) properties.messageId = shortText(messageId, 'messageId');
  if (isGiven(timestamp)) properties.timestamp = numberField(timestamp, 'timestamp', 'BigUInt64BE');
  if (isGiven(type)) properties.type = shortText(type, 'type');
  if (isGiven(userId)) properties.userId = shortText(userId, 'userId');
  if (isGiven(appId)) properties.appId = shortText(appId, 'appId');
  return properties;
}

function isGiven(value: unknown): boolean {
  return value !== undefined && value !== null;
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
