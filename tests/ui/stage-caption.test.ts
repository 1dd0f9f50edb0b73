import { describe, expect, test } from 'vitest';
import type { Entry, Intervention } from '../../src/log/entry';
import { captionOf, newsMs, type Caption } from '../../src/ui/stage/caption';
import { StructureReader } from '../../src/ui/stage/structure';
import { enStage } from '../../src/ui/text/en-stage';
import { ukStage } from '../../src/ui/text/uk-stage';
import { FakePlayer } from '../browser/fake-player';
import { runGallery } from '../gallery/run-gallery';
import { numbered, sampleEntries, sampleScenario } from '../browser/sample-run';

/** The caption over a whole log, with the playhead at an instant of it. */
function captionAt(atMs: number, entries: readonly Entry[] = sampleEntries()): Caption {
  const player = new FakePlayer(entries, { ...sampleScenario, speed: 1 });
  player.seek(atMs);
  const reader = new StructureReader(sampleScenario.processes);
  for (const entry of entries) reader.read(entry);
  const recent = player.log.range(player.log.countAt(atMs - newsMs), player.position);
  return captionOf(player, recent, reader.structure);
}

const types = (caption: Caption): string[] => caption.tries.map((one) => one.type);

function withIntervention(intervention: Intervention): Entry[] {
  const entries = sampleEntries();
  const at = entries.findLastIndex((entry) => entry.atMs <= intervention.atMs) + 1;
  const applied = { type: 'intervention.applied' as const, atMs: intervention.atMs, intervention };
  return numbered([...entries.slice(0, at), applied, ...entries.slice(at)]);
}

