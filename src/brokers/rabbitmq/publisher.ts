import { accessRefused, named, preconditionFailed } from './amqp-error';
import type { Channel } from './channel';
import { Confirmations, type Outcome } from './confirmations';
import { extraKeys } from './dead-letter';
import { replyQueue } from './direct-replies';
import type { Exchange } from './exchange';
import type { Properties, Publish, Value } from './protocol';
import { timeMsMax } from './queue-settings';
import { Published, type Publication } from './stored-message';
import { typeOf } from './values';
import { messageBytesMax } from './version';

/** What is published on a channel: checked, routed, returned when it reaches no queue, and confirmed. */
export class Publisher {
  readonly #channel: Channel;
  readonly #confirms: Confirmations;
  confirms = false;
  #published = 0;

  constructor(channel: Channel) {
    this.#channel = channel;
    this.#confirms = new Confirmations(channel);
  }

  /** Confirms what queues have answered for. */
  flush(): void {
    this.#confirms.flush();
  }

  publish(method: Publish, cause: number): void {
    const { host } = this.#channel;
    const exchange = method.exchange === '' ? undefined : host.exchange(method.exchange, { cause });
    if (exchange?.internal === true)
      throw accessRefused(`cannot publish to internal ${named('exchange', exchange.name)}`);
    const bytesMax = messageBytesMax(host.version);
    if (method.content.length > bytesMax)
      throw preconditionFailed(`message size ${method.content.length} is larger than configured max size ${bytesMax}`);
    const publication = this.#publication(method);
    const tag = this.confirms ? ++this.#published : 0;
    const outcome = this.#deliver(exchange, publication, method, cause);
    if (this.confirms) this.#confirms.settle(tag, outcome, cause);
  }

  /** `refused`: by a queue, even if others took it. */
  #deliver(exchange: Exchange | undefined, publication: Publication, method: Publish, cause: number): Outcome {
    const { host } = this.#channel;
    const { message } = publication;
    const routing = host.route(exchange, publication);
    const { queues } = routing;
    const reply = exchange === undefined ? host.replies.get(method.routingKey) : undefined;
    const seq = host.log.routed(publication, routing, cause);
    reply?.consumers.replies.deliver(publication, seq);
    if (queues.length === 0 && reply === undefined) {
      if (method.mandatory) this.#return(publication, seq);
      host.log.dropped(message, undefined, method.mandatory ? 'returned' : 'unroutable', seq);
      return 'unrouted';
    }
    let outcome: Outcome = queues.length === 0 ? 'unrouted' : 'taken';
    for (const queue of queues) {
      const isTaken = queue.publish(publication, seq, this);
      if (!isTaken) outcome = 'refused';
      else if (outcome === 'taken' && queue.settings.type === 'quorum') outcome = 'logged';
    }
    return outcome;
  }

  #return({ exchange, routingKeys, properties, content }: Publication, cause: number): void {
    const { session, number } = this.#channel;
    const fields = { replyCode: 312, replyText: 'NO_ROUTE', exchange, routingKey: routingKeys[0] ?? '' };
    session.send({ type: 'basic.return', channel: number, fields, properties, content }, cause);
  }

  #publication(method: Publish): Publication {
    const { routingKey, properties } = method;
    const { headers, expiration, userId, replyTo, deliveryMode = 1 } = properties;
    if (userId !== undefined && userId !== 'guest')
      throw preconditionFailed(`user_id property set to '${userId}' but authenticated user was 'guest'`);
    if (expiration !== undefined) checkExpiration(expiration);
    if (deliveryMode !== 1 && deliveryMode !== 2)
      throw preconditionFailed(`invalid message: {delivery_mode_unknown,${deliveryMode}}`);
    const answered: Properties =
      replyTo === replyQueue ? { ...properties, replyTo: this.#channel.consumers.replies.address } : properties;
    if (headers === undefined || (headers['CC'] === undefined && headers['BCC'] === undefined))
      return new Published(method, [routingKey], answered);
    const { BCC, ...shown } = headers;
    const routingKeys = [routingKey, ...keysOf('CC', headers['CC']), ...keysOf('BCC', BCC)];
    return new Published(method, routingKeys, { ...answered, headers: shown });
  }
}

function checkExpiration(text: string): void {
  const digits = /^[+-]?\d+/.exec(text)?.[0];
  if (digits === undefined) throw preconditionFailed(`invalid expiration '${text}': no_integer`);
  if (digits !== text)
    throw preconditionFailed(`invalid expiration '${text}': {leftover_string,"${text.slice(digits.length)}"}`);
  const ms = Number(text);
  if (ms < 0) throw preconditionFailed(`invalid expiration '${text}': {value_negative,${ms}}`);
  if (ms > timeMsMax) throw preconditionFailed(`invalid expiration '${text}': {value_too_large,${ms}}`);
}

function keysOf(header: string, value: Value | undefined): string[] {
  if (value === undefined) return [];
  if (!Array.isArray(value))
    throw preconditionFailed(`invalid message: {unacceptable_type_in_header,"${header}",${typeOf(value)}}`);
  return extraKeys(value);
}
