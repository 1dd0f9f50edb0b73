import { readFile } from 'node:fs/promises';
import { expect, test, type Locator, type Page } from '@playwright/test';

// What somebody looks for in the log: it is found, kept over a reload, sent along in a link, and handed out as a file.

const starting = { timeout: 120_000 };
const query = 'process:accounting kind:failures';

const button = (page: Page, name: string): Locator => page.getByRole('button', { name, exact: true });
const chips = (page: Page): Locator => page.getByRole('list', { name: 'Filtered by' }).getByRole('listitem');
const rows = (page: Page): Locator =>
  page.getByRole('listbox', { name: 'Entries up to the playhead' }).getByRole('option');

/** The shop's whole run, with the log filtered by what was typed. */
async function filtered(page: Page): Promise<void> {
  await page.goto('./#e-commerce');
  // It plays by itself once it is loaded.
  await expect(button(page, 'Pause')).toBeVisible(starting);
  await button(page, 'Run to end').click();
  await expect(page.getByRole('timer').first()).toHaveText(/01:00/, starting);
  await page.keyboard.press('/');
  await page.keyboard.type(query);
  await page.keyboard.press('Enter');
  await expect(chips(page)).toHaveCount(2);
  await expect(page.getByText(/1 of \d+ hits/)).toBeVisible();
}

test('a filter of the log survives a reload and goes along in a link', async ({ page, browser }) => {
  await filtered(page);
  await expect(rows(page).first()).toContainText('accounting');
  const hits = (await page.getByText(/of \d+ hits/).textContent())?.replace(/.* of /, '') ?? '';
  await page.reload();
  await expect(chips(page)).toHaveCount(2, starting);
  await expect(page.getByText(hits)).toBeVisible(starting);

  await button(page, 'Share').click();
  const field = page.getByRole('dialog').getByRole('textbox').last();
  await expect(field).toHaveValue(/&log=/, starting);
  const link = await field.inputValue();
  const other = await (await browser.newContext({ locale: 'en-US' })).newPage();
  await other.goto(link);
  await expect(chips(other)).toHaveCount(2, starting);
  await button(other, 'Run').click();
  await button(other, 'Run to end').click();
  await expect(other.getByText(hits)).toBeVisible(starting);
  await other.context().close();
});

test('what is filtered is handed out as a file; what is opened next comes without the filter', async ({ page }) => {
  await filtered(page);
  await button(page, 'Export').click();
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('menuitem', { name: 'What is filtered, CSV' }).click(),
  ]);
  expect(file.suggestedFilename()).toMatch(/-filtered\.csv$/);
  const [head, ...lines] = (await readFile(await file.path(), 'utf8')).trimEnd().split('\r\n');
  expect(head?.replace('\ufeff', '')).toBe('seq,atMs,type,process,event,message,fate,where,cause,text,data');
  const hits = Number((await page.getByText(/of \d+ hits/).textContent())?.match(/of (\d+)/)?.[1]);
  expect(lines).toHaveLength(hits);

  await page.goto('./#eventbus-basic');
  await expect(chips(page)).toHaveCount(0, starting);
  await page.goBack();
  await expect(chips(page)).toHaveCount(2, starting);
});

test('the next failure is one key away, and the way back another', async ({ page }) => {
  await page.goto('./#e-commerce');
  await expect(button(page, 'Pause')).toBeVisible(starting);
  await button(page, 'Pause').click();
  await page.keyboard.press('n');
  const inspector = page.getByRole('region', { name: 'Inspector' });
  await expect(
    inspector.getByRole('region', { name: 'Failure' }).or(inspector.getByText('entry')).first(),
  ).toBeVisible();
  const first = await inspector.getByRole('heading', { level: 2 }).nth(1).textContent();
  await page.keyboard.press('n');
  await page.keyboard.press('Alt+ArrowLeft');
  await expect(inspector.getByRole('heading', { level: 2 }).nth(1)).toHaveText(first ?? '');
  await page.keyboard.press('e');
  await expect(page.locator('.line-selected, .line-selected-margin').first()).toBeVisible(starting);
});
