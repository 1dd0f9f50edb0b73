import { expect, type Locator, type Page } from '@playwright/test';

// How the tests speak of the workbench: by the names that a reader sees or hears.

/** On a busy machine everything comes, but late. */
export const patient = { timeout: 60_000 };
/** For whole journeys. */
export const journeyMs = 240_000;

/** What the scenarios of the course are known to give. */
export const queueEnd = { atMs: 2_900, entries: 82 };
export const busEnd = { atMs: 6_000, entries: 88 };

export function button(within: Page | Locator, name: string | RegExp): Locator {
  return within.getByRole('button', { name, exact: typeof name === 'string' });
}

export function region(page: Page, name: string): Locator {
  return page.getByRole('region', { name, exact: true });
}

export async function playheadMs(page: Page): Promise<number> {
  const text = await page.getByRole('timer').first().textContent();
  const [, minutes = '0', seconds = '0'] = /(\d+):(\d+\.\d+)/.exec(text ?? '') ?? [];
  return Math.round(Number(minutes) * 60_000 + Number(seconds) * 1_000);
}

export async function expectPlayhead(page: Page, atMs: number): Promise<void> {
  await expect.poll(() => playheadMs(page), patient).toBe(atMs);
}

/** Entries that the log counts up to the playhead. Words follow the playhead ten times a second, so it waits until they stand. */
export async function shownEntries(page: Page): Promise<number> {
  await page.evaluate(() => Object.assign(window, { seenCount: undefined }));
  const count = await page.waitForFunction(
    (standsMs) => {
      const tab = [...document.querySelectorAll('[role="tab"]')].find(({ textContent }) =>
        /^\s*(Log|Журнал)/.test(textContent),
      );
      const text = tab?.textContent ?? '';
      const seen = (window as { seenCount?: { text: string; sinceMs: number } }).seenCount;
      const nowMs = performance.now();
      if (seen?.text !== text) Object.assign(window, { seenCount: { text, sinceMs: nowMs } });
      else if (nowMs - seen.sinceMs >= standsMs) return { count: Number(text.replace(/\D/g, '')) };
      return undefined;
    },
    300,
    { polling: 'raf', timeout: 60_000 },
  );
  return (await count.jsonValue())?.count ?? NaN;
}

export function logRows(page: Page): Locator {
  return region(page, 'Log').getByRole('option');
}

/** A process, a broker or a queue on the stage. */
export function stageNode(page: Page, name: string | RegExp): Locator {
  return button(region(page, 'Stage'), name);
}

/** The flag of an intervention on the timeline. */
export function flag(page: Page, name: string): Locator {
  return region(page, 'Timeline').getByRole('button', { name: new RegExp(`^${name} at `) });
}

export function scenario(page: Page): Locator {
  return page.getByRole('combobox', { name: /^(Scenario|Сценарій)$/ });
}

/** A scenario of the gallery, played to its end. */
export async function openAtEnd(page: Page, name: string, endMs: number): Promise<void> {
  await page.goto(`./#${name}`);
  await runToEnd(page, endMs);
}

export async function runToEnd(page: Page, endMs: number): Promise<void> {
  const toEnd = button(page, /^(Run to end|До кінця)$/);
  // It may come to its end by itself meanwhile, and then there is nothing to press.
  await expect(async () => {
    if ((await toEnd.getAttribute('aria-disabled')) === null) await toEnd.click({ timeout: 2_000 });
    expect(await playheadMs(page)).toBe(endMs);
  }).toPass(patient);
}

/** From the start, step by step, to the first entry at or after an instant. The run must be computed that far. */
export async function stepUntil(page: Page, atMs: number): Promise<void> {
  await page.getByRole('slider', { name: 'Playhead' }).first().focus();
  await page.keyboard.press('Home');
  await expectPlayhead(page, 0);
  // In the page, since a hundred steps over the wire take their time.
  await button(page, 'Step forward').evaluate(async (forward, targetMs) => {
    const reachedMs = (): number => {
      const [, minutes = '0', seconds = '0'] =
        /(\d+):(\d+\.\d+)/.exec(document.querySelector('[role="timer"]')?.textContent ?? '') ?? [];
      return Math.round(Number(minutes) * 60_000 + Number(seconds) * 1_000);
    };
    for (let steps = 0; steps < 10_000 && reachedMs() < targetMs; steps++) {
      (forward as HTMLElement).click();
      await new Promise((resolve) => setTimeout(resolve));
    }
  }, atMs);
}

/** What the processes have printed up to the playhead. */
export async function printed(page: Page): Promise<string> {
  await page.getByRole('tab', { name: /^Console/ }).click();
  const lines = page.getByRole('region', { name: /^(Log|Console)$/ }).getByRole('option');
  const text = (await lines.allTextContents()).join('\n');
  await page.getByRole('tab', { name: /^Log/ }).click();
  return text;
}

export async function editorArrives(page: Page): Promise<void> {
  await expect(region(page, 'Editor').locator('.monaco-editor .view-line').first()).toBeVisible(patient);
}

/** Puts `text` in the place of all that the editor shows, as a reader would by pasting. */
export async function retype(page: Page, text: string): Promise<void> {
  await editorArrives(page);
  await region(page, 'Editor').locator('.view-lines').click();
  await page.keyboard.press('Control+A');
  await page.keyboard.insertText(text);
}

export async function codeOnShow(page: Page): Promise<string> {
  const text = await region(page, 'Editor').locator('.view-lines').innerText();
  return text.replaceAll('\u00a0', ' ');
}

/** Chooses a file in the import dialog. */
export async function importFile(page: Page, file: string | { name: string; text: string }): Promise<void> {
  await scenario(page).click();
  await button(page, 'Import file…').click();
  const chosen =
    typeof file === 'string' ? file : { name: file.name, mimeType: 'application/json', buffer: Buffer.from(file.text) };
  await page.getByRole('dialog').locator('input[type=file]').setInputFiles(chosen);
}

/** The very run as a link. */
export async function sharedLink(page: Page): Promise<string> {
  await button(page, 'Share').click();
  const field = page.getByRole('dialog').getByLabel('Link', { exact: true });
  await expect(field).toHaveValue(/#1\./, patient);
  const url = await field.inputValue();
  await page.keyboard.press('Escape');
  return url;
}

/** Goes on with Tab until something of this name has the focus. */
export async function tabTo(page: Page, name: string | RegExp): Promise<void> {
  for (let presses = 0; presses < 120; presses++) {
    const focused = await page.evaluate(() => {
      const element = document.activeElement;
      const labelled = element instanceof HTMLInputElement ? element.labels?.[0]?.textContent : undefined;
      return element?.getAttribute('aria-label') ?? labelled ?? element?.textContent ?? '';
    });
    if (typeof name === 'string' ? focused.trim() === name : name.test(focused.trim())) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`Tab never came to ${String(name)}`);
}
