import { expect, test, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import InspectorPane from '../../src/ui/inspector/InspectorPane.svelte';
import { oneRunATest, openRun, type OpenRun } from './open-run';

// A call of the gallery's webhook server in the inspector.

oneRunATest();

async function open(language?: 'en' | 'uk'): Promise<OpenRun & { readonly request: string; readonly tookMs: number }> {
  const run = await openRun('webhook-server', InspectorPane, 1_400, language);
  const asked = run.entries.find((entry) => entry.type === 'http.requested');
  if (asked?.type !== 'http.requested') throw new Error('nothing was requested');
  const done = run.entries.find((entry) => entry.type === 'http.completed' && entry.request === asked.request);
  run.workbench.select({ type: 'call', request: asked.request });
  return { ...run, request: asked.request, tookMs: (done?.atMs ?? NaN) - asked.atMs };
}

const words = ({ host }: OpenRun): string => host.textContent.replace(/\s+/g, ' ');

test('a call is told in two sentences, with the time that the log gives it', async () => {
  const run = await open();
  await expect.element(page.getByText('You called server.')).toBeVisible();
  const took = run.workbench.format.duration(run.tookMs).replace(/\s/g, ' ');
  await vi.waitFor(() => expect(words(run)).toContain(`202 came back after ${took}.`));
});

test('its time is parted into the link there, the handler and the link back', async () => {
  const run = await open();
  await vi.waitFor(() => expect(words(run)).toMatch(/link there .*handler .*link back/));
});

test('request and answer stand with their bodies, and the headers unfold from the keyboard', async () => {
  const run = await open();
  await vi.waitFor(() => {
    expect(words(run)).toContain('Answer 202 Accepted');
    expect(words(run)).toMatch(/order_id.*accepted/);
  });
  const headers = run.host.querySelector('summary');
  headers?.focus();
  await userEvent.keyboard('{Enter}');
  await expect.element(page.getByText('curl/7.88.1').first()).toBeVisible();
});

test('from the call one goes to the code that answered it', async () => {
  const { workbench, player } = await open();
  const lines = player.scenario.files['server.ts']?.split('\n') ?? [];
  const line = lines.findIndex((text) => text.includes('res.status(202)')) + 1;
  const wanted = vi.spyOn(workbench, 'goToCode');
  await page.getByRole('button', { name: /code/i }).first().click();
  expect(wanted).toHaveBeenCalledWith(`server.ts:${line}`);
});

test('before it was sent, it says so', async () => {
  const { player, request } = await open();
  player.seek(100);
  await expect.element(page.getByText(`${request} is not sent yet at this instant`)).toBeVisible();
});

test('in Ukrainian the call is told in Ukrainian', async () => {
  const run = await open('uk');
  await vi.waitFor(() => expect(words(run)).toContain('202'));
  expect(words(run)).not.toMatch(/came back|called|link there|handler\b/);
});
