import type { Handed, Line } from '../../../brokers/broker';
import type { Frame } from '../../../brokers/rabbitmq/protocol';
import type { Observer } from './observer';
import type { Which } from './recorded-case';

interface Delivered {
  readonly body: string;
  readonly tag: number;
  settled: boolean;
}

/** What was published to be confirmed. */
export interface Publication {
  readonly body: string;
  /** From 0, over the whole case. */
  readonly order: number;
  returned: boolean;
  confirmed: boolean;
}

/** A channel of a case: what was published on it to be confirmed, and what it has been delivered. */
export class CaseChannel {
  readonly name: string;
  readonly number: number;
  readonly published: Publication[] = [];
  readonly #delivered: Delivered[] = [];

  constructor(name: string, number: number) {
    this.name = name;
    this.number = number;
  }

  delivered(body: string, tag: number): void {
    this.#delivered.push({ body, tag, settled: false });
  }

  /** The tag that a step means: the number as it stands, or that of the latest delivery with a body. */
  tagOf({ body, deliveryTag }: Which): number {
    if (deliveryTag !== undefined) return deliveryTag;
    const meant = this.#delivered.findLast((each) => each.body === body && !each.settled);
    if (meant === undefined) throw new Error(`nothing with the body ${String(body)} is unsettled on ${this.name}`);
    return meant.tag;
  }

  settled(tag: number, multiple: boolean): void {
    for (const each of this.#delivered)
      if (each.tag === tag || (multiple && (tag === 0 || each.tag < tag))) each.settled = true;
  }
}

/** The client's end of a connection of a case. */
export class CaseConnection implements Line {
  readonly process: string;
  readonly #observer: Observer;
  readonly #byNumber = new Map<number, CaseChannel>();
  readonly #noAck = new Set<string>();
  /** Answer to the method that is being carried out. */
  #answer: Frame | undefined;

  constructor(name: string, observer: Observer) {
    this.process = name;
    this.#observer = observer;
  }

  open(name: string): CaseChannel {
    const channel = new CaseChannel(name, this.#byNumber.size + 1);
    this.#byNumber.set(channel.number, channel);
    return channel;
  }

  consumes(consumerTag: string, noAck: boolean): void {
    if (noAck) this.#noAck.add(consumerTag);
    else this.#noAck.delete(consumerTag);
  }

  takeAnswer(): Frame | undefined {
    const answer = this.#answer;
    this.#answer = undefined;
    return answer;
  }

  send(sent: unknown): void {
    const frame = sent as Frame;
    const channel = this.#byNumber.get(frame.channel);
    switch (frame.type) {
      case 'basic.return':
        if (channel === undefined) return;
        this.#observer.returned(channel.name, frame);
        for (const last of channel.published.slice(-1)) last.returned = true;
        return;
      case 'basic.ack':
      case 'basic.nack': {
        const count = Number(frame.fields['deliveryTag']);
        const meant = channel?.published.slice(frame.fields['multiple'] === true ? 0 : count - 1, count) ?? [];
        for (const published of meant)
          if (channel && !published.confirmed) {
            published.confirmed = true;
            this.#observer.confirmed(channel.name, published, frame.type === 'basic.ack' ? 'ack' : 'nack');
          }
        return;
      }
      case 'basic.cancel':
        return this.#observer.cancelled(String(frame.fields['consumerTag']));
      case 'channel.close':
        return this.#observer.failed({ scope: 'channel', channel: channel?.name ?? '' }, frame.fields);
      case 'connection.close':
        return this.#observer.failed({ scope: 'connection', connection: this.process }, frame.fields);
      default:
        this.#answer = frame;
    }
  }

  deliver(sent: unknown): Handed {
    const frame = sent as Frame;
    const channel = this.#byNumber.get(frame.channel);
    const tag = Number(frame.fields['deliveryTag']);
    const body = new TextDecoder().decode(frame.content);
    if (frame.type === 'basic.deliver') {
      this.#observer.delivered(frame);
      if (!this.#noAck.has(String(frame.fields['consumerTag']))) channel?.delivered(body, tag);
    } else {
      this.#answer = frame;
      channel?.delivered(body, tag);
    }
    return { id: `${this.process}/${frame.channel}/${tag}`, settle: (_how, cause) => cause };
  }

  hangUp(): void {
    return;
  }
}
