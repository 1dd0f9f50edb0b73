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
  runToEnd,
  shownEntries,
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
