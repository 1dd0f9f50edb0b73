import { describe, expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import '../../src/ui/style/base.css';
import InspectorPane from '../../src/ui/inspector/InspectorPane.svelte';
import { memoryPreferences } from '../../src/ui/preferences';
import { englishWords } from '../../src/ui/text/english-words';
import { ukrainianWords } from '../../src/ui/text/ukrainian-words';
import { Workbench } from '../../src/ui/workbench.svelte';
import type { Entry } from '../../src/log/entry';
import { FakePlayer } from './fake-player';
import { numbered, sampleEntries, samplePlayer, sampleScenario } from './sample-run';

function open(player: FakePlayer, language = 'en'): { workbench: Workbench; text: () => string } {
  const workbench = new Workbench({
    player,
    preferences: memoryPreferences({ theme: 'dark' }),
    words: language === 'uk' ? ukrainianWords : englishWords,
  });
  const host = document.createElement('div');
  host.style.cssText = 'width: 311px; height: 850px';
  document.body.append(host);
  void render(InspectorPane, { target: host, props: { workbench } });
  return { workbench, text: () => host.textContent.replace(/\s+/g, ' ') };
}

/** `shop` shows how much it has in stock: 4 at 10 ms, 3 at 20 ms. */
function shownEntries(): Entry[] {
  const start = sampleEntries().filter((entry) => entry.atMs === 0);
  const shown = [4, 3].map((stock, n) => ({
    type: 'process.showed' as const,
    atMs: 10 * (n + 1),
    where: 'shop.ts:2',
    process: 'shop',
    name: 'stock',
    value: `Map(1) { 'KB-87' => ${stock} }`,
  }));
  return numbered([...start, ...shown]);
}

/** `m_1` causes 20 messages that cause two each. */
function longTree(): Entry[] {
  const [sample] = sampleEntries().filter((entry) => entry.type === 'message.published');
  const ids = Array.from({ length: 61 }, (_, n) => n + 1);
  const causeOf = (id: number): number | undefined =>
    id === 1 ? undefined : (id - 2) % 3 === 0 ? 1 : id - ((id - 2) % 3);
  return numbered(
    ids.map((id) => {
      const cause = causeOf(id);
      const message = { ...sample!.message, id: `m_${id}`, correlationid: 'm_1' };
      return {
        ...sample!,
        atMs: 1000 + id,
        message: cause === undefined ? message : { ...message, causationid: `m_${cause}` },
      };
    }),
  );
}

const section = (name: string) => page.getByRole('region', { name, exact: true });

describe('the inspector', () => {
  test('with nothing selected says what it is for and sums the run up', async () => {
    const { text } = open(samplePlayer());
    await expect.element(page.getByText('Nothing is selected')).toBeVisible();
    expect(text()).toContain('dead-lettered2');
  });

  test('with nothing selected tells what all processes show, also while it plays', async () => {
    const player = new FakePlayer(shownEntries(), sampleScenario);
    player.seek(15);
    open(player);
    await expect.element(section('Values')).toHaveTextContent("shop stockMap(1) { 'KB-87' => 4 }");
    player.seek(25);
    await expect.element(section('Values')).toHaveTextContent("shop stockMap(1) { 'KB-87' => 3 }");
  });

  test('shows the deliveries of a message as they stand at the playhead', async () => {
    const player = samplePlayer(1400);
    const { workbench } = open(player);
    workbench.select({ type: 'message', message: 'm_1' });
    const deliveries = section('Deliveries');
    await expect.element(deliveries).toHaveTextContent('post 1C answers 503, attempt 2 at 00:01.600');
    await expect.element(page.getByText('post waits 200 ms before attempt 2 of 2')).toBeVisible();
    player.seek(1100);
    await expect.element(deliveries).toHaveTextContent('accounting handles it');
    player.seek(1900);
    await expect.element(deliveries).toHaveTextContent('gave up, dead-lettered');
  });

  test('says when the message is not published yet', async () => {
    const player = samplePlayer();
    const { workbench } = open(player);
    workbench.select({ type: 'message', message: 'm_1' });
    player.seek(500);
    await expect.element(page.getByText('m_1 is not published yet at this instant')).toBeVisible();
  });

  test('shows causes and effects as a tree that selects', async () => {
    const { workbench } = open(samplePlayer());
    workbench.select({ type: 'message', message: 'm_1' });
    const item = page.getByRole('treeitem', { name: /order.created/ });
    await expect.element(item).toBeVisible();
    expect(item.element().getAttribute('aria-selected')).toBe('true');
  });

  test('shows payload and headers', async () => {
    const { workbench } = open(samplePlayer());
    workbench.select({ type: 'message', message: 'm_1' });
    await expect.element(section('Payload')).toHaveTextContent('"sku": "KB-87"');
    await expect.element(section('Headers')).toHaveTextContent('source /shop');
  });

  test('opens the publish dialog with the message in it', async () => {
    const { workbench } = open(samplePlayer());
    workbench.select({ type: 'message', message: 'm_1' });
    await page.getByRole('button', { name: 'Edit and publish' }).click();
    expect(workbench.dialog).toMatchObject({
      type: 'publish',
      broker: 'shop-bus',
      event: 'order.created',
      data: { id: 1 },
    });
  });

  test('tells of a failure with its place in the code', async () => {
    const player = samplePlayer(1900);
    const { workbench } = open(player);
    const failed = player.log.range(0, player.position).find((entry) => entry.type === 'delivery.failed')!;
    workbench.select({ type: 'message', message: 'm_1', seq: failed.seq });
    await expect.element(section('Failure')).toHaveTextContent('1C answers 503');
    await page.getByRole('button', { name: 'accounting.ts:5' }).click();
    expect(workbench.codeRequest).toEqual({ file: 'accounting.ts', line: 5 });
  });

  test('crashes and restarts a process', async () => {
    const player = samplePlayer();
    const { workbench } = open(player);
    workbench.select({ type: 'process', process: 'sms' });
    await expect.element(page.getByText('crashed 100 ms ago')).toBeVisible();
    await page.getByRole('button', { name: 'Restart sms' }).click();
    expect(player.interventions).toEqual([{ type: 'process.restart', process: 'sms' }]);
  });

  test('lists the values that a process chose to show, as they were at the playhead', async () => {
    const player = new FakePlayer(shownEntries(), sampleScenario);
    player.seek(25);
    const { workbench } = open(player);
    workbench.select({ type: 'process', process: 'shop' });
    await expect.element(section('Values')).toHaveTextContent("stockMap(1) { 'KB-87' => 3 }");
    player.seek(15);
    await expect.element(section('Values')).toHaveTextContent("stockMap(1) { 'KB-87' => 4 }");
    await section('Values').getByRole('button', { name: /stock/ }).click();
    expect(workbench.selection).toMatchObject({ type: 'entry' });
    workbench.select({ type: 'process', process: 'email' });
    await expect.element(section('Values')).toHaveTextContent('show(name, value)');
  });

  test('shows the dead letters of a broker and selects one', async () => {
    const { workbench } = open(samplePlayer());
    workbench.select({ type: 'broker', broker: 'shop-bus' });
    await expect.element(section('Dead letters in orders.dead')).toHaveTextContent('m_2');
    await section('Dead letters in orders.dead').getByRole('button', { name: /m_1/ }).first().click();
    expect(workbench.selection).toEqual({ type: 'message', message: 'm_1' });
  });

  test('removes an intervention, and offers to take that back', async () => {
    const player = samplePlayer();
    const { workbench } = open(player);
    workbench.select({ type: 'intervention', index: 0 });
    await expect.element(page.getByText('by hand at 00:02.500')).toBeVisible();
    await page.getByRole('button', { name: 'Remove it' }).click();
    expect(player.calls).toEqual(['removeIntervention 0']);
    expect(workbench.selection).toBeUndefined();
    workbench.toast?.action?.run();
    expect(player.calls).toEqual(['removeIntervention 0', 'undo']);
  });

  test('goes back and forward through what was selected', async () => {
    const { workbench } = open(samplePlayer());
    workbench.select({ type: 'process', process: 'email' });
    workbench.select({ type: 'process', process: 'shop' });
    await page.getByRole('button', { name: 'Back to the selection before' }).click();
    expect(workbench.selection).toEqual({ type: 'process', process: 'email' });
    await page.getByRole('button', { name: 'On to the next selection' }).click();
    expect(workbench.selection).toEqual({ type: 'process', process: 'shop' });
  });

  test('speaks Ukrainian', async () => {
    const { workbench } = open(samplePlayer(1400), 'uk');
    workbench.select({ type: 'message', message: 'm_1' });
    await expect.element(page.getByText('post чекає 200 мс до спроби 2 з 2')).toBeVisible();
  });

  test('folds a long tree but for the way to the selection, and moves in it with the keyboard', async () => {
    const player = new FakePlayer(longTree(), sampleScenario);
    player.seek(5000);
    const { workbench } = open(player);
    workbench.select({ type: 'message', message: 'm_3' });
    const items = page.getByRole('treeitem');
    await expect.poll(() => items.elements().length).toBe(1 + 20 + 2);
    const chosen = (): HTMLElement => document.querySelector<HTMLElement>('[role="treeitem"][aria-selected="true"]')!;
    chosen().focus();
    await userEvent.keyboard('{ArrowLeft}');
    await expect.poll(() => workbench.selection).toMatchObject({ message: 'm_2' });
    await expect.poll(() => document.activeElement).toBe(chosen());
    expect(chosen().getAttribute('aria-expanded')).toBe('true');
    await userEvent.keyboard('{ArrowLeft}');
    await expect.poll(() => chosen().getAttribute('aria-expanded')).toBe('false');
    expect(items.elements()).toHaveLength(1 + 20);
    await userEvent.keyboard('{ArrowRight}{ArrowRight}');
    await expect.poll(() => workbench.selection).toMatchObject({ message: 'm_3' });
    await userEvent.keyboard('{Home}');
    await expect.poll(() => workbench.selection).toMatchObject({ message: 'm_1' });
  });

  test('folds a large payload and copies it whole', async () => {
    const data = { items: Array.from({ length: 30 }, (_, n) => ({ n })) };
    const player = new FakePlayer(
      sampleEntries().map((entry) =>
        entry.type === 'message.published' ? { ...entry, message: { ...entry.message, data } } : entry,
      ),
      sampleScenario,
    );
    player.seek(2000);
    const { workbench } = open(player);
    workbench.select({ type: 'message', message: 'm_1' });
    const pre = (): number => document.querySelector('pre')!.clientHeight;
    await expect.element(page.getByRole('button', { name: 'Show all 94 lines' })).toBeVisible();
    const folded = pre();
    await page.getByRole('button', { name: 'Show all 94 lines' }).click();
    await expect.poll(pre).toBeGreaterThan(folded * 3);
    await page.getByRole('button', { name: 'Show less' }).click();
    await expect.poll(pre).toBe(folded);
    await page.getByRole('button', { name: 'Copy the payload' }).click();
    await expect.poll(() => workbench.toast?.text).toMatch(/Payload copied|The browser did not/);
  });

  test('shows what a bus without queues holds, and publishes to it', async () => {
    const player = samplePlayer(1120);
    const { workbench } = open(player);
    workbench.select({ type: 'broker', broker: 'shop-bus' });
    const underWay = section('Under way');
    await expect.element(underWay).toHaveTextContent('with email');
    expect(underWay.element().querySelectorAll('li')).toHaveLength(3);
    player.seek(1400);
    await expect.element(underWay).toHaveTextContent('attempt 2 at 00:01.600');
    player.seek(1020);
    await expect.element(underWay).toHaveTextContent('on its way here');
    await page.getByRole('button', { name: 'Publish to shop-bus' }).click();
    expect(workbench.dialog).toEqual({ type: 'publish', broker: 'shop-bus' });
  });

  test('counts what a queue holds, also while it plays', async () => {
    const enqueued = ['m_1', 'm_2'].map((message, n) => {
      const place = { broker: 'shop-bus', queue: 'tasks' };
      return { type: 'message.enqueued' as const, atMs: 9_000 + n, message, ...place };
    });
    const player = new FakePlayer(numbered([...sampleEntries(), ...enqueued]), sampleScenario);
    const { workbench } = open(player);
    player.seek(9_000);
    workbench.select({ type: 'broker', broker: 'shop-bus', queue: 'tasks' });
    await expect.element(section('Queue tasks')).toHaveTextContent('1 ready');
    player.seek(9_001);
    await expect.element(section('Queue tasks')).toHaveTextContent('2 ready');
  });

  test('opens the console of a process', async () => {
    const { workbench } = open(samplePlayer());
    workbench.select({ type: 'process', process: 'email' });
    await page.getByRole('button', { name: 'All that email printed' }).click();
    expect(workbench.consoleQuery.process).toEqual(['email']);
    expect(workbench.layout.logTab).toBe('console');
  });

  test('moves through the tree with the keyboard', async () => {
    const { workbench } = open(samplePlayer());
    workbench.select({ type: 'message', message: 'm_2' });
    const item = page.getByRole('treeitem').first();
    await expect.element(item).toBeVisible();
    (item.element() as HTMLElement).focus();
    await userEvent.keyboard('{Enter}');
    expect(workbench.codeRequest).toEqual({ file: 'shop.ts', line: 3 });
  });
});
