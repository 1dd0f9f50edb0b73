import type { Broker } from '../brokers/broker';
import { halfOfJson } from '../log/entry-fault';
import type { Message } from '../log/envelope';
import { createMessage } from './create-message';
import type { Life } from './life';
import { Stream, type StreamEnd } from './stream';

/** A message that was sent over the link, and the `seq` of its `message.published`. */
interface Sent {
  readonly message: Message;
  readonly seq: number;
  readonly sentAtMs: number;
}

interface Question {
  readonly sent: readonly Sent[];
  perform(sent: readonly Sent[]): unknown;
  answer(value: unknown): void;
  refuse(error: unknown): void;
}

interface Answer {
  readonly question: Question;
  readonly value: unknown;
}

/**
 * What one life of a process asks a store beyond a link: questions arrive in order, each is carried out whole where it arrives, and its
 * answer comes back. What was sent is carried out even when the process has ended meanwhile; then nobody hears the answer.
 */
export class StoreLink {
  readonly #life: Life;
  readonly #broker: Broker;
  readonly #toStore: Stream<StoreLink, Question>;
  readonly #toProcess: Stream<StoreLink, Answer>;
  readonly #open = new Set<Question>();

  static readonly atStore: StreamEnd<StoreLink, Question> = {
    take: (link, question) => {
      link.#toProcess.put({ question, value: question.perform(question.sent) });
    },
    givenUp: (link) => {
      link.#silent();
    },
  };
  static readonly atProcess: StreamEnd<StoreLink, Answer> = {
    take: (link, { question, value }) => {
      link.#settle(question, () => {
        question.answer(value);
      });
    },
    givenUp: StoreLink.atStore.givenUp,
  };

  constructor(life: Life, broker: Broker) {
    const { world, process } = life;
    this.#life = life;
    this.#broker = broker;
    const { atStore, atProcess } = StoreLink;
    this.#toStore = new Stream({ world, from: process, to: broker.name, owner: this, end: atStore });
    this.#toProcess = new Stream({ world, from: broker.name, to: process, owner: this, end: atProcess });
  }

  /** `perform` runs at the store, with the messages that were sent along; it must not throw. */
  ask<T>(events: readonly { type: string; data: unknown }[], perform: (sent: readonly Sent[]) => T): Promise<T> {
    const life = this.#life;
    const arrivesAtMs = this.#toStore.arrivalMs();
    const sent = events.map(({ type, data }) => this.#publish(type, data, arrivesAtMs));
    return life.world.turn.promise<T>((resolve, reject) => {
      const question: Question = {
        sent,
        perform,
        answer: life.environment.bind((value: unknown) => {
          resolve(value as T);
        }),
        refuse: life.environment.bind(reject),
      };
      life.retain();
      this.#open.add(question);
      this.#toStore.put(question, arrivesAtMs);
    });
  }

  #publish(type: string, data: unknown, arrivesAtMs: number | undefined): Sent {
    const { world, process, context } = this.#life;
    const { faults } = world;
    const poison = faults.poisonOf(type, this.#broker.name);
    const message = createMessage(this.#life, type, poison === undefined ? data : halfOfJson(data));
    const seq = world.journal.append({
      type: 'message.published',
      cause: context.cause,
      where: world.where(),
      message,
      process,
      broker: this.#broker.name,
      arrivesAtMs,
    });
    if (poison !== undefined) faults.struck(poison, message.id, seq);
    return { message, seq, sentAtMs: world.agenda.nowMs };
  }

  #settle(question: Question, settle: () => void): void {
    if (!this.#open.delete(question) || !this.#life.alive) return;
    settle();
    this.#life.release();
  }

  /** Neither side has heard of the other for too long. */
  #silent(): void {
    for (const question of [...this.#open])
      this.#settle(question, () => {
        question.refuse(new Error(`${this.#broker.name} does not answer: the connection is lost.`));
      });
  }
}
