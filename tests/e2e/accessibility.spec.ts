import { AxeBuilder } from '@axe-core/playwright';
import { expect, test, type Page } from '@playwright/test';
import { journeyMs, patient, queueEnd, runToEnd } from './workbench';

// axe finds nothing serious on any tab of a phone, in either theme.

test.describe.configure({ timeout: journeyMs });

async function findings(page: Page): Promise<readonly string[]> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${target.join(' ')}`));
}

for (const theme of ['dark', 'light'] as const) {
  test.describe(theme, () => {
    test.use({ colorScheme: theme });

    test('each tab of a phone', async ({ page }) => {
      await page.setViewportSize({ width: 390, height: 844 });
      await page.goto('./#event-queue');
      await runToEnd(page, queueEnd.atMs);
      const tabs = page.getByRole('navigation').getByRole('button');
      for (let index = 0; index < 5; index++) {
        await tabs.nth(index).click();
        await expect(page.getByRole('region').first()).toBeVisible(patient);
        expect(await findings(page), `tab ${index + 1}`).toEqual([]);
      }
    });
  });
}
