import { expect } from 'vitest';
import type { Session } from '../../../src/brokers/broker';
import type { Frame, Reply } from '../../../src/brokers/redis/protocol';
import { Redis } from '../../../src/brokers/redis/redis';
import { RedisError } from '../../../src/brokers/redis/redis-error';
import { Agenda } from '../../../src/kernel/agenda';
import { portOf, runFor } from '../../../src/headless/conformance/case-port';

/**
 * A talk with Redis as text. A line at the margin is what a client does, and the indented ones after it are what the clients
 * then see. `a GET k` is a command of client `a`, who connects when first named; a word in double quotes may be empty.
 *
 *     a XREAD BLOCK 100 STREAMS s $
 *     wait 100   (milliseconds)
 *       a nil
 *     a gone
 *     stop, start   (the server)
 */
export function expectTalk(text: string): void {
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  const margin = Math.min(...lines.map((line) => line.length - line.trimStart().length));
  const expected = lines.map((line) => line.slice(margin).trimEnd());
  const talk = new Talk();
  const said = expected.filter((line) => !line.startsWith(' ')).flatMap((line) => [line, ...talk.say(line)]);
  expect(said.join('\n')).toBe(expected.join('\n'));
}

const noMessage = (): never => expect.fail('nothing here carries a message of the log');

class Talk {
  readonly #agenda = new Agenda();
  readonly #server = new Redis('redis', portOf(this.#agenda));
  readonly #sessions = new Map<string, Session>();
  #seen: string[] = [];

  say(line: string): string[] {
    this.#seen = [];
    const [who = '', ...words] = (line.match(/"[^"]*"|\S+/g) ?? []).map((word) => word.replace(/^"(.*)"$/, '$1'));
    if (who === 'wait') runFor(this.#agenda, Number(words[0]));
    else if (who === 'stop') this.#stop();
    else if (who === 'start') this.#server.start();
    else if (words[0] === 'gone') this.#sessions.get(who)?.hungUp(0);
    else this.#sessionOf(who).receive({ args: words }, 0);
    return this.#seen.map((seen) => `  ${seen.trimEnd()}`);
  }

  /** The clients have to connect again. */
  #stop(): void {
    this.#server.stop(0);
    this.#sessions.clear();
  }

  #sessionOf(name: string): Session {
    let session = this.#sessions.get(name);
    if (session === undefined) {
      const line = {
        process: name,
        send: (frame: unknown) => this.#seen.push(`${name} ${shownFrame(frame as Frame)}`),
        deliver: noMessage,
        deliverAll: noMessage,
        hangUp: () => this.#seen.push(`${name} hung up`),
      };
      session = this.#server.connect(line, 0);
      this.#sessions.set(name, session);
    }
    return session;
  }
}

function shownFrame(frame: Frame): string {
  if (frame.type === 'reply') return shown(frame.reply);
  if (frame.type === 'subscription') return `${frame.kind} ${String(frame.channel)} ${frame.count}`;
  return [frame.kind, frame.pattern, frame.channel, frame.body].filter((part) => part !== undefined).join(' ');
}

function shown(reply: Reply): string {
  if (reply === null) return 'nil';
  if (reply instanceof RedisError) return `! ${reply.message}`;
  if (typeof reply === 'object') return `[${reply.map(shown).join(' ')}]`;
  return reply === '' ? '""' : String(reply);
}
