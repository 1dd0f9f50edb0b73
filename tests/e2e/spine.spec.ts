import { execFileSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, expect, test, type Page } from '@playwright/test';
import { chromiumLaunchOptions } from '../../scripts/chromium.mjs';
import { button, patient, playheadMs, queueEnd, region, runToEnd, shownEntries } from './workbench';

// The main job of the playground, as a newcomer does it in the built site.

/** Segments that the browser has on disk. */
async function keptSegments(page: Page): Promise<number> {
  return page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        const open = indexedDB.open('eventarium');
        open.onsuccess = () => {
          const count = open.result.transaction('segments').objectStore('segments').count();
          count.onsuccess = () => {
            open.result.close();
            resolve(count.result);
          };
        };
      }),
  );
}

test('a first visit shows the shop at work', async ({ page }) => {
  await page.goto('./');
  await expect(button(page, 'Pause')).toBeVisible(patient);
  await expect.poll(() => playheadMs(page), patient).toBeGreaterThan(500);
  await expect(region(page, 'Stage').getByText('order-service').first()).toBeVisible(patient);
});

test('a link opens paused in a fresh profile, and running it gives the same log', async ({ browser, page }) => {
  await page.goto('./#event-queue');
  await runToEnd(page, queueEnd.atMs);
  const entries = await shownEntries(page);
  await button(page, 'Share').click();
  const field = page.getByRole('dialog').locator('input[readonly]');
  await expect(field).toHaveValue(/#1\./, patient);
  const url = await field.inputValue();

  const stranger = await (await browser.newContext()).newPage();
  await stranger.goto(url);
  await expect(button(stranger, 'Run')).toBeEnabled(patient);
  expect(await playheadMs(stranger)).toBe(0);
  await test.step('nothing of it runs before Run, whatever else is asked for', async () => {
    await stranger.keyboard.press('End');
    await expect(stranger.getByRole('status').filter({ hasText: 'Press Run first' })).toBeVisible(patient);
    await stranger.keyboard.press('p');
    await stranger.getByRole('slider', { name: 'Playhead' }).press('ArrowRight');
    expect(await playheadMs(stranger)).toBe(0);
    expect(await keptSegments(stranger)).toBe(0);
    await expect(button(stranger, 'Run to end')).toHaveAttribute('data-tip', /^Press Run first/);
    await expect(stranger.getByRole('dialog')).toHaveCount(0);
    await expect(stranger.getByText('Somebody else wrote this code.')).toBeVisible();
  });
  await button(stranger, 'Run').click();
  await runToEnd(stranger, queueEnd.atMs);
  await expect.poll(() => shownEntries(stranger), patient).toBe(entries);
});

test('what was recorded is there after the browser was killed, and the run opens', async ({ baseURL }) => {
  const site = baseURL ?? '';
  const profile = await mkdtemp(join(tmpdir(), 'eventarium-'));
  const options = { ...chromiumLaunchOptions, locale: 'en-US', viewport: { width: 1440, height: 900 } };
  const first = await chromium.launchPersistentContext(profile, options);
  const page = await first.newPage();
  await page.goto(site);
  await expect.poll(() => playheadMs(page), patient).toBeGreaterThan(1_000);
  await expect.poll(() => keptSegments(page), patient).toBeGreaterThan(2);
  const before = await keptSegments(page);
  const gone = first.waitForEvent('close');
  execFileSync('pkill', ['-KILL', '-f', profile]);
  await gone;

  const second = await chromium.launchPersistentContext(profile, options);
  const again = await second.newPage();
  await again.goto(site);
  await expect(button(again, 'Run')).toBeEnabled(patient);
  expect(await keptSegments(again)).toBeGreaterThanOrEqual(before);
  await expect.poll(() => playheadMs(again), patient).toBeGreaterThan(0);
  await second.close();
  await rm(profile, { recursive: true, force: true });
});
