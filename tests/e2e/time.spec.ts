import { expect, test } from '@playwright/test';
import {
  button,
  expectPlayhead,
  logRows,
  openAtEnd,
  patient,
  playheadMs,
  queueEnd,
  region,
  runToEnd,
  shownEntries,
  stageNode,
  stepUntil,
} from './workbench';

// Time in the reader's hand.

test('time goes both ways and at any speed, and every pane shows the instant that it comes to', async ({ page }) => {
  await openAtEnd(page, 'event-queue', queueEnd.atMs);
  const bus = stageNode(page, /^Broker events, queue/);
  const listeners = stageNode(page, /^Process listeners/);
  const inspector = region(page, 'Inspector');
  const lastRow = logRows(page).last();
  await listeners.click();

  await test.step('a step back and forth', async () => {
    await expect(lastRow).toContainText('The run ended');
    await button(page, 'Step back').click();
    await expect.poll(() => shownEntries(page), patient).toBe(queueEnd.entries - 1);
    await expect(lastRow).toContainText('countHandled');
    await button(page, 'Step forward').click();
    await expect.poll(() => shownEntries(page), patient).toBe(queueEnd.entries);
    await expect(button(page, 'Step forward')).toHaveAttribute('aria-disabled', 'true');
    await expect(lastRow).toContainText('The run ended');
  });

  await test.step('scrubbing backwards', async () => {
    await expect(listeners).toHaveAccessibleName('Process listeners, idle');
    await expect(bus).toHaveAccessibleName('Broker events, queue, 4 events');
    const playhead = page.getByRole('slider', { name: 'Playhead' });
    const [flag, axis] = [await playhead.boundingBox(), await playhead.locator('..').boundingBox()];
    await page.mouse.move(flag!.x + flag!.width / 2, flag!.y + flag!.height / 2);
    await page.mouse.down();
    await page.mouse.move(axis!.x + axis!.width / 2, flag!.y + flag!.height / 2, { steps: 4 });
    await page.mouse.up();
    await expect.poll(() => shownEntries(page), patient).toBeLessThan(queueEnd.entries);
    const atMs = await playheadMs(page);
    expect(atMs).toBeGreaterThan(0);
    expect(atMs).toBeLessThan(queueEnd.atMs);
    await expect(playhead).toHaveAttribute('aria-valuenow', String(atMs));
    await expect(lastRow).not.toContainText('The run ended');
    // Before an end there is always something under way in this run.
    await expect(listeners).toHaveAccessibleName(/^Process listeners, (m_|\d under way)/);
    await expect(inspector).toContainText(/(sendEmail|saveUser|sendSms|saveOrder) handles m_\d/);
    await page.keyboard.press('Home');
    await expectPlayhead(page, 0);
    await expect(inspector).toContainText('has not started at this instant');
  });

  await test.step('an instant known to the millisecond', async () => {
    await stepUntil(page, 1_300);
    await expect.poll(() => shownEntries(page), patient).toBe(42);
    await expect(listeners).toHaveAccessibleName('Process listeners, m_2, 500 of 500 ms');
    await expect(inspector).toContainText('sendEmail handles m_2');
    await expect(inspector).toContainText('Лист користувачу 456');
    await expect(inspector).not.toContainText('Користувач 456 у базі');
    await expect(lastRow).toContainText('Лист користувачу 456');
  });

  await test.step('speed, pause, restart', async () => {
    const speed = page.getByRole('combobox', { name: 'Speed' });
    await speed.selectOption('0.05');
    await button(page, 'Run').click();
    await expect.poll(() => playheadMs(page), patient).toBeGreaterThan(1_300);
    await button(page, 'Pause').click();
    const atMs = await playheadMs(page);
    // At this speed it would have taken half a minute to come any further.
    expect(atMs).toBeLessThan(queueEnd.atMs);
    await speed.selectOption('1000');
    await button(page, 'Run').click();
    await expectPlayhead(page, queueEnd.atMs);
    await expect(button(page, 'Run')).toBeVisible(patient);
    await speed.selectOption('0.05');
    await button(page, 'Restart').click();
    await expect(button(page, 'Pause')).toBeVisible(patient);
    expect(await playheadMs(page)).toBeLessThan(queueEnd.atMs);
    await runToEnd(page, queueEnd.atMs);
    expect(await shownEntries(page)).toBe(queueEnd.entries);
  });

  await test.step('another seed, and a reload in the middle', async () => {
    await stepUntil(page, 1_300);
    const seed = page.getByRole('spinbutton', { name: 'Seed' });
    await seed.fill('42');
    await seed.press('Enter');
    // The run is computed anew, and the playhead goes back to where it was.
    await expectPlayhead(page, 1_300);
    const entries = await shownEntries(page);
    const file = page.getByRole('tab', { name: 'producer.ts' });
    await file.click();
    await page.reload();
    await expect(seed).toHaveValue('42', patient);
    await expect(file).toHaveAttribute('aria-selected', 'true');
    await expectPlayhead(page, 1_300);
    await expect.poll(() => shownEntries(page), patient).toBe(entries);
    await expect(lastRow).toContainText('m_2');
    await page.keyboard.press('Home');
    await button(page, 'Step forward').click();
    await expect(lastRow).toContainText('The run started with seed 42', patient);
  });
});
