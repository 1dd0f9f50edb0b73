import { expect, test } from '@playwright/test';
import {
  button,
  expectPlayhead,
  flag,
  journeyMs,
  logRows,
  openAtEnd,
  patient,
  printed,
  queueEnd,
  region,
  runToEnd,
  shownEntries,
  stageNode,
  stepUntil,
} from './workbench';

// What a reader does to a run from outside, on the screen.

test.describe.configure({ timeout: journeyMs });

test('an event published by hand is checked first, then stands in the log and on the timeline', async ({ page }) => {
  await openAtEnd(page, 'event-queue', queueEnd.atMs);
  await stepUntil(page, 800);
  const entries = await shownEntries(page);
  await button(page, 'Publish').first().click();
  const dialog = page.getByRole('dialog');
  const payload = dialog.getByLabel('Payload, JSON');
  await expect(dialog).toContainText('at 00:00.800', patient);
  await dialog.getByRole('combobox', { name: 'Event' }).fill('user.registered');

  const wrong = '{\n  "userId": 7,\n  bad: 1\n}';
  await payload.fill(wrong);
  await button(dialog, 'Publish event').click();
  await expect(dialog).toContainText('Line 3, column 3: a name in double quotes is expected.');
  await expect(payload).toHaveValue(wrong);
  await expect(payload).toHaveAttribute('aria-invalid', 'true');
  expect(await shownEntries(page)).toBe(entries);

  await payload.fill('{ "userId": 7 }');
  await button(dialog, 'Publish event').click();
  await expect(dialog).toBeHidden();
  await expect(logRows(page).filter({ hasText: 'You published user.registered' })).toBeVisible(patient);
  await expect(flag(page, 'Publish user.registered')).toBeVisible();
  await expectPlayhead(page, 800);
  await expect(button(page, 'Publish').first()).toBeFocused();
  // It is handled last: 500 and 300 ms after all the others.
  await runToEnd(page, queueEnd.atMs + 800);
  expect(await printed(page)).toContain('Лист користувачу 7');
});

test('a crash, a restart and one more worker change the run from there on, and are taken back and made again', async ({
  page,
}) => {
  await openAtEnd(page, 'event-queue', queueEnd.atMs);
  const stage = region(page, 'Stage');
  const undo = () => page.keyboard.press('Control+z');
  const redo = () => page.keyboard.press('Control+Shift+z');
  await stepUntil(page, 800);

  await button(stage, 'Crash listeners').click();
  await expect(stageNode(page, /^Process listeners, crashed/)).toBeVisible(patient);
  await expect(logRows(page).filter({ hasText: 'listeners crashed, 1 delivery interrupted' })).toBeVisible(patient);
  await expect(flag(page, 'Crash listeners')).toBeVisible();
  await expectPlayhead(page, 800);

  await button(stage, 'Restart listeners').click();
  await expect(stageNode(page, 'Process listeners, idle')).toBeVisible(patient);
  await expect(logRows(page).filter({ hasText: 'listeners started again, life 2' })).toHaveCount(1, patient);
  await expect(flag(page, 'Restart listeners')).toBeVisible();
  // Whom a bus without durable queues was to tell is gone, and so are the events.
  await runToEnd(page, 800);
  expect(await printed(page)).not.toContain('456');

  await undo();
  await expect(flag(page, 'Restart listeners')).toHaveCount(0, patient);
  await expect(stageNode(page, /^Process listeners, crashed/)).toBeVisible(patient);
  await redo();
  await expect(flag(page, 'Restart listeners')).toBeVisible(patient);
  await undo();
  await undo();
  await expect(flag(page, 'Crash listeners')).toHaveCount(0, patient);
  await runToEnd(page, queueEnd.atMs);
  expect(await shownEntries(page)).toBe(queueEnd.entries);

  await stepUntil(page, 800);
  await button(stage, 'Add a worker to events').click();
  await expect(flag(page, 'events × 2')).toBeVisible(patient);
  await expect(stage).toContainText('2 workers');
  await runToEnd(page, 2_100);
  await flag(page, 'events × 2').press('Delete');
  await expect(flag(page, 'events × 2')).toHaveCount(0, patient);
  await runToEnd(page, queueEnd.atMs);
  await page.getByRole('status').getByRole('button', { name: 'Undo' }).click();
  await expect(flag(page, 'events × 2')).toBeVisible(patient);
  await runToEnd(page, 2_100);
});
