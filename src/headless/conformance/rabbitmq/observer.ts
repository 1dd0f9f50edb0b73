import type { CloseFields, Frame, Properties, Table, Value } from '../../../brokers/rabbitmq/protocol';
import { plainOf } from '../../../brokers/rabbitmq/values';
import type { Publication } from './case-client';

/** What the clients of a case see of the broker, gathered from one checkpoint to the next in the form of the recordings. */
export class Observer {
  readonly #withTags: boolean;
  #sections = new Map<string, unknown>();
  #confirms: { readonly order: number; readonly seen: unknown }[] = [];

  constructor(withTags: boolean) {
    this.#withTags = withTags;
  }

  /** Takes what was gathered and begins anew. */
  take(): Record<string, unknown> {
    const seen = Object.fromEntries(this.#sections);
    this.#sections = new Map();
    const cancelled = seen['cancelled'];
    if (Array.isArray(cancelled)) cancelled.sort();
    // They are recorded in the order of publishing, whatever order they came in.
    const confirms = this.#confirms.sort((one, other) => one.order - other.order).map((each) => each.seen);
    this.#confirms = [];
    return confirms.length === 0 ? seen : { ...seen, confirms };
  }

  delivered(frame: Frame): void {
    const byTag = (this.#sections.get('deliveries') ?? {}) as Record<string, unknown[]>;
    (byTag[String(frame.fields['consumerTag'])] ??= []).push(this.#record(frame));
    this.#sections.set('deliveries', byTag);
  }

  got(step: number, frame: Frame | undefined): void {
    const seen = frame && { messageCount: frame.fields['messageCount'], message: this.#record(frame) };
    this.#add('gets', { step, ...(seen ?? { message: null }) });
  }

  replied(step: number, fields: Readonly<Record<string, unknown>>): void {
    this.#add('replies', { step, ...fields });
  }

  returned(channel: string, { fields, properties, content }: Frame): void {
    this.#add('returns', { channel, ...fields, body: textOf(content), ...shownProperties(properties) });
  }

  confirmed(channel: string, { body, order, returned }: Publication, outcome: 'ack' | 'nack'): void {
    const seen = { channel, body, outcome, ...(returned ? { afterReturn: true } : {}) };
    this.#confirms.push({ order, seen });
  }

  cancelled(consumerTag: string): void {
    this.#add('cancelled', consumerTag);
  }

  failed(where: Readonly<Record<string, string>>, fields: Readonly<Record<string, unknown>>): void {
    const { replyCode, replyText } = fields as unknown as CloseFields;
    this.#add('errors', { ...where, code: replyCode, class: replyText.split(' - ')[0] });
  }

  #add(section: string, seen: unknown): void {
    const known = (this.#sections.get(section) ?? []) as unknown[];
    known.push(seen);
    this.#sections.set(section, known);
  }

  #record({ fields, properties, content }: Frame): Record<string, unknown> {
    const { exchange, routingKey, redelivered, deliveryTag } = fields;
    return {
      body: textOf(content),
      exchange,
      routingKey,
      redelivered,
      ...shownProperties(properties),
      ...(this.#withTags ? { deliveryTag } : {}),
    };
  }
}

export function textOf(content: Uint8Array | undefined): string {
  return new TextDecoder().decode(content);
}

/** Headers and the other properties apart, each only when there are any. */
function shownProperties(properties: Properties = {}): Record<string, unknown> {
  const { headers = {}, ...rest } = properties;
  return {
    ...(Object.keys(headers).length > 0 ? { headers: shownTable(headers) } : {}),
    ...(Object.keys(rest).length > 0 ? { properties: rest } : {}),
  };
}

function shownTable(table: Table): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(table).map(([name, value]) => [
      name,
      name === 'x-death' && Array.isArray(value) ? (value as Table[]).map(shownDeath) : shownValue(value),
    ]),
  );
}

/** The time of a death is not recorded. */
function shownDeath({ time, ...rest }: Table): Record<string, unknown> {
  return shownTable(rest);
}

function shownValue(value: Value): unknown {
  const plain = plainOf(value);
  if (Array.isArray(plain)) return plain.map((each: Value) => shownValue(each));
  return typeof plain === 'object' && plain !== null ? shownTable(plain as Table) : plain;
}
