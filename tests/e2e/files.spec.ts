import { readFile } from 'node:fs/promises';
import { expect, test, type Page } from '@playwright/test';
import {
  button,
  busEnd,
  expectPlayhead,
  importFile,
  journeyMs,
  logRows,
  openAtEnd,
  patient,
  playheadMs,
  queueEnd,
  runToEnd,
  scenario,
  shownEntries,
} from './workbench';

// A run as files: the scenario that defines it, and its log.

test.describe.configure({ timeout: journeyMs });

async function exported(page: Page, name: string): Promise<{ readonly name: string; readonly text: string }> {
  await scenario(page).click();
  const coming = page.waitForEvent('download');
  await button(page, name).click();
  const download = await coming;
  return { name: download.suggestedFilename(), text: await readFile(await download.path(), 'utf8') };
}

test('a scenario goes out as a file and comes in again, and gives the same run', async ({ page }) => {
  await openAtEnd(page, 'event-queue', queueEnd.atMs);
  const file = await exported(page, 'Export scenario');
  expect(file.name).toBe('event-queue.eventarium.json');
  expect(JSON.parse(file.text)).toMatchObject({ eventarium: 1, title: 'Event queue' });

  await openAtEnd(page, 'eventbus-basic', busEnd.atMs);
  await importFile(page, file);
  await expect(scenario(page)).toHaveText('Event queue', patient);
  // Nothing of it runs before it is asked for, not even when the page is loaded again.
  expect(await playheadMs(page)).toBe(0);
  await page.reload();
  await expect(scenario(page)).toHaveText('Event queue', patient);
  await button(page, 'Run').click();
  await runToEnd(page, queueEnd.atMs);
  expect(await shownEntries(page)).toBe(queueEnd.entries);
});

test('a log comes in without its corrupt lines, which are named by their numbers', async ({ page }) => {
  await openAtEnd(page, 'eventbus-basic', busEnd.atMs);
  const { text } = await exported(page, 'Export log');
  const lines = text.trimEnd().split('\n');
  expect(lines).toHaveLength(busEnd.entries);
  lines[9] = '{"seq": 9, broken';
  lines[20] = '{"hello": 1}';

  await openAtEnd(page, 'event-queue', queueEnd.atMs);
  await importFile(page, { name: 'events.ndjson', text: lines.join('\n') });
  const dialog = page.getByRole('dialog');
  await expect(dialog).toContainText(`${busEnd.entries - 2} entries were read. 2 lines were left out:`, patient);
  await expect(dialog.getByRole('listitem').nth(0)).toContainText('line 10');
  await expect(dialog.getByRole('listitem').nth(0)).toContainText('it is not JSON');
  await expect(dialog.getByRole('listitem').nth(1)).toContainText('line 21');
  await page.keyboard.press('Escape');
  await expect(scenario(page)).toHaveText('Event bus');
  await expectPlayhead(page, busEnd.atMs);
  expect(await shownEntries(page)).toBe(busEnd.entries - 2);
  await expect(logRows(page).last()).toContainText('The run ended');

  await page.reload();
  await expect.poll(() => shownEntries(page), patient).toBe(busEnd.entries - 2);
  await expect(scenario(page)).toHaveText('Event bus');
});

test('a file that cannot be opened says why and changes nothing', async ({ page }) => {
  await openAtEnd(page, 'event-queue', queueEnd.atMs);
  const dialog = page.getByRole('dialog');
  const bad = [
    { text: 'hello', says: 'it is not JSON' },
    { text: '{\n  "queues": [\n    { "name": "a" ', says: 'it is not JSON, column 19: a comma or } is expected' },
    { text: '{"eventarium":1,"title":5}', says: 'title should be a text' },
    { text: '{"eventarium":9}', says: 'it was made by a newer Eventarium (format 9)' },
    { text: '', says: 'a log begins with the entry run.started' },
  ];
  for (const { text, says } of bad) {
    await importFile(page, { name: 'bad.json', text });
    await expect(dialog).toContainText('bad.json was not opened. What was open stays.', patient);
    await expect(dialog).toContainText(says);
    await page.keyboard.press('Escape');
    await expect(dialog).toBeHidden();
    await expect(scenario(page)).toBeFocused();
  }
  expect(await shownEntries(page)).toBe(queueEnd.entries);
  await expect(scenario(page)).toHaveText('Event queue');
});
