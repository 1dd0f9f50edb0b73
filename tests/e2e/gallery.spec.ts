import { expect, test, type Locator, type Page } from '@playwright/test';

// The gallery and one's own scenarios, as a reader walks them in the built site.

const starting = { timeout: 60_000 };

function button(page: Page, name: string): Locator {
  return page.getByRole('button', { name, exact: true });
}

function card(page: Page, name: string): Locator {
  return page.getByRole('link', { name, exact: true });
}

function picker(page: Page): Locator {
  return page.getByRole('combobox', { name: 'Scenario' });
}

/** Closes what floats, wherever the focus is, and opens the gallery by its key. */
async function openGallery(page: Page): Promise<void> {
  await picker(page).click();
  await page.getByRole('link', { name: /All scenarios/ }).click();
  await expect(page).toHaveURL(/#gallery$/);
  await expect(card(page, 'Event bus')).toBeVisible(starting);
}

/** A short run may come to its end by itself before it is asked to. */
async function runToEnd(page: Page): Promise<void> {
  await expect(async () => {
    await page.keyboard.press('End');
    const atEnd = { timeout: 2_000 };
    await expect(button(page, 'Step forward')).toHaveAttribute('data-tip', 'The playhead is at the end', atEnd);
  }).toPass(starting);
}

test('the gallery has an address: a card opens, and back leads to it again', async ({ page }) => {
  await page.goto('./#gallery');
  await page.getByRole('searchbox').fill('four events');
  await expect(card(page, 'Event bus')).toBeHidden(starting);
  await card(page, 'Event queue').click();
  await expect(picker(page)).toHaveText('Event queue', starting);
  await expect(page).toHaveURL(/#event-queue$/);
  await page.goBack();
  await expect(card(page, 'Event queue')).toHaveAttribute('aria-current', 'true', starting);
  await page.goForward();
  await expect(picker(page)).toBeVisible();
  await expect(card(page, 'Event queue')).toBeHidden();
});

test("one's own scenario keeps its edits, and is copied, renamed, deleted and taken back", async ({ page }) => {
  await page.goto('./#gallery');
  await button(page, 'New scenario').click();
  await expect(page).toHaveURL(/#own-/, starting);
  await expect(picker(page)).toHaveText('New scenario', starting);
  const code = page
    .getByRole('region', { name: 'Editor' })
    .locator('.view-line')
    .filter({ hasText: /Hello,/ });
  await code.click(starting);
  await page.keyboard.press('End');
  await page.keyboard.type(' // mine');
  const kept = code.filter({ hasText: '// mine' });
  await expect(kept).toBeVisible(starting);
  await openGallery(page);
  // From the store and not from the run: a copy holds what was saved.
  await button(page, 'Duplicate New scenario').click();
  await expect(card(page, 'New scenario, copy')).toBeVisible();
  await button(page, 'Rename New scenario, copy').click();
  await page.keyboard.type('Second');
  await page.keyboard.press('Enter');
  await card(page, 'Second').click();
  await expect(picker(page)).toHaveText('Second', starting);
  await page.reload();
  await expect(picker(page)).toHaveText('Second', starting);
  await expect(kept).toBeVisible(starting);
  await openGallery(page);
  await button(page, 'Delete New scenario').click();
  await expect(card(page, 'New scenario')).toBeHidden();
  await button(page, 'Undo').click();
  await expect(card(page, 'New scenario')).toBeVisible();
});

test('two runs are compared, and one opens where they part', async ({ page }) => {
  await page.goto('./#e-commerce');
  await runToEnd(page);
  await page.evaluate(() => (location.hash = 'event-queue'));
  await expect(picker(page)).toHaveText('Event queue', starting);
  await runToEnd(page);
  await openGallery(page);
  await page.getByRole('button', { name: /Saved runs/ }).click();
  const choices = page.getByRole('checkbox', { name: /^Compare/ });
  await expect(choices).toHaveCount(2, starting);
  for (const choice of await choices.all()) await choice.check();
  await button(page, 'Compare the two').click();
  await expect(page.getByText(/^They first differ at 00:00\.000/)).toBeVisible(starting);
  await expect(page.getByText('Process producer: only in A')).toBeVisible();
  await button(page, 'Open B there').click();
  await expect(picker(page)).toHaveText('E-commerce: order created', starting);
  await expect(page.getByRole('dialog')).toBeHidden();
  await expect(page.getByRole('timer').first()).toContainText('00:00.000');
});