describe('the caption', () => {
  test('counts who works, not what they have in hand', async () => {
    const { entries } = await runGallery('work-queues');
    expect(captionAt(8_000, entries).fact).toEqual({ type: 'busy', count: 3 });
  });

  test('names what is down, and first offers to bring it back', () => {
    const caption = captionAt(3400);
    expect(caption.fact).toEqual({ type: 'down', process: 'sms', queued: false });
    expect(caption.tries[0]).toEqual({ type: 'restart', process: 'sms' });
  });

  test('names a fault that is under way, and first offers to end it', () => {
    const fault = { type: 'slow', process: 'email', factor: 3 } as const;
    const began = (atMs: number) => {
      const entries = sampleEntries();
      const at = entries.findLastIndex((entry) => entry.atMs <= atMs) + 1;
      const entry = { type: 'fault.began' as const, atMs, name: 'slow email', fault };
      return captionAt(atMs + 50, numbered([...entries.slice(0, at), entry, ...entries.slice(at)]));
    };
    const caption = began(1_900);
    expect(caption.fact).toEqual({ type: 'wrong', fault, name: 'slow email' });
    expect(caption.tries[0]).toEqual({ type: 'endFault', name: 'slow email' });
  });

  test('names a link that was cut, and first offers to mend it', () => {
    const cut = { type: 'link.change', atMs: 1900, from: 'shop-bus', to: 'email', link: { cut: true } } as const;
    const caption = captionAt(1950, withIntervention(cut));
    expect(caption.fact).toEqual({ type: 'cut', from: 'shop-bus', to: 'email', loses: true });
    expect(caption.tries[0]).toEqual({ type: 'mend', from: 'shop-bus', to: 'email' });
  });

  test('names the process too where the listener is but a path', () => {
    const hook = (entry: ReturnType<typeof sampleEntries>[number]) =>
      entry.type === 'delivery.failed' && entry.listener === 'post' ? { ...entry, listener: '/hooks' } : entry;
    const { fact } = captionAt(1210, numbered(sampleEntries().map(hook)));
    expect(fact).toEqual({ type: 'failing', listener: '/hooks', process: 'accounting', how: 'threw' });
  });

  test('offers the line of the listener that threw', () => {
    const caption = captionAt(1210);
    expect(caption.fact).toEqual({ type: 'failing', listener: 'post', how: 'threw' });
    expect(caption.tries[0]).toEqual({ type: 'change', where: 'accounting.ts:3' });
  });

  test('leads back to the first failure once it is no news any more', () => {
    const back = captionAt(4900).tries.find((one) => one.type === 'firstFailure');
    expect(back).toEqual({ type: 'firstFailure', atMs: 1200 });
    expect(types(captionAt(1300))).not.toContain('firstFailure');
  });

  test('leads back to a failure of the last moment too, once the run has ended', () => {
    const ended = { type: 'run.ended' as const, atMs: 1_300, reason: 'duration' as const };
    const entries = numbered([...sampleEntries().filter(({ atMs }) => atMs < 1_300), ended]);
    expect(captionAt(1_300, entries).tries).toContainEqual({ type: 'firstFailure', atMs: 1200 });
  });

  test('counts the end of a process by its own error as a failure', () => {
    const failure = { name: 'RangeError', message: 'there is no version 99' };
    const exited = { type: 'process.exited' as const, atMs: 20, process: 'email', code: 1, failure };
    const entries = sampleEntries();
    const first = numbered([
      ...entries.filter(({ atMs }) => atMs < 20),
      exited,
      ...entries.filter(({ atMs }) => atMs >= 20),
    ]);
    const back = captionAt(4900, first).tries.find((one) => one.type === 'firstFailure');
    expect(back).toEqual({ type: 'firstFailure', atMs: 20 });
  });

  test('offers to publish what somebody waits for and nobody publishes', () => {
    const waiting = {
      type: 'listener.subscribed' as const,
      atMs: 0,
      broker: 'shop-bus',
      subscription: 's_9',
      process: 'email',
      listener: 'refund',
      pattern: 'order.cancelled',
      attempts: 1,
    };
    const started = sampleEntries().filter((entry) => entry.atMs === 0);
    const calm = numbered([...started, waiting, ...sampleEntries().filter((entry) => entry.atMs > 0)]);
    const publish = captionAt(1080, calm).tries.find((one) => one.type === 'publish');
    expect(publish).toEqual({ type: 'publish', broker: 'shop-bus', event: 'order.cancelled' });
    expect(types(captionAt(1080))).not.toContain('publish');
  });

  test('offers three things, each of another kind, at any instant', () => {
    for (let atMs = 0; atMs <= 5000; atMs += 50) {
      const tries = types(captionAt(atMs));
      expect(new Set(tries).size, `${atMs} ms`).toBe(tries.length);
      expect(tries.length, `${atMs} ms`).toBe(3);
    }
  });

  test('says of a queue that delays what becomes of those who wait in it', async () => {
    const { entries } = await runGallery('e-commerce');
    const { fact } = captionAt(20_000, entries);
    expect(fact).toEqual({ type: 'kept', queue: 'accounting.retry', ready: expect.any(Number) as number, goOn: true });
  });

  test('says that requests are under way before any of them has arrived', async () => {
    const { entries } = await runGallery('bulkhead');
    const asked = entries.find((entry) => entry.type === 'http.requested');
    expect(captionAt(asked?.atMs ?? 0, entries).fact.type).toBe('serving');
  });

  test('says that the run is over, although a replica is down', async () => {
    const { entries } = await runGallery('competing-consumers');
    expect(captionAt(entries.at(-1)?.atMs ?? 0, entries).fact.type).toBe('ended');
  });

  test('lets nobody wait for a replica when another one takes from its queue', async () => {
    const { entries } = await runGallery('competing-consumers');
    const crashed = entries.find((entry) => entry.type === 'process.crashed');
    expect(captionAt(crashed?.atMs ?? 0, entries).fact).toMatchObject({ type: 'down', queued: false });
  });

  test('knows that a connection sends again what a cut link holds up', async () => {
    const link = { cut: true };
    const { entries } = await runGallery('rpc', {
      interventions: [{ type: 'link.change', atMs: 3_000, from: 'rabbitmq', to: 'price-server', link }],
    });
    expect(captionAt(3_000, entries).fact).toMatchObject({ type: 'cut', loses: false });
  });

  test('promises nothing of a queue that goes with its process', async () => {
    const { entries } = await runGallery('rpc', {
      interventions: [{ type: 'process.crash', atMs: 3_000, process: 'shop' }],
    });
    expect(captionAt(3_000, entries).fact).toEqual({ type: 'down', process: 'shop', queued: false });
  });

  test('offers to crash an orchestrator in the middle of its sagas, and the view of them', async () => {
    const { entries } = await runGallery('saga-pattern');
    const started = entries.find((entry) => entry.type === 'saga.step-started');
    if (started?.type !== 'saga.step-started') expect.fail('there is no saga');
    const { fact, tries } = captionAt(started.atMs, entries);
    if (fact.type === 'failing') expect.fail('nothing has failed yet');
    expect(tries.slice(0, 2)).toEqual([{ type: 'crashSaga', process: started.process }, { type: 'sagas' }]);
    expect(types(captionAt(0, sampleEntries()))).not.toContain('sagas');
  });

  test('names sagas that are stuck, and first offers to look at them', () => {
    const saga = { process: 'email', saga: 'order', instance: 'order-1' };
    const { atMs } = sampleEntries().at(-1)!;
    const entries = numbered([
      ...sampleEntries().filter(({ type }) => type !== 'run.ended' && type !== 'process.crashed'),
      { type: 'saga.started', atMs, ...saga },
      { type: 'saga.ended', atMs, ...saga, outcome: 'stuck', stuck: 'compensation', step: 'charge', tookMs: 0 },
      { type: 'run.ended', atMs: atMs + 9_000, reason: 'idle' },
    ]);
    const { fact, tries } = captionAt(atMs + 5_000, entries);
    expect(fact).toEqual({ type: 'stuckSagas', process: 'email', count: 1 });
    expect(tries[0]).toEqual({ type: 'sagas' });
  });

  test.each([
    ['English', enStage],
    ['Ukrainian', ukStage],
  ])('keeps every sentence to 60 characters in %s', (_, t) => {
    const sentences: string[] = [];
    for (const { what, then, ...rest } of Object.values(t.caption)) {
      sentences.push(...Object.values(rest as Readonly<Record<string, string>>));
      const ways = typeof what === 'object' ? Object.values(what) : [what];
      for (const one of ways)
        sentences.push(typeof one === 'string' ? one : (one as (...all: unknown[]) => string)('accounting', 'orders'));
      sentences.push(typeof then === 'string' ? then : (then as (value: unknown) => string)(1200));
    }
    for (const sentence of sentences) expect(sentence.length, sentence).toBeLessThanOrEqual(60);
  });
});
