import { describe, expect, test, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { slotAt } from '../../src/ui/stage/measure';
import { queueFacts } from '../../src/ui/stage/queue-facts';
import { StructureReader } from '../../src/ui/stage/structure';
import type { Workbench } from '../../src/ui/workbench.svelte';
import type { FakePlayer } from './fake-player';
import { queuePlayer } from './queue-run';
import { oneStageATest, openStage } from './open-stage';
import { samplePlayer } from './sample-run';

vi.setConfig({ testTimeout: 60_000 });

let workbench: Workbench;
const patient = { timeout: 30_000 };

oneStageATest();

async function open(player: FakePlayer, widthPx?: number): Promise<HTMLElement> {
  const opened = await openStage(player, widthPx);
  workbench = opened.workbench;
  return opened.host;
}

async function openGraph(player: FakePlayer): Promise<HTMLElement> {
  const host = await open(player);
  await vi.waitFor(() => expect(host.querySelectorAll('[data-edge]').length).toBeGreaterThan(1), patient);
  await vi.waitFor(() => expect(host.querySelector('.svelte-flow__viewport')).not.toBeNull(), patient);
  return host;
}

const button = (name: string | RegExp) => page.getByRole('button', { name, exact: typeof name === 'string' });
const placeOf = (host: HTMLElement, id: string): string =>
  host.querySelector<HTMLElement>(`.svelte-flow__node[data-id="${id}"]`)!.style.transform;

/** Brings the keyboard there, as Tab does. */
async function focus(element: HTMLElement): Promise<void> {
  await userEvent.keyboard('{Shift}');
  element.focus();
}

test('a graph that does not arrive says so, and is asked for again', async () => {
  const load = vi.fn(() => import('../../src/ui/stage/StageGraph.svelte'));
  load.mockRejectedValueOnce(new TypeError('Failed to fetch dynamically imported module'));
  const { host } = await openStage(samplePlayer(), 800, load);
  await expect.element(page.getByText('Stage did not arrive')).toBeVisible();
  await button('Load it again').click();
  await vi.waitFor(() => expect(host.querySelector('.svelte-flow__viewport')).not.toBeNull(), patient);
  expect(load).toHaveBeenCalledTimes(2);
});

describe('places of nodes', () => {
  test('a node that is dragged stays there, and its place becomes part of the scenario', async () => {
    const player = samplePlayer();
    const host = await openGraph(player);
    const before = placeOf(host, 'service:shop');
    const node = host.querySelector<HTMLElement>('[data-node="service:shop"]')!;
    drag(node, { x: 30, y: 60 });
    await vi.waitFor(() => expect(player.calls).toContain('define'), patient);
    expect(Object.keys(player.scenario.layout ?? {})).toEqual(['service:shop']);
    const { x, y } = player.scenario.layout!['service:shop']!;
    await vi.waitFor(() => expect(placeOf(host, 'service:shop')).toBe(`translate(${x}px, ${y}px)`), patient);
    expect(placeOf(host, 'service:shop')).not.toBe(before);
  });

  test('the arrows move the node that the keyboard is on, and what is held down is one change', async () => {
    const player = samplePlayer();
    const host = await openGraph(player);
    await focus(host.querySelector<HTMLElement>('[data-node="service:shop"] [data-name]')!);
    const before = placeOf(host, 'service:shop');
    await userEvent.keyboard('{ArrowDown}{ArrowDown}{ArrowDown}{ArrowRight}');
    await vi.waitFor(() => expect(placeOf(host, 'service:shop')).not.toBe(before), patient);
    await vi.waitFor(() => expect(player.scenario.layout).toBeDefined(), patient);
    expect(player.calls.filter((call) => call === 'define')).toHaveLength(1);
    expect(player.calls.some((call) => call.startsWith('step'))).toBe(false);
  });

  test('are those of the scenario, and can be given up and taken back', async () => {
    const player = samplePlayer();
    const layout = { 'service:email': { x: 700, y: 333 } };
    player.scenario = { ...player.scenario, layout };
    const host = await openGraph(player);
    await vi.waitFor(() => expect(placeOf(host, 'service:email')).toContain('333px'), patient);
    await button('Reset layout').click();
    expect(player.scenario.layout).toBeUndefined();
    await vi.waitFor(() => expect(placeOf(host, 'service:email')).not.toContain('333px'), patient);
    expect(workbench.toast?.action?.label).toBe('Undo');
    workbench.toast?.action?.run();
    expect(player.scenario.layout).toEqual(layout);
    await vi.waitFor(() => expect(placeOf(host, 'service:email')).toContain('333px'), patient);
  });
});

describe('links', () => {
  test('the next edge that is chosen is cut, and cut again it is mended', async () => {
    const player = samplePlayer(1500);
    await openGraph(player);
    await button('Cut a link').click();
    await expect.element(page.getByText('Choose a link to cut.')).toBeVisible();
    await button('Link shop-bus to email, normal').click();
    expect(player.interventions).toEqual([{ type: 'link.change', from: 'shop-bus', to: 'email', link: { cut: true } }]);
    await expect.element(button('Cut a link')).toHaveAttribute('aria-pressed', 'false');
  });

  test('Escape leaves all links as they are, wherever the focus has gone', async () => {
    const player = samplePlayer(1500);
    await openGraph(player);
    await button('Cut a link').click();
    (document.activeElement as HTMLElement).blur();
    await userEvent.keyboard('{Escape}');
    await expect.element(button('Cut a link')).toHaveAttribute('aria-pressed', 'false');
    expect(player.interventions).toEqual([]);
  });

  test('the settings of an edge are changed at the playhead, by a word or by a figure, and the keyboard comes back', async () => {
    const player = samplePlayer(1500);
    await openGraph(player);
    const edge = button('Link shop to shop-bus, normal');
    await focus(edge.element() as HTMLElement);
    await userEvent.keyboard('{Enter}');
    await expect.element(page.getByRole('dialog', { name: 'Link shop to shop-bus' })).toBeVisible();
    await button('Slow').click();
    await page.getByLabelText('Lost, %').fill('25');
    await userEvent.keyboard('{Enter}');
    await userEvent.keyboard('{Escape}');
    expect(page.getByRole('dialog').elements()).toEqual([]);
    expect(document.activeElement).toBe(edge.element());
    const link = { latencyMs: 800, jitterMs: 300, loss: 0, cut: false };
    expect(player.interventions[0]).toEqual({ type: 'link.change', from: 'shop', to: 'shop-bus', link });
    expect(player.interventions[1]).toMatchObject({ link: { loss: 0.25 } });
  });
});

test('the card of a link closes when more faults are asked for', async () => {
  const { workbench } = await openStage(samplePlayer(1500));
  await button('Link shop to shop-bus, normal').click();
  await button('More faults').click();
  expect(workbench.dialog).toEqual({ type: 'fault', choice: 'loss', from: 'shop', to: 'shop-bus' });
  await expect.element(button('More faults')).not.toBeInTheDocument();
});

describe('a node', () => {
  test('slows its link, and gives it back what the scenario says', async () => {
    const player = samplePlayer();
    await openGraph(player);
    await button('Slow the link of email').click();
    expect(player.interventions).toMatchObject([
      { type: 'link.change', from: 'shop-bus', to: 'email', link: { latencyMs: 800, jitterMs: 300, cut: false } },
    ]);
  });

  test('tells under the pointer what it handled last, and its queue what waits', async () => {
    const host = await openGraph(samplePlayer(3400));
    const card = (): readonly string[] => [...host.querySelectorAll('.room .text')].map((line) => line.textContent);
    const rests = async (selector: string, ...words: readonly (string | RegExp)[]): Promise<void> => {
      await userEvent.hover(host.querySelector(selector)!);
      await vi.waitFor(() => {
        for (const word of words) expect(card()).toContainEqual(expect.stringMatching(word));
      }, patient);
    };
    await rests('[data-process="email"]', /^email$/, /^\d+ handled, 0 failed$/, /^m_\d+ order\.created$/);
    await rests('[data-queue="orders.dead"]', /^orders\.dead$/, /^\d+ kept$/);
    await rests('[data-broker="shop-bus"] header', /^shop-bus$/, /events$/);
  });
});

describe('long names', () => {
  const queue = 'amq.gen-JzTY20BRgKO-HjmUJj0wLg-and-some-more-of-it';

  test('a queue that is cut can be read whole under the pointer', async () => {
    const host = await openGraph(queuePlayer({ queue }));
    await userEvent.hover(host.querySelector(`[data-queue="${queue}"]`)!);
    await vi.waitFor(() => expect(host.querySelector('.room .title .text')?.textContent).toBe(queue), patient);
    const title = host.querySelector<HTMLElement>('.room .title .text')!;
    expect(title.scrollWidth).toBeLessThanOrEqual(title.clientWidth);
  });
});

describe('the keyboard on the stage', () => {
  test('Enter selects a process and goes to its tools, Escape goes back', async () => {
    const player = samplePlayer();
    const host = await openGraph(player);
    const name = host.querySelector<HTMLElement>('[data-node="service:email"] [data-name]')!;
    await focus(name);
    await userEvent.keyboard('{Enter}');
    expect(workbench.selection).toEqual({ type: 'process', process: 'email' });
    expect(document.activeElement?.closest('.tools')).not.toBeNull();
    await userEvent.keyboard('{Escape}');
    expect(document.activeElement).toBe(name);
  });

  test('plus zooms, arrows pan, and zero shows everything again; far in, there is a map', async () => {
    const host = await openGraph(samplePlayer());
    const viewport = (): string => host.querySelector<HTMLElement>('.svelte-flow__viewport')!.style.transform;
    await vi.waitFor(() => expect(viewport()).toMatch(/scale/), patient);
    const graph = host.querySelector<HTMLElement>('.graph')!;
    await focus(graph);
    const whole = viewport();
    await userEvent.keyboard('{ArrowLeft}');
    await vi.waitFor(() => expect(viewport()).not.toBe(whole), patient);
    for (let n = 0; n < 5; n++) await userEvent.keyboard('+');
    await vi.waitFor(() => expect(host.querySelector('.svelte-flow__minimap')).not.toBeNull(), patient);
    await userEvent.keyboard('0');
    await vi.waitFor(() => expect(host.querySelector('.svelte-flow__minimap')).toBeNull(), patient);
  });

  test('what is moved under the legend closes it, unless the reader has opened it', async () => {
    const host = await openGraph(samplePlayer());
    const legend = host.querySelector<HTMLElement>('.legend')!;
    const isOpen = (): boolean => legend.querySelector('ul') !== null;
    await vi.waitFor(() => expect(isOpen()).toBe(true), patient);
    const fates = legend.getBoundingClientRect();
    const isUnder = (): boolean =>
      [...host.querySelectorAll('.svelte-flow__node')].some((node) => {
        const box = node.getBoundingClientRect();
        return box.left < fates.right && box.right > fates.left && box.bottom > fates.top && box.top < fates.bottom;
      });
    expect(isUnder()).toBe(false);
    await focus(host.querySelector<HTMLElement>('.graph')!);
    for (let n = 0; n < 12 && !isUnder(); n++) {
      await userEvent.keyboard(n % 2 === 0 ? '{ArrowUp}' : '{ArrowRight}');
      await new Promise(requestAnimationFrame);
    }
    expect(isUnder()).toBe(true);
    await vi.waitFor(() => expect(isOpen()).toBe(false), patient);
    await button('Show the fates').click();
    expect(isOpen()).toBe(true);
    await userEvent.keyboard('0');
    expect(isOpen()).toBe(true);
  });

  test('arrows of a node that the mouse left the focus on are the playhead’s', async () => {
    const player = samplePlayer();
    const host = await openGraph(player);
    await button(/^Process email/).click();
    const before = placeOf(host, 'service:email');
    await userEvent.keyboard('{ArrowDown}');
    expect(placeOf(host, 'service:email')).toBe(before);
    expect(player.scenario.layout).toBeUndefined();
  });
});

describe('slots', () => {
  test('are where the halo of a selected message is drawn', async () => {
    const player = queuePlayer();
    const host = await openGraph(player);
    const reader = new StructureReader(player.scenario.processes);
    for (const entry of player.log.range(0, player.log.length)) reader.read(entry);
    const shape = reader.structure.brokers.get('orders')!;
    const facts = queueFacts(player.system.brokers.get('orders')?.queues.get('email'));
    const shown = [...facts.slots, ...facts.held].reverse();
    expect([facts.held.length, shown.length]).toEqual([2, 5]);
    const frame = host.querySelector('[data-node="broker:orders"]')!.getBoundingClientRect();
    const zoom = frame.width / host.querySelector<HTMLElement>('[data-node="broker:orders"]')!.offsetWidth;
    for (const [place, { message }] of shown.entries()) {
      const slot = host.querySelector(`[data-message="${message}"]`)!.getBoundingClientRect();
      const drawn = { x: slot.x + slot.width / 2 - frame.x, y: slot.y + slot.height / 2 - frame.y };
      const computed = slotAt(shape, 'email', { place, held: facts.held.length, heldHidden: facts.heldHidden });
      expect(Math.abs(drawn.x / zoom - computed.x), `x of ${message}`).toBeLessThan(2);
      expect(Math.abs(drawn.y / zoom - computed.y), `y of ${message}`).toBeLessThan(2);
    }
  });

  test('give the callout its words: which attempt, and when', async () => {
    const player = samplePlayer(1400);
    await openGraph(player);
    workbench.select({ type: 'message', message: 'm_1' });
    await expect.element(page.getByText(/^attempt 2 of 2 at 00:01\.\d{3}$/)).toBeInTheDocument();
  });
});

describe('a phone', () => {
  test('takes a press near a message for the message, and one elsewhere for the box', async () => {
    await page.viewport(390, 844);
    const player = queuePlayer();
    const host = await open(player, 390);
    await expect.element(button('Queue email: 3 ready, 2 unacked')).toBeVisible();
    const slot = host.querySelector('[data-message]')!.getBoundingClientRect();
    press(host, slot.x + slot.width / 2 + 6, slot.y + 14);
    expect(workbench.selection).toMatchObject({ type: 'message' });
    const box = button('Queue email: 3 ready, 2 unacked').element().getBoundingClientRect();
    press(host, box.x + 20, box.y + 10);
    expect(workbench.selection).toEqual({ type: 'broker', broker: 'orders', queue: 'email' });
  });

  test('has nothing to press that is smaller than a fingertip in height', async () => {
    await page.viewport(390, 844);
    const host = await open(samplePlayer(), 390);
    await expect.element(button('Restart sms')).toBeVisible();
    for (const each of host.querySelectorAll<HTMLElement>('.rows button')) {
      expect(each.getBoundingClientRect().height, each.ariaLabel ?? each.textContent).toBeGreaterThanOrEqual(44);
    }
  });
});

function press(host: HTMLElement, x: number, y: number): void {
  const target = document.elementFromPoint(x, y) ?? host;
  target.dispatchEvent(new MouseEvent('click', { bubbles: true, cancelable: true, clientX: x, clientY: y, detail: 1 }));
}

function drag(node: HTMLElement, by: { readonly x: number; readonly y: number }): void {
  const { x, y } = node.getBoundingClientRect();
  const at = { x: x + 60, y: y + 32 };
  const send = (type: string, point: { x: number; y: number }, target: EventTarget): void => {
    const init = { bubbles: true, cancelable: true, view: window, clientX: point.x, clientY: point.y, button: 0 };
    target.dispatchEvent(new MouseEvent(type, { ...init, buttons: type === 'mouseup' ? 0 : 1 }));
  };
  send('mousedown', at, node);
  for (let step = 1; step <= 4; step++)
    send('mousemove', { x: at.x + (by.x * step) / 4, y: at.y + (by.y * step) / 4 }, window);
  send('mouseup', { x: at.x + by.x, y: at.y + by.y }, window);
}
