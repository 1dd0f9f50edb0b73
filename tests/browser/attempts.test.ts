import { expect, test, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import type { Entry } from '../../src/log/entry';
import AttemptsView from '../../src/ui/attempts/AttemptsView.svelte';
import { memoryPreferences } from '../../src/ui/preferences';
import { englishWords } from '../../src/ui/text/english-words';
import { Workbench } from '../../src/ui/workbench.svelte';
import { FakePlayer } from './fake-player';
import { oneRunATest, openRun } from './open-run';

// The deliveries of webhooks in the gallery's run, an hour after one of the receivers went down.

oneRunATest();

/** The shop is down since 10 700 s, and an event came meanwhile. */
const downMs = 11_000_000;
const button = (name: string | RegExp) => page.getByRole('button', { name, exact: true });
const open = (language?: 'en' | 'uk') => openRun('webhook-delivery', AttemptsView, downMs, language);

test('the view is offered but does not come first; the switch leads to it', async () => {
  const { workbench } = await open();
  expect(workbench.views.shown).toBeUndefined();
  await page.getByRole('radio', { name: 'Attempts' }).click();
  expect(workbench.views.shown?.name).toBe('attempts');
});

test('each endpoint has its attempts, as many as the log', async () => {
  const { entries, host } = await open();
  const began = entries.filter((entry) => entry.type === 'message.dispatched');
  expect(began.length).toBeGreaterThan(5);
  await vi.waitFor(() => {
    const counts = [...host.querySelectorAll('tbody .of')].map((one) => Number(one.textContent));
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(began.length);
  });
});

test('what a message has come to follows while the log is still being read', async () => {
  const { entries } = await open();
  const began = entries.findIndex(({ type }) => type === 'message.dispatched');
  const player = new FakePlayer(entries.slice(0, began + 1));
  player.seek(downMs);
  const workbench = new Workbench({ player, preferences: memoryPreferences(), words: englishWords });
  const host = document.createElement('div');
  document.body.replaceChildren(host);
  await render(AttemptsView, { props: { workbench }, target: host });
  const states = () => [...host.querySelectorAll<HTMLElement>('[data-state]')].map(({ dataset }) => dataset['state']);
  await vi.waitFor(() => expect(states()).toEqual(['sending']));
  player.grow(entries);
  await vi.waitFor(() => expect(states().length).toBeGreaterThan(1));
  expect(states()).not.toContain('sending');
  workbench.destroy();
});

test('who did not answer gets a next attempt, whose time stands at the endpoint and at the message', async () => {
  const { host } = await open();
  await vi.waitFor(() => {
    const next = [...host.querySelectorAll('tbody .figure')].map((cell) => cell.textContent.trim());
    expect(next.some((text) => text.startsWith('in '))).toBe(true);
    expect(host.querySelector('[data-state="waiting"]')?.textContent).toMatch(/^in /);
  });
});

test('one endpoint is looked at alone, and a click on an attempt goes to its instant', async () => {
  const { workbench, player, host } = await open();
  const first = button(/^Only /).first();
  await expect.element(first).toBeVisible();
  const all = host.querySelectorAll('section li').length;
  (first.element() as HTMLElement).focus();
  await userEvent.keyboard('{Enter}');
  await vi.waitFor(() => expect(host.querySelectorAll('section li').length).toBeLessThan(all));
  await button(/^Attempt 1:/)
    .last()
    .click();
  await vi.waitFor(() => expect(player.playheadMs).toBeLessThan(downMs));
  expect(workbench.selection?.type).toBe('message');
});

test('a resend is an intervention at the playhead, for that message and that endpoint', async () => {
  const { player } = await open();
  const resend = button(/^Resend .* to /).first();
  await expect.element(resend).toBeVisible();
  const [, message, queue] = /^Resend (\S+) to (.*)$/.exec(resend.element().getAttribute('aria-label') ?? '') ?? [];
  await resend.click();
  const made = player.scenario.interventions.filter(({ type }) => type === 'message.resend');
  expect(made).toMatchObject([{ atMs: downMs, message, queue }]);
});

test('an endpoint is sent again what failed since an instant, and an instant before the run is refused where it is typed', async () => {
  const { player } = await open();
  await button(/^Send .*again…$/)
    .first()
    .click();
  const since = page.getByLabelText('Created since, ms').first();
  await since.fill('-1');
  await expect.element(page.getByText('An instant is a number of milliseconds from 0.')).toBeVisible();
  await since.fill('10700000');
  await userEvent.keyboard('{Enter}');
  const made = player.scenario.interventions.filter(({ type }) => type === 'endpoint.recover');
  expect(made).toMatchObject([{ atMs: downMs, which: 'failed', sinceMs: 10_700_000 }]);
});

test('an endpoint is disabled, enabled and given a new secret at the playhead', async () => {
  const { player } = await open();
  await button(/^Disable /)
    .first()
    .click();
  await button(/^New secret for /)
    .first()
    .click();
  const made = player.scenario.interventions.filter(({ type }) => type.startsWith('endpoint.'));
  expect(made).toMatchObject([
    { type: 'endpoint.disable', atMs: downMs },
    { type: 'endpoint.rotate-secret', atMs: downMs },
  ]);
});

test('what is refused is said at its endpoint as long as the playhead stands there', async () => {
  const { entries, host } = await open();
  const at = entries.findIndex(({ atMs }) => atMs > downMs);
  const queue = button(/^Only /)
    .first()
    .element()
    .textContent.trim();
  const recover = { type: 'endpoint.recover', atMs: downMs, broker: 'webhooks', queue, which: 'missing' } as const;
  const refused: Entry = {
    type: 'intervention.refused',
    seq: at,
    atMs: downMs,
    intervention: recover,
    reason: 'it has missed nothing',
  };
  const player = new FakePlayer(entries.slice(0, at));
  player.seek(downMs);
  player.grow([...entries.slice(0, at), refused]);
  const workbench = new Workbench({ player, preferences: memoryPreferences(), words: englishWords });
  await render(AttemptsView, { props: { workbench }, target: host });
  await expect.element(page.getByText('Nothing was sent: since then it has missed nothing.')).toBeVisible();
  workbench.destroy();
});

test('in Ukrainian the table has Ukrainian heads', async () => {
  const { host } = await open('uk');
  await vi.waitFor(() => expect(host.querySelectorAll('thead th')).toHaveLength(6));
  expect(host.querySelector('thead')?.textContent).not.toMatch(/Endpoint|State|Success|Next/);
});
