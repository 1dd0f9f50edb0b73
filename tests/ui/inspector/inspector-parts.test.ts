import { describe, expect, it } from 'vitest';
import type { EntryOf } from '../../../src/log/entry';
import { failureOf } from '../../../src/ui/inspector/failure-of';
import { fieldsOf } from '../../../src/ui/inspector/fields-of';
import { policyOf } from '../../../src/ui/inspector/policy-of';
import { prettyJson, shownCharsMax } from '../../../src/ui/inspector/json-spans';
import { stackFrames } from '../../../src/ui/inspector/stack-frames';
import { foldedRows, foldsAtFirst } from '../../../src/ui/inspector/tree-fold';
import { treeGuides, treeStep } from '../../../src/ui/inspector/tree-guides';
import { uk } from '../../../src/ui/text/uk';

describe('a payload', () => {
  it('is indented, and its keys differ from its strings', () => {
    const { text, spans, bytes } = prettyJson({ id: 1, ok: true, name: 'a "b": c' });
    expect(spans.map((span) => span.text).join('')).toBe(text);
    expect(spans.filter((span) => span.type === 'key').map((span) => span.text)).toEqual(['"id"', '"ok"', '"name"']);
    expect(spans.find((span) => span.type === 'string')?.text).toBe('"a \\"b\\": c"');
    expect(bytes).toBe(38);
  });

  it('is cut when it is too long to look at', () => {
    const { spans, isCut } = prettyJson('x'.repeat(shownCharsMax + 1));
    expect(isCut).toBe(true);
    expect(spans.map((span) => span.text).join('')).toHaveLength(shownCharsMax);
  });
});

describe('a failure', () => {
  const failed: EntryOf<'delivery.failed'> = {
    ...{ seq: 5, atMs: 20, type: 'delivery.failed', message: 'm_1', broker: 'rabbitmq', delivery: 'd_1' },
    ...{ subscription: 's_1', process: 'sms', listener: 'sendSms', attempt: 1, attemptsLeft: 0, tookMs: 4 },
    reason: 'threw',
    failure: { name: 'Error', message: 'no line' },
  };

  it('is told in the words of what was thrown', () => {
    expect(failureOf(failed, uk)).toEqual({ name: 'Error', message: 'no line' });
    expect(failureOf(undefined, uk)).toBeUndefined();
  });

  it("is told in the reader's language where nothing was thrown", () => {
    expect(failureOf({ ...failed, reason: 'refused' }, uk)?.name).toBe(uk.inspector.failure.refused);
  });
});

describe('the policies of a RabbitMQ', () => {
  const rule = { pattern: '^orders', 'apply-to': 'quorum_queues', priority: 0 } as const;
  const limited = { name: 'limited', ...rule, definition: { 'delivery-limit': 5 } };
  const definitions = { policies: [limited], parameters: [], queues: [], exchanges: [], bindings: [] };

  it('say something of the queues that they are for', () => {
    const quorum = { queue: 'orders', settings: { 'x-queue-type': 'quorum' } };
    expect(policyOf({ definitions }, undefined, quorum)).toEqual({ 'delivery-limit': 5 });
    expect(policyOf({ definitions }, undefined, { queue: 'orders', settings: {} })).toEqual({});
    expect(policyOf({ definitions }, undefined, { exchange: 'orders' })).toEqual({});
    expect(policyOf(undefined, undefined, quorum)).toEqual({});
  });

  it('are those that were set and not removed since', () => {
    const long = { pattern: 'ord', 'apply-to': 'queues', priority: 9, definition: { 'max-length': 7 } } as const;
    const quorum = { queue: 'orders', settings: { 'x-queue-type': 'quorum' } };
    const now = (policies: Map<string, typeof long | undefined>) =>
      policyOf({ definitions }, { topology: { policies } }, quorum);
    expect(now(new Map([['long', long]]))).toEqual({ 'max-length': 7 });
    expect(now(new Map([[limited.name, undefined]]))).toEqual({});
  });
});

describe('a stack', () => {
  it('becomes frames with places in the code', () => {
    expect(stackFrames('at send (email.ts:5:9)\n  at async lib/queue.js:12\nnative code')).toEqual([
      { text: 'send (email.ts:5:9)', where: 'email.ts:5' },
      { text: 'async lib/queue.js:12', where: 'lib/queue.js:12' },
      { text: 'native code', where: undefined },
    ]);
  });
});

describe('a tree', () => {
  const nodes = [
    { depth: 0, last: true },
    { depth: 1, last: false },
    { depth: 2, last: true },
    { depth: 1, last: true },
    { depth: 2, last: true },
  ];

  it('draws a line as long as siblings follow', () => {
    expect(treeGuides(nodes)).toEqual([[], ['branch'], ['through', 'end'], ['end'], ['none', 'end']]);
  });

  it('leads to parents and first children', () => {
    expect(treeStep(nodes, 2, 'parent')).toBe(1);
    expect(treeStep(nodes, 3, 'parent')).toBe(0);
    expect(treeStep(nodes, 0, 'parent')).toBeUndefined();
    expect(treeStep(nodes, 0, 'child')).toBe(1);
    expect(treeStep(nodes, 2, 'child')).toBeUndefined();
  });
});

describe('the fields of an entry', () => {
  it('are flat, with the place in the code marked', () => {
    expect(fieldsOf({ seq: 1, a: { b: 1, c: [2] }, where: 'x.ts:1', none: undefined }, ['seq'])).toEqual([
      { name: 'a.b', value: '1', where: undefined },
      { name: 'a.c', value: '[2]', where: undefined },
      { name: 'where', value: 'x.ts:1', where: 'x.ts:1' },
    ]);
  });
});

describe('a long tree', () => {
  /** A root with `branches` children of two more each. */
  const tree = (branches: number): { id: string; depth: number }[] => [
    { id: 'root', depth: 0 },
    ...Array.from({ length: branches }, (_, n) => [
      { id: `b${n}`, depth: 1 },
      { id: `b${n}.1`, depth: 2 },
      { id: `b${n}.2`, depth: 2 },
    ]).flat(),
  ];

  it('hides what is folded, and says how much', () => {
    const rows = foldedRows(tree(2), (at) => at === 1);
    expect(rows.map(({ node, hidden }) => `${node.id} ${hidden}`)).toEqual([
      'root 0',
      'b0 2',
      'b1 0',
      'b1.1 0',
      'b1.2 0',
    ]);
    expect(foldedRows(tree(2), (at) => at === 0)).toMatchObject([{ hidden: 6, hasChildren: true }]);
  });

  it('is folded at first but for the way to the selection', () => {
    const nodes = tree(20);
    const selected = nodes.findIndex(({ id }) => id === 'b7.2');
    const rows = foldedRows(nodes, (at) => foldsAtFirst(nodes, at, selected));
    expect(rows).toHaveLength(1 + 20 + 2);
    expect(rows.some(({ node }) => node.id === 'b7.2')).toBe(true);
  });

  it('is shown whole when it is short', () => {
    const nodes = tree(5);
    expect(foldedRows(nodes, (at) => foldsAtFirst(nodes, at, 0))).toHaveLength(nodes.length);
  });
});
