import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DirectBindings, type Binding, type BindingTable } from '../../../src/brokers/rabbitmq/binding';
import { ClassicMessages } from '../../../src/brokers/rabbitmq/ready-messages';
import { Deque } from '../../../src/brokers/rabbitmq/deque';
import { StoredMessage } from '../../../src/brokers/rabbitmq/stored-message';
import { TopicBindings } from '../../../src/brokers/rabbitmq/topic-bindings';
import { expectTalk } from './talk';

const bindingOf = (key: string): Binding => ({ key, arguments: {} }) as unknown as Binding;

function matching(table: BindingTable, key: string): string[] {
  const found = new Set<string>();
  table.match({ routingKeys: [key], headers: undefined }, (binding) => found.add(binding.key));
  return [...found].sort();
}

/** The rule itself, as slow as it is plain. */
function matches(pattern: readonly string[], words: readonly string[]): boolean {
  const [first, ...rest] = pattern;
  if (first === undefined) return words.length === 0;
  if (first === '#') return matches(rest, words) || (words.length > 0 && matches(pattern, words.slice(1)));
  return words.length > 0 && (first === '*' || first === words[0]) && matches(rest, words.slice(1));
}
const wordsOf = (key: string): string[] => (key === '' ? [] : key.split('.'));

describe('a topic exchange', () => {
  it('finds what the plain rule finds, also after some bindings have gone', () => {
    const word = fc.constantFrom('a', 'b', '', '*', '#');
    const key = fc.array(word, { maxLength: 5 }).map((words) => words.join('.'));
    fc.assert(
      fc.property(
        fc.uniqueArray(key, { maxLength: 12 }),
        fc.array(fc.nat(), { maxLength: 4 }),
        key,
        (patterns, gone, asked) => {
          const table = new TopicBindings();
          const bindings = patterns.map(bindingOf);
          for (const binding of bindings) table.add(binding);
          const removed = new Set(gone.map((at) => at % Math.max(1, bindings.length)));
          bindings.forEach((binding, at) => removed.has(at) && table.remove(binding));
          const left = patterns.filter((_, at) => !removed.has(at));
          // In a published key `*` and `#` are words like any other.
          const words = wordsOf(asked).map((each) => (each === '*' || each === '#' ? `literal ${each}` : each));
          expect(matching(table, asked)).toEqual(left.filter((pattern) => matches(wordsOf(pattern), words)).sort());
        },
      ),
    );
  });
});

describe('many bindings', () => {
  it.each([
    ['direct', new DirectBindings()],
    ['topic', new TopicBindings()],
  ])('of a %s exchange are not looked through', (_name, table) => {
    let reads = 0;
    for (let at = 0; at < 10_000; at++)
      table.add(
        Object.defineProperty({ arguments: {} } as unknown as Binding, 'key', {
          get: () => {
            reads++;
            return `order.${at}.created`;
          },
        }),
      );
    reads = 0;
    expect(matching(table, 'order.77.created')).toEqual(['order.77.created']);
    expect(reads).toBe(1);
  });
});

describe('ready messages', () => {
  const message = (position: number): StoredMessage =>
    new StoredMessage(
      { content: new Uint8Array() } as unknown as StoredMessage['publication'],
      position,
      0,
      Infinity,
      0,
    );

  it('come out in the order of their places, however they were given back', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 30 }), fc.array(fc.nat(), { maxLength: 40 }), (size, picks) => {
        const ready = new ClassicMessages();
        for (let at = 0; at < size; at++) ready.push(message(at));
        const held: StoredMessage[] = [];
        for (const pick of picks) {
          const first = ready.shift();
          if (first) held.push(first);
          if (pick % 3 === 0 && held.length > 0) ready.giveBack(held.splice(pick % held.length));
        }
        const places: number[] = [];
        for (let next = ready.shift(); next !== undefined; next = ready.shift()) places.push(next.position);
        expect(places).toEqual([...places].sort((one, other) => one - other));
        expect(places.length + held.length).toBe(size);
      }),
    );
  });

  it('wait in a line that is a line', () => {
    fc.assert(
      fc.property(fc.array(fc.boolean(), { maxLength: 400 }), (steps) => {
        const line = new Deque<number>();
        const plain: number[] = [];
        steps.forEach((isPush, at) => {
          if (isPush) {
            line.push(at);
            plain.push(at);
          } else expect(line.shift()).toBe(plain.shift());
          expect([line.length, line.first]).toEqual([plain.length, plain[0]]);
        });
      }),
    );
  });
});

describe('routing', () => {
  it('goes by headers, by value and by presence', () =>
    expectTalk(`
      a1 exchange e headers
      a1 queue all
      a1 queue any
      a1 bind all e "" x-match=all f=pdf n=1
      a1 bind any e "" x-match=any f=pdf n=1
      a1 consume all all noack
      a1 consume any any noack
      a1 publish e "" both f=pdf n=1
        all: both #1
        any: both #2
      a1 publish e "" one f=pdf n=2
        any: one #3
      a1 publish e "" none f=doc
      a1 bind all e "" x-match=some
        a1 closed: 406 PRECONDITION_FAILED - Invalid x-match field value <<"some">>; expected all, any, all-with-x, or any-with-x
    `));

  it('takes the alternate exchange when no binding matches', () =>
    expectTalk(`
      a1 exchange spare fanout
      a1 exchange e direct alternate-exchange=spare
      a1 queue lost
      a1 bind lost spare ""
      a1 consume lost t noack
      a1 publish e nothing m1 mandatory
        t: m1 #1
    `));
});

describe('a way through exchanges that was found once', () => {
  it('is found anew when a binding or a queue comes or goes', () =>
    expectTalk(`
      a1 exchange e topic
      a1 queue q
      a1 queue r
      a1 publish e k m0
      a1 bind q e k
      a1 publish e k m1
      a1 bind r e #
      a1 publish e k m2
      a1 unbind q e k
      a1 publish e k m3
      q?
        2 ready, 0 unacked, 0 consumers
      r?
        2 ready, 0 unacked, 0 consumers
      a1 delete r
        2 messages
      a1 queue r
      a1 publish e k m4
      r?
        0 ready, 0 unacked, 0 consumers
    `));

  it('is found anew when a policy gives the exchange an alternate', () =>
    expectTalk(`
      a1 exchange e direct
      a1 exchange other fanout
      a1 queue q
      a1 bind q other any
      a1 publish e k m1
      policy caught ^e$ alternate-exchange=other
      a1 publish e k m2
      q?
        1 ready, 0 unacked, 0 consumers
    `));

  it('says nothing of other headers', () =>
    expectTalk(`
      a1 exchange h headers
      a1 queue q
      a1 bind q h k a=1
      a1 publish h k m1 a=1
      a1 publish h k m2 a=2
      a1 publish h k m3 a=1
      q?
        2 ready, 0 unacked, 0 consumers
    `));
});
