import { expect, test, type Locator, type Page } from '@playwright/test';
import { entries } from '../../src/scenario/gallery/entries';
import { chromiumLaunchOptions } from '../../scripts/chromium.mjs';
import { patient, region } from './workbench';

/*
 * The main views as pictures, in both themes and languages. What is on them comes from the run alone: a paused instant of a
 * seeded run, our own fonts, no time of day. After a change that is meant to be seen:
 * npx playwright test tests/e2e/visual.spec.ts --update-snapshots, and look at each picture before it is committed.
 */

test.describe.configure({ timeout: 240_000 });
test.use({
  contextOptions: { reducedMotion: 'reduce' },
  // Letters as the font draws them, whatever the machine prefers for its own screen.
  launchOptions: {
    ...chromiumLaunchOptions,
    args: [
      ...chromiumLaunchOptions.args,
      '--font-render-hinting=none',
      '--disable-lcd-text',
      '--force-color-profile=srgb',
      '--force-device-scale-factor=1',
    ],
  },
});

/** Another version blends letters and shadows in its own way, all over the page. */
const drawnBy = '156';

const desktop = { width: 1440, height: 900 };
/** Beside the scenarios: a new one, and one from a link or a file. */
const newCards = 2;
const phone = { width: 390, height: 844 };
/** Some queue waits, something failed, and much is on its way. */
const instant = '00:12.480';
const address = './#e-commerce&at=12480';

const words = {
  en: {
    editor: 'Editor',
    inspector: 'Inspector',
    computed: 'computed to 01:00.000',
    settings: 'Scenario',
    message: 'Message',
  },
  uk: {
    editor: 'Редактор',
    inspector: 'Інспектор',
    computed: 'обчислено до 01:00.000',
    settings: 'Сценарій',
    message: 'Подія',
  },
};

async function looksLike(what: Page | Locator, name: string): Promise<void> {
  // Letters that another processor or package blends a little differently are no change, a box that moved is one.
  const options = { maxDiffPixelRatio: 0.005, timeout: 60_000 };
  if ('goto' in what) await expect(what).toHaveScreenshot(`${name}.png`, options);
  else await expect(what).toHaveScreenshot(`${name}.png`, options);
}

/** Nothing under the pointer, so no tooltip and no hover. */
async function lookAway(page: Page): Promise<void> {
  await page.mouse.move(1, 1);
  await page.evaluate(() => document.fonts.ready);
}

async function openWorkbench(page: Page, language: 'en' | 'uk'): Promise<void> {
  await page.setViewportSize(desktop);
  await page.goto(address);
  await expect(page.getByRole('timer').first()).toContainText(instant, patient);
  await expect(page.getByText(words[language].computed)).toBeVisible(patient);
  const code = region(page, words[language].editor);
  await expect(code.locator('.monaco-editor .view-line [class^="mtk"]:not(.mtk1)').first()).toBeVisible(patient);
  await expect(page.locator('.svelte-flow__edge')).toHaveCount(12, patient);
  await lookAway(page);
}

for (const theme of ['dark', 'light'] as const) {
  for (const language of ['en', 'uk'] as const) {
    const name = (view: string): string => `${view}-${theme}-${language}`;
    const t = words[language];

    test.describe(`${theme}, ${language}`, () => {
      test.use({ colorScheme: theme, locale: language === 'en' ? 'en-US' : 'uk-UA' });

      test('the main views look as they did', async ({ page, browser }) => {
        const [version] = browser.version().split('.');
        test.skip(version !== drawnBy, `The pictures are of Chromium ${drawnBy}, this is ${String(version)}.`);
        await openWorkbench(page, language);
        await looksLike(page, name('workbench'));
        // The other two are the same elements with the other colours and the other words.
        if ((theme === 'dark') !== (language === 'en')) return;

        await page.locator('[data-queue="accounting"] [data-message]').first().click();
        await expect(region(page, t.inspector).getByRole('heading', { name: 'order.created' })).toBeVisible(patient);
        await lookAway(page);
        await looksLike(region(page, t.inspector), name('inspector'));
        await looksLike(page.locator('[data-pane="timeline"]'), name('timeline'));

        await page.getByRole('tab', { name: t.settings, exact: true }).click();
        await expect(region(page, t.editor).getByRole('textbox').nth(1)).toBeVisible(patient);
        await lookAway(page);
        await looksLike(region(page, t.editor), name('settings'));

        await page.setViewportSize(phone);
        await page.getByRole('navigation').getByRole('button').first().click();
        await lookAway(page);
        await looksLike(page, name('phone-stage'));
        await page.getByRole('navigation').getByRole('button', { name: t.message }).click();
        await lookAway(page);
        await looksLike(page, name('phone-message'));

        await page.setViewportSize(desktop);
        await page.evaluate(() => (location.hash = 'gallery'));
        await expect(page.locator('[data-card]')).toHaveCount(entries.length + newCards, patient);
        await lookAway(page);
        await looksLike(page, name('gallery'));
      });
    });
  }
}
