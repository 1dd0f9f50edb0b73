import { expect, test, vi } from 'vitest';
import { page } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import InspectorPane from '../../src/ui/inspector/InspectorPane.svelte';
import type { Workbench } from '../../src/ui/workbench.svelte';
import { emptyScenario, FakePlayer } from './fake-player';
import { oneStageATest, openStage } from './open-stage';
import { numbered } from './sample-run';

oneStageATest();

const broker = 'rabbitmq';

/** `shop` publishes `m_1` to a topic exchange; one of its two bindings leads it into `mail`, whose dead letters go to `graves`. */
function routedPlayer(): FakePlayer {
  const at = { atMs: 10, broker };
  const queue = (name: string, settings = {}) => ({ ...at, type: 'queue.declared' as const, queue: name, settings });
  const binding = (id: string, destination: string, key: string) => ({
    ...{ ...at, type: 'binding.added' as const, binding: id, source: 'orders', destination, key },
    ...{ to: 'queue' as const, arguments: {} },
  });
  const entries = numbered([
    { type: 'run.started', atMs: 0, title: 'Orders', seed: 1, durationMs: 100, version: 1 },
    { type: 'process.started', atMs: 0, process: 'shop', service: 'shop', file: 'shop.ts', args: [], life: 1 },
    { ...at, type: 'broker.declared', kind: 'rabbitmq', settings: {} },
    { ...at, type: 'exchange.declared', exchange: 'orders', kind: 'topic', settings: {} },
    queue('mail', { 'x-dead-letter-exchange': '', 'x-dead-letter-routing-key': 'graves' }),
    queue('stock'),
    queue('graves'),
    binding('b_1', 'mail', 'order.*'),
    binding('b_2', 'stock', 'stock.#'),
    {
      ...{ ...at, type: 'message.published', process: 'shop', arrivesAtMs: 20 },
      message: {
        ...{ id: 'm_1', source: '/shop', specversion: '1.0', type: 'order.created', correlationid: 'm_1' },
        ...{ time: '2026-01-01T00:00:00.010Z', datacontenttype: 'application/json', data: { n: 1 } },
      },
    },
    {
      ...{ ...at, atMs: 20, type: 'message.routed', message: 'm_1', subscriptions: [], queues: ['mail'] },
      ...{ exchange: 'orders', keys: ['order.created'], bindings: ['b_1'] },
    },
    { ...at, atMs: 20, type: 'message.enqueued', message: 'm_1', queue: 'mail' },
  ]);
  const player = new FakePlayer(entries, { ...emptyScenario, files: { 'shop.ts': '' } });
  player.seek(20);
  return player;
}

async function open(widthPx?: number): Promise<{ workbench: Workbench; host: HTMLElement; inspector: HTMLElement }> {
  const opened = await openStage(routedPlayer(), widthPx);
  const inspector = document.createElement('div');
  inspector.style.cssText = 'width: 311px; height: 600px';
  document.body.append(inspector);
  await render(InspectorPane, { target: inspector, props: { workbench: opened.workbench } });
  return { ...opened, inspector };
}

const button = (name: string) => page.getByRole('button', { name, exact: true });
const words = (element: HTMLElement): string => element.textContent.replace(/\s+/g, ' ');

test('an open broker shows exchanges, keys, queues and the ways of dead letters, and each can be chosen', async () => {
  const { workbench, host, inspector } = await open();
  await button('Exchange orders, topic, 1 message').click();
  expect(workbench.selection).toEqual({ type: 'broker', broker, exchange: 'orders' });
  await expect.element(page.getByText('Bindings from here')).toBeVisible();
  await button('Binding order.* from orders to mail').click();
  await vi.waitFor(() => expect(words(inspector)).toContain('matched 1'));
  await button('Binding stock.# from orders to stock').click();
  await vi.waitFor(() => expect(words(inspector)).toContain('matched 0'));
  expect(host.querySelectorAll('.inside .dead')).toHaveLength(1);
  await vi.waitFor(() => expect(host.querySelectorAll('[data-queue="mail"] [data-message="m_1"]')).toHaveLength(1));
});

test('a chosen message lights the binding that it followed, and the inspector says why it matched', async () => {
  const { workbench, host, inspector } = await open();
  workbench.select({ type: 'message', message: 'm_1' });
  await vi.waitFor(() => {
    expect(host.querySelector('[data-binding="b_1"]')?.classList.contains('lit')).toBe(true);
    expect(host.querySelector('[data-binding="b_2"]')?.classList.contains('unlit')).toBe(true);
    expect(words(inspector)).toContain('order.* matches order.created');
  });
});

test('on a phone an exchange is a line that can be chosen', async () => {
  await page.viewport(390, 700);
  const { workbench } = await open(390);
  await button('Exchange orders, topic, 1 message').click();
  expect(workbench.selection).toEqual({ type: 'broker', broker, exchange: 'orders' });
});
