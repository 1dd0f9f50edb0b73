import { describe, expect, test, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import Tooltips from '../../src/ui/parts/Tooltips.svelte';
import { applyEntry } from '../../src/projections/system';
import type { Workbench } from '../../src/ui/workbench.svelte';
import { FakePlayer } from './fake-player';
import { oneStageATest, openStage } from './open-stage';
import { samplePlayer } from './sample-run';

let workbench: Workbench;

oneStageATest();

async function open(player: FakePlayer, widthPx?: number): Promise<HTMLElement> {
  const opened = await openStage(player, widthPx);
  workbench = opened.workbench;
  return opened.host;
}

const button = (name: string | RegExp) => page.getByRole('button', { name, exact: typeof name === 'string' });

/** The graph is a chunk of its own, and a node counts once it is measured. */
async function drawn(host: HTMLElement): Promise<void> {
  await vi.waitFor(() => expect(host.querySelectorAll('.svelte-flow__edge')).toHaveLength(4), { timeout: 15_000 });
}

describe('the stage', () => {
  test('shows each process and the bus with what they are doing, and who talks to whom', async () => {
    const host = await open(samplePlayer());
    await drawn(host);
    await expect.element(button('Process email, idle')).toBeInTheDocument();
    await expect.element(button('Process sms, crashed 100 ms ago')).toBeInTheDocument();
    await expect.element(button('Broker shop-bus, event bus, 2 events')).toBeInTheDocument();
    await expect.element(button('Dead-letter queue orders.dead: 2 kept')).toBeInTheDocument();
  });

  test('crashes and restarts a process by an intervention at the playhead', async () => {
    const player = samplePlayer();
    await drawn(await open(player));
    await button('Crash email').click();
    await button('Restart sms').click();
    expect(player.interventions).toEqual([
      { type: 'process.crash', process: 'email' },
      { type: 'process.restart', process: 'sms' },
    ]);
  });

  test('shows the state of the instant to which the playhead goes', async () => {
    const player = samplePlayer();
    await drawn(await open(player));
    player.seek(1150);
    await expect.element(button(/^Process accounting, m_1, 50 ms/)).toBeInTheDocument();
    player.seek(0);
    await expect.element(button('Process sms, idle')).toBeInTheDocument();
  });

  test('follows a player that folds its state in place, as it does while playing', async () => {
    const player = samplePlayer(0);
    await drawn(await open(player));
    await expect.element(button('Broker shop-bus, event bus, 0 events')).toBeInTheDocument();
    for (const entry of player.log.range(player.position, player.log.countAt(1760))) applyEntry(player.system, entry);
    player.set({});
    await expect.element(button('Broker shop-bus, event bus, 2 events')).toBeInTheDocument();
    await expect.element(button('Dead-letter queue orders.dead: 1 kept')).toBeInTheDocument();
  });

  test('does not move a node when the playhead moves', async () => {
    const player = samplePlayer();
    const host = await open(player);
    await drawn(host);
    const places = (): string[] =>
      [...host.querySelectorAll<HTMLElement>('.svelte-flow__node')].map((node) => node.style.transform);
    const before = places();
    player.seek(0);
    player.seek(4900);
    await vi.waitFor(() => expect(workbench.player.playheadMs).toBe(4900));
    expect(places()).toEqual(before);
  });

  test('is seen whole in a pane of another size, and stays where the reader has put it', async () => {
    const host = await open(samplePlayer());
    await drawn(host);
    const view = (): string => host.querySelector<HTMLElement>('.svelte-flow__viewport')!.style.transform;
    const graph = host.querySelector<HTMLElement>('.graph')!;
    const isWhole = (): void => {
      const { left, right } = graph.getBoundingClientRect();
      for (const node of host.querySelectorAll('.svelte-flow__node')) {
        const box = node.getBoundingClientRect();
        expect(box.width).toBeGreaterThan(0);
        expect(box.left).toBeGreaterThanOrEqual(left);
        expect(box.right).toBeLessThanOrEqual(right);
      }
    };
    await vi.waitFor(isWhole);
    host.style.width = '480px';
    await vi.waitFor(isWhole);
    graph.focus();
    await userEvent.keyboard('{ArrowRight}');
    const own = view();
    const canvas = host.querySelector('canvas')!;
    host.style.width = '700px';
    await vi.waitFor(() => expect(canvas.clientWidth).toBe(graph.clientWidth));
    expect(view()).toBe(own);
  });

  test('leads the keyboard from a crash to the restart that takes its place', async () => {
    const player = samplePlayer(1025);
    await drawn(await open(player));
    void render(Tooltips);
    await userEvent.keyboard('{Shift}');
    button('Crash sms').element().focus();
    await expect.element(page.getByRole('tooltip')).toHaveTextContent('Crash sms');
    player.seek(3400);
    await expect.element(button('Restart sms')).toHaveFocus();
    await expect.element(page.getByRole('tooltip')).toHaveTextContent('Restart sms');
  });

  test('selects the process of a node and the message under a click on the canvas', async () => {
    const player = samplePlayer(1025);
    const host = await open(player);
    await drawn(host);
    await button(/^Process email/).click();
    expect(workbench.selection).toEqual({ type: 'process', process: 'email' });
    const found = await findShape(host);
    await userEvent.click(host.querySelector('.graph')!, { position: found });
    expect(workbench.selection).toEqual({ type: 'message', message: 'm_1' });
    await vi.waitFor(() => expect(host.querySelector('.callout')).not.toBeNull());
    // What stood beside the message goes with it, and the stage stays.
    await button(/^Process email/).click();
    await vi.waitFor(() => expect(host.querySelector('.callout')).toBeNull());
    await expect.element(button(/^Process email/)).toBeInTheDocument();
  });

  test('says in one sentence what goes on and offers what to try', async () => {
    const player = samplePlayer(3400);
    await drawn(await open(player));
    await expect.element(page.getByText('sms is down.')).toBeInTheDocument();
    await button('Change a listener').click();
    expect(workbench.codeRequest).toEqual({ file: 'email.ts', line: 3 });
    await button('Back to 00:01').click();
    expect(player.calls).toContain('seek 1000');
  });

  test('opens the dialog for publishing by hand', async () => {
    await drawn(await open(samplePlayer()));
    await button('Publish').click();
    expect(workbench.dialog).toEqual({ type: 'publish' });
  });

  test('is a list of rows on a phone, with the same names', async () => {
    const player = samplePlayer();
    await page.viewport(390, 844);
    const host = await open(player, 390);
    await expect.element(button('Process sms, crashed 100 ms ago')).toBeVisible();
    expect(host.querySelector('.svelte-flow')).toBeNull();
    await button('Restart sms').click();
    expect(player.interventions).toEqual([{ type: 'process.restart', process: 'sms' }]);
    // Whoever publishes has a name and a link too, and may be as much in trouble.
    await expect.element(button(/^Process shop, \d+ published/)).toBeVisible();
    await expect.element(button(/^Link shop to shop-bus/)).toBeVisible();
  });

  test('says what it is for while nothing runs, and whether anything is open', async () => {
    const player = new FakePlayer();
    await open(player);
    await expect.element(page.getByText('Nothing runs yet')).toBeVisible();
    await expect.element(button('Add a file')).toBeVisible();
    player.set({ status: 'empty' });
    await expect.element(page.getByText('Nothing is open')).toBeVisible();
    await expect.element(button('Pick a scenario')).toBeVisible();
  });
});

/** Where the canvas has ink: the one message on its way from `shop` to the bus. */
async function findShape(host: HTMLElement): Promise<{ x: number; y: number }> {
  return vi.waitFor(
    () => {
      const canvas = host.querySelector<HTMLCanvasElement>('.layer canvas')!;
      const { data, width } = canvas.getContext('2d')!.getImageData(0, 0, canvas.width, canvas.height);
      const inked = Array.from({ length: data.length / 4 }, (_, n) => n).filter((n) => data[n * 4 + 3]! > 200);
      expect(inked.length).toBeGreaterThan(10);
      const middle = inked[Math.floor(inked.length / 2)]!;
      const ratio = canvas.width / canvas.clientWidth;
      return { x: (middle % width) / ratio, y: Math.floor(middle / width) / ratio };
    },
    { timeout: 5000 },
  );
}
