import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PendingList } from '../../../src/brokers/redis/pending-list';
import { Stream } from '../../../src/brokers/redis/stream';
import { compareIds, maxId, textOfId, zeroId } from '../../../src/brokers/redis/stream-id';
import { expectTalk } from './talk';

describe('a stream', () => {
  it('takes ids of 64 bits to the very last', () =>
    expectTalk(`
      a XADD s 18446744073709551615-18446744073709551614 f v
        a 18446744073709551615-18446744073709551614
      a XADD s 18446744073709551615-* f v
        a 18446744073709551615-18446744073709551615
      a XADD s * f v
        a ! ERR The stream has exhausted the last possible ID, unable to add more items
      a XADD t 18446744073709551616-0 f v
        a ! ERR Invalid stream ID specified as stream command argument
      a XRANGE s (18446744073709551615-18446744073709551614 +
        a [[18446744073709551615-18446744073709551615 [f v]]]
    `));

  it('wakes who waits, in one stream of several, and forgets who hung up', () =>
    expectTalk(`
      a XREAD BLOCK 0 STREAMS s t $ $
      b XREAD BLOCK 200 STREAMS s $
      c XREAD BLOCK 0 STREAMS s $
      c gone
      w XADD t 1-1 f v
        a [[t [[1-1 [f v]]]]]
        w 1-1
      wait 200
        b nil
      w XADD s 1-1 f v
        w 1-1
    `));

  it('keeps commands for later while its client waits', () =>
    expectTalk(`
      a XREAD BLOCK 50 STREAMS s $
      a SET k v
      b GET k
        b nil
      wait 50
        a nil
        a OK
    `));

  it('tells who waits in a group that it, or the stream, is gone', () =>
    expectTalk(`
      w XGROUP CREATE s g $ MKSTREAM
        w OK
      a XREADGROUP GROUP g a BLOCK 0 STREAMS s >
      w XGROUP DESTROY s g
        a ! NOGROUP the consumer group this client was blocked on no longer exists
        w 1
      w XGROUP CREATE s g $
        w OK
      a XREADGROUP GROUP g a BLOCK 0 STREAMS s >
      w DEL s
        a ! UNBLOCKED the stream key no longer exists
        w 1
    `));

  it('tells about itself, its groups and their consumers', () =>
    expectTalk(`
      w XADD s 1-1 f v
        w 1-1
      w XADD s 2-1 f v
        w 2-1
      w XGROUP CREATE s g 0
        w OK
      w XREADGROUP GROUP g anna COUNT 1 STREAMS s >
        w [[s [[1-1 [f v]]]]]
      wait 70
      w XINFO GROUPS s
        w [[name g consumers 1 pending 1 last-delivered-id 1-1 entries-read 1 lag 1]]
      w XINFO CONSUMERS s g
        w [[name anna pending 1 idle 70]]
      w XDEL s 2-1
        w 1
      w XINFO STREAM s
        w [length 1 radix-tree-keys 1 radix-tree-nodes 2 last-generated-id 2-1 max-deleted-entry-id 2-1 entries-added 2 recorded-first-entry-id 1-1 groups 1 first-entry [1-1 [f v]] last-entry [1-1 [f v]]]
    `));

  it('knows how far behind a group is when what was deleted lay before all that is left', () =>
    expectTalk(`
      a XADD s 1-1 n 1
        a 1-1
      a XGROUP CREATE s g 1-1 ENTRIESREAD 1
        a OK
      a XADD s 2-1 n 2
        a 2-1
      a XADD s 3-1 n 3
        a 3-1
      a XDEL s 1-1 2-1
        a 2
      a XINFO GROUPS s
        a [[name g consumers 0 pending 0 last-delivered-id 1-1 entries-read 1 lag 2]]
    `));

  it('drops whole nodes of a hundred when trimmed roughly', () => {
    const stream = new Stream();
    for (let ms = 1; ms <= 250; ms += 1) stream.add({ type: 'given', id: { ms, seq: 0 } }, ['f', 'v'], undefined);
    const roughly = { isApproximate: true, limit: 10_000 } as const;
    expect(stream.trim({ to: { type: 'length', length: 120 }, ...roughly })).toHaveLength(100);
    expect(stream.trim({ to: { type: 'id', id: { ms: 190, seq: 0 } }, ...roughly })).toHaveLength(0);
    expect(stream.trim({ to: { type: 'id', id: { ms: 201, seq: 0 } }, ...roughly })).toHaveLength(100);
    expect(stream.length).toBe(50);
  });

  it('has what a plain list would have, whatever is added, deleted and trimmed', () => {
    const act = fc.oneof(
      fc.record({ type: fc.constant('add' as const), step: fc.integer({ min: 1, max: 3 }) }),
      fc.record({ type: fc.constant('delete' as const), ms: fc.integer({ min: 1, max: 900 }) }),
      fc.record({ type: fc.constant('trim' as const), length: fc.integer({ min: 0, max: 300 }) }),
    );
    fc.assert(
      fc.property(fc.array(act, { minLength: 150, maxLength: 400 }), (acts) => {
        const stream = new Stream();
        let model: number[] = [];
        let last = 0;
        for (const each of acts) {
          if (each.type === 'add') {
            last += each.step;
            stream.add({ type: 'given', id: { ms: last, seq: 0 } }, ['f', 'v'], undefined);
            model.push(last);
          } else if (each.type === 'delete') {
            expect(stream.delete({ ms: each.ms, seq: 0 }) !== undefined).toBe(model.includes(each.ms));
            model = model.filter((ms) => ms !== each.ms);
          } else {
            stream.trim({ to: { type: 'length', length: each.length }, isApproximate: false, limit: 0 });
            model = each.length === 0 ? [] : model.slice(-each.length);
          }
        }
        expect([...stream.nodes.upwards(zeroId, maxId)].map(({ id }) => id.ms)).toEqual(model);
        expect([...stream.nodes.downwards(maxId, zeroId)].map(({ id }) => id.ms)).toEqual(model.toReversed());
        expect([stream.length, stream.nodes.last?.id.ms, stream.nodes.first?.id.ms]).toEqual([
          model.length,
          model.at(-1),
          model[0],
        ]);
      }),
      { numRuns: 30 },
    );
  });
});

it('what is pending stays in order, wherever it comes and goes', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: -400, max: 400 }), { minLength: 300, maxLength: 800 }), (numbers) => {
      const list = new PendingList<{ readonly id: { ms: number; seq: number } }>();
      const model = new Set<number>();
      for (const number of numbers) {
        const id = { ms: Math.abs(number), seq: 0 };
        if (number < 0) expect(list.delete(id) !== undefined).toBe(model.delete(id.ms));
        else if (model.has(id.ms)) expect(list.get(id)?.id).toEqual(id);
        else {
          list.add({ id });
          model.add(id.ms);
        }
      }
      const sorted = [...model].sort((one, other) => one - other);
      expect([...list.from(zeroId)].map(({ id }) => id.ms)).toEqual(sorted);
      expect([...list.from({ ms: 200, seq: 0 })].map(({ id }) => id.ms)).toEqual(sorted.filter((ms) => ms >= 200));
      expect([list.size, list.first?.id.ms, list.last?.id.ms]).toEqual([sorted.length, sorted[0], sorted.at(-1)]);
    }),
    { numRuns: 30 },
  );
});

it('ids beyond what a double holds are compared and printed exactly', () => {
  const one = { ms: 9007199254740993n, seq: 0 };
  expect(compareIds(one, { ms: 9007199254740992n, seq: 5 })).toBe(1);
  expect(textOfId(one)).toBe('9007199254740993-0');
});
