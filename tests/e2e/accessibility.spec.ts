import { AxeBuilder } from '@axe-core/playwright';
import { expect, test, type Locator, type Page } from '@playwright/test';
import {
  busEnd,
  button,
  editorArrives,
  journeyMs,
  logRows,
  openAtEnd,
  patient,
  queueEnd,
  region,
  runToEnd,
  scenario,
  stageNode,
} from './workbench';

// axe finds nothing serious on any view, in either theme.

test.describe.configure({ timeout: journeyMs });
// A change of colours takes no time.
test.use({ colorScheme: 'dark', contextOptions: { reducedMotion: 'reduce' } });

type Theme = 'dark' | 'light';

async function findings(page: Page, theme: Theme): Promise<readonly string[]> {
  // The sandbox's frame is empty, and only what breaks a rule is asked for.
  const axe = new AxeBuilder({ page }).setLegacyMode().options({ resultTypes: ['violations'], iframes: false });
  // What does not depend on colours is looked at once.
  if (theme === 'light') axe.withRules(['color-contrast']);
  const { violations } = await axe.analyze();
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${target.join(' ')}`));
}

async function expectNothing(page: Page, view: string, theme: Theme): Promise<void> {
  expect(await findings(page, theme), `${view}, ${theme}`).toEqual([]);
}

/** All styles hang on a class of the root, so a view need not be walked to once more for its other colours. */
async function expectNothingInEither(page: Page, view: string): Promise<void> {
  await expectNothing(page, view, 'dark');
  await dress(page, 'dark', 'light');
  await expectNothing(page, view, 'light');
  await dress(page, 'light', 'dark');
}

async function dress(page: Page, from: Theme, to: Theme): Promise<void> {
  expect(
    await page.evaluate(([worn, wanted]) => document.documentElement.classList.replace(worn, wanted), [
      from,
      to,
    ] as const),
  ).toBe(true);
}

/** A scenario that offers the view, and what of it comes last. */
const viewsAt: readonly (readonly [scenario: string, view: string, last: (page: Page) => Locator])[] = [
  ['saga-pattern', 'sagas', (page) => page.getByRole('complementary').getByText('Steps', { exact: true })],
  ['ab-testing', 'experiments', (page) => page.getByRole('table').first()],
  ['webhook-delivery', 'attempts', (page) => page.getByRole('table').first()],
  ['webhook-receiver', 'receivers', (page) => page.getByRole('table').first()],
  ['rest-vs-events', 'comparison', (page) => page.getByRole('table').first()],
];

// With the editor, whose colours are its own, in each theme from the start.
for (const theme of ['dark', 'light'] as const)
  test(`every pane and what the inspector shows, ${theme}`, async ({ page }) => {
    await page.emulateMedia({ colorScheme: theme });
    await openAtEnd(page, 'event-queue', queueEnd.atMs);
    await editorArrives(page);
    await expectNothing(page, 'the workbench', theme);
    const inspector = region(page, 'Inspector');
    await logRows(page).filter({ hasText: 'alwaysFails in listeners failed' }).last().click();
    await expect(inspector).toContainText('Payload');
    await page.getByRole('tab', { name: /^Console/ }).click();
    await expectNothing(page, 'a message and the console', theme);
    await stageNode(page, /^Process listeners/).click();
    await page.getByRole('tab', { name: 'Metrics' }).click();
    await expect(page.getByRole('table').first()).toBeVisible();
    await expectNothing(page, 'a process and the metrics', theme);
    await stageNode(page, /^Broker events/).click();
    await page.getByRole('tab', { name: 'Scenario' }).click();
    await expect(region(page, 'Editor').getByLabel('Title')).toBeVisible(patient);
    await expectNothing(page, 'a broker and the settings', theme);
    // Who has not chosen a theme has that of the system, also when it changes.
    const other = theme === 'dark' ? 'light' : 'dark';
    await page.emulateMedia({ colorScheme: other });
    await expect(page.locator('html')).toHaveClass(new RegExp(`\\b${other}\\b`));
  });

test('every dialog and page', async ({ page }) => {
  await openAtEnd(page, 'event-queue', queueEnd.atMs);
  const dialog = page.getByRole('dialog');
  const shown = async (view: string): Promise<void> => {
    await expect(dialog).toBeVisible(patient);
    await expectNothingInEither(page, view);
    await page.keyboard.press('Escape');
    await expect(dialog).toBeHidden();
  };
  await button(page, 'Publish').first().click();
  await shown('publish');
  await button(page, 'Share').click();
  await expect(dialog.getByLabel('Link', { exact: true })).toHaveValue(/#1\./, patient);
  await shown('share');
  await button(page, 'Help').click();
  await shown('help');
  await region(page, 'Stage').focus();
  await page.keyboard.press('b');
  await shown('the form of faults');
  await scenario(page).click();
  await expect(page.getByRole('option', { name: 'Event bus' })).toBeVisible();
  await expectNothingInEither(page, 'the list of scenarios');
  await page.getByRole('option', { name: 'Event bus' }).click();
  await runToEnd(page, busEnd.atMs);
  await page.evaluate(() => (location.hash = 'gallery'));
  await expect(page.getByRole('link', { name: 'Event bus', exact: true })).toBeVisible(patient);
  await expectNothingInEither(page, 'the gallery');
  await page.getByRole('button', { name: /Saved runs/ }).click();
  const choices = page.getByRole('checkbox', { name: /^Compare/ });
  await expect(choices).toHaveCount(2, patient);
  for (const choice of await choices.all()) await choice.check();
  await expectNothingInEither(page, 'the history');
  await button(page, 'Compare the two').click();
  await expect(page.getByText(/^They first differ at/)).toBeVisible(patient);
  await shown('the comparison');
});

test('each view beside the workbench', async ({ page }) => {
  for (const [scenarioName, view, last] of viewsAt) {
    await page.goto(`./#${scenarioName}&view=${view}`);
    await expect(last(page)).toBeVisible(patient);
    await button(page, /^Pause$/).click();
    await expectNothingInEither(page, view);
  }
});

test('each tab of a phone', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto('./#event-queue');
  await runToEnd(page, queueEnd.atMs);
  const tabs = page.getByRole('navigation').getByRole('button');
  for (let index = 0; index < 5; index++) {
    await tabs.nth(index).click();
    await expect(page.getByRole('region').first()).toBeVisible(patient);
    await expectNothingInEither(page, `tab ${index + 1}`);
  }
});
