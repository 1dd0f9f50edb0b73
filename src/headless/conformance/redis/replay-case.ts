import type { BatchLine, Session } from '../../../brokers/broker';
import { bytesOf, textOf } from '../../../brokers/redis/bytes';
import type { Frame, Reply } from '../../../brokers/redis/protocol';
import { Redis } from '../../../brokers/redis/redis';
import { RedisError } from '../../../brokers/redis/redis-error';
import { Agenda } from '../../../kernel/agenda';
import { portOf, runFor } from '../case-port';
import { firstDifference } from '../rabbitmq/first-difference';

/** Replays a recorded case against the simulated server, with nothing between the two. */
export function replayRedisCase(recorded: unknown): string | undefined {
  return new Replay(recorded as RecordedCase).run();
}

interface RecordedCase {
  readonly steps: readonly Step[];
  readonly expect: readonly Checkpoint[];
}

type Step =
  | { readonly op: 'connect' | 'disconnect'; readonly client: string }
  | { readonly op: 'command'; readonly client: string; readonly args: readonly string[] }
  | { readonly op: 'settle' }
  | { readonly op: 'advance'; readonly ms: number };

interface Answer {
  readonly step: number;
  readonly reply: unknown;
}

/** What was seen since the checkpoint before. A section in which nothing happened is absent. */
interface Checkpoint {
  readonly step: number;
  readonly at: number;
  readonly replies?: readonly Answer[];
  readonly pushed?: Readonly<Record<string, readonly unknown[]>>;
}

interface Client {
  readonly session: Session;
  /** Steps whose commands wait for their replies. */
  readonly asked: number[];
}

const subscribeFamily = /^[ps]?(?:un)?subscribe$/i;

class Replay {
  readonly #case: RecordedCase;
  readonly #agenda = new Agenda();
  readonly #server = new Redis('redis', portOf(this.#agenda));
  readonly #clients = new Map<string, Client>();
  #replies: Answer[] = [];
  #pushed: Record<string, unknown[]> = {};
  #checkpoints = 0;
  #step = 0;

  constructor(recorded: RecordedCase) {
    this.#case = recorded;
  }

  run(): string | undefined {
    for (const [index, step] of this.#case.steps.entries()) {
      this.#step = index;
      switch (step.op) {
        case 'connect':
          this.#connect(step.client);
          break;
        case 'disconnect':
          this.#clientOf(step.client).session.hungUp(0);
          break;
        case 'command': {
          const { session, asked } = this.#clientOf(step.client);
          if (!subscribeFamily.test(step.args[0] ?? '')) asked.push(index);
          session.receive({ args: step.args.map(bytesOf) }, 0);
          break;
        }
        default: {
          runFor(this.#agenda, step.op === 'advance' ? step.ms : 0);
          const difference = this.#compare(index);
          if (difference !== undefined) return `step ${index}, ${difference}`;
        }
      }
    }
    return undefined;
  }

  #clientOf(name: string): Client {
    const client = this.#clients.get(name);
    if (client === undefined) throw new Error(`there is no client ${name}`);
    return client;
  }

  #connect(name: string): void {
    const noMessage = (): never => {
      throw new Error('a command without a message brings none');
    };
    const asked: number[] = [];
    const receive = (frame: unknown): void => this.#see(name, asked, frame as Frame);
    const line: BatchLine = {
      process: name,
      send: receive,
      deliver: noMessage,
      deliverAll: noMessage,
      hangUp: () => undefined,
    };
    this.#clients.set(name, { session: this.#server.connect(line, 0), asked });
  }

  #see(client: string, asked: number[], frame: Frame): void {
    if (frame.type === 'reply') {
      // Subscribing is answered by what is pushed, unless it is refused: then at once.
      const step = asked.shift() ?? this.#step;
      this.#replies.push({ step, reply: shown(frame.reply) });
      return;
    }
    const { kind } = frame;
    const channel = frame.channel === null ? null : textOf(frame.channel);
    const pushed =
      frame.type === 'subscription'
        ? { kind, channel, count: frame.count }
        : {
            kind,
            ...(frame.pattern === undefined ? {} : { pattern: textOf(frame.pattern) }),
            channel,
            body: textOf(frame.body),
          };
    (this.#pushed[client] ??= []).push(pushed);
  }

  #compare(step: number): string | undefined {
    const expected = this.#case.expect[this.#checkpoints++];
    const replies = this.#replies.sort((one, other) => one.step - other.step);
    const got = {
      step,
      at: this.#agenda.nowMs,
      ...(replies.length === 0 ? {} : { replies }),
      ...(Object.keys(this.#pushed).length === 0 ? {} : { pushed: this.#pushed }),
    };
    this.#replies = [];
    this.#pushed = {};
    if (expected === undefined) return 'nothing was recorded for it';
    return differenceInReplies(expected, got) ?? firstDifference(bare(expected), bare(got));
  }
}

function shown(reply: Reply): unknown {
  if (reply instanceof RedisError) return { error: textOf(reply.message) };
  if (typeof reply === 'string') return textOf(reply);
  return Array.isArray(reply) ? reply.map((each: Reply) => shown(each)) : reply;
}

/** Replies are told by the step that asked for them, not by their place in the list. */
function differenceInReplies(expected: Checkpoint, got: Checkpoint): string | undefined {
  const byStep = (replies: readonly Answer[] = []): Map<number, unknown> =>
    new Map(replies.map(({ step, reply }) => [step, reply]));
  const [wanted, seen] = [byStep(expected.replies), byStep(got.replies)];
  for (const step of [...new Set([...wanted.keys(), ...seen.keys()])].sort((one, other) => one - other)) {
    const one = wanted.get(step);
    const difference = firstDifference(
      withCodes(one),
      withCodes(withIdles(one, seen.get(step))),
      `reply to step ${step}`,
    );
    if (difference !== undefined) return difference;
  }
  return undefined;
}

const bare = ({ replies: _, ...rest }: Checkpoint): unknown => rest;

/** Of an error only the first word is the same everywhere. */
function withCodes(reply: unknown): unknown {
  if (Array.isArray(reply)) return reply.map(withCodes);
  if (typeof reply !== 'object' || reply === null) return reply;
  return { error: /^\S*/.exec((reply as { error: string }).error)?.[0] };
}

/** `<idle>` stands for any number of milliseconds. */
function withIdles(expected: unknown, got: unknown): unknown {
  if (expected === '<idle>' && typeof got === 'number' && got >= 0) return expected;
  if (!Array.isArray(expected) || !Array.isArray(got)) return got;
  return got.map((each: unknown, index) => withIdles(expected[index], each));
}
