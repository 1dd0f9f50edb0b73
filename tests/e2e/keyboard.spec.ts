import { expect, test, type Page } from '@playwright/test';
import {
  button,
  expectPlayhead,
  flag,
  journeyMs,
  logRows,
  patient,
  playheadMs,
  queueEnd,
  region,
  scenario,
  shownEntries,
  tabTo,
} from './workbench';

// The whole main job without a mouse.

test.describe.configure({ timeout: journeyMs });

/** The focus is somewhere, and can be seen. */
async function expectFocusSeen(page: Page): Promise<void> {
  const ring = await page.evaluate(() => {
    const element = document.activeElement;
    if (element === null || element === document.body) return 'nothing has the focus';
    const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(element);
    const drawn = (outlineStyle !== 'none' && parseFloat(outlineWidth) > 0) || boxShadow !== 'none';
    return drawn ? '' : `no ring around ${element.outerHTML.slice(0, 120)}`;
  });
  expect(ring).toBe('');
}

test('a scenario is found in the gallery, run, searched, inspected, published to and shared by keys alone', async ({
  page,
}) => {
  await page.goto('./#eventbus-basic');
  await expect(scenario(page)).toHaveText('Event bus', patient);
  await page.keyboard.press('g');
  await expect(page.getByRole('link', { name: 'Event queue', exact: true })).toBeVisible(patient);
  await tabTo(page, 'Event queue');
  await expectFocusSeen(page);
  await page.keyboard.press('Enter');
  await expect(scenario(page)).toHaveText('Event queue', patient);
  await expect(button(page, 'Pause')).toBeVisible(patient);

  await page.evaluate(() => (document.activeElement as HTMLElement).blur());
  await page.keyboard.press('Space');
  await expect(button(page, 'Run')).toBeVisible();
  await page.keyboard.press('End');
  await expectPlayhead(page, queueEnd.atMs);
  await page.keyboard.press('ArrowLeft');
  await expect.poll(() => shownEntries(page)).toBe(queueEnd.entries - 1);
  await page.keyboard.press('Home');
  await expectPlayhead(page, 0);
  for (let step = 0; step < 30; step++) await page.keyboard.press('ArrowRight');
  await expect.poll(() => shownEntries(page), patient).toBe(30);

  await page.keyboard.press('/');
  const search = region(page, 'Log').getByRole('searchbox');
  await expect(search).toBeFocused();
  await page.keyboard.type('sendEmail');
  await expect(logRows(page).first()).toContainText('sendEmail');
  for (let presses = 0; presses < 20; presses++) {
    if (await page.evaluate(() => document.activeElement?.closest('[role="listbox"], [role="option"]') !== null)) break;
    await page.keyboard.press('Tab');
  }
  await expectFocusSeen(page);
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  await expect(region(page, 'Inspector')).not.toContainText('Nothing is selected');
  await expect(logRows(page).and(page.locator('[aria-selected="true"]'))).toHaveCount(1);
  await page.keyboard.press('e');
  await expect(page.locator('.line-selected, .line-selected-margin').first()).toBeVisible(patient);
  // From the code, where keys are typed, back to what tells more of the entry.
  await page.keyboard.press('Control+m');
  await tabTo(page, 'More of what is selected');
  await expectFocusSeen(page);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('menu')).toBeVisible();
  await page.keyboard.press('Escape');

  await page.keyboard.press('p');
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByRole('combobox', { name: 'Event' })).toBeFocused(patient);
  await page.keyboard.type('order.created');
  await page.keyboard.press('Tab');
  await page.keyboard.type('{ "orderId": 1, "total": 2 }');
  await tabTo(page, 'Publish event');
  await expectFocusSeen(page);
  await page.keyboard.press('Enter');
  await expect(dialog).toBeHidden();
  await expect(flag(page, 'Publish order.created')).toBeVisible(patient);

  await tabTo(page, 'Share');
  await page.keyboard.press('Enter');
  await expect(dialog.getByLabel('Link', { exact: true })).toHaveValue(/#1\./, patient);
  await page.keyboard.press('Escape');
  await expect(button(page, 'Share')).toBeFocused();
  await page.keyboard.press('?');
  await expect(dialog).toContainText('Keys');
  await page.keyboard.press('Escape');
  await expect(button(page, 'Share')).toBeFocused();
});

test('Tab comes to every part and out again, also of the editor, and no key fires while one types', async ({
  page,
}) => {
  await page.goto('./#event-queue');
  await page.keyboard.press('End');
  await expectPlayhead(page, queueEnd.atMs);
  await expect(region(page, 'Editor').locator('.monaco-editor .view-line').first()).toBeVisible(patient);
  const seen = new Set<string>();
  for (let presses = 0; presses < 120 && !seen.has('Inspector'); presses++) {
    await page.keyboard.press('Tab');
    const where = await page.evaluate(() => {
      const element = document.activeElement;
      const typing = element?.closest('.monaco-editor') !== null;
      return { region: element?.closest('[role="region"], section')?.getAttribute('aria-label') ?? '', typing };
    });
    if (where.region !== '') seen.add(where.region);
    if (where.typing) {
      await page.keyboard.type(' ');
      await page.keyboard.press('Home');
      await page.keyboard.press('Delete');
      expect(await playheadMs(page)).toBe(queueEnd.atMs);
      await page.keyboard.press('Control+m');
    } else {
      await expectFocusSeen(page);
    }
  }
  expect([...seen]).toEqual(expect.arrayContaining(['Editor', 'Log', 'Stage', 'Timeline', 'Inspector']));
});
