// Makes the README's picture from the built site: the shop at work, one worker crashed.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chromium } from 'playwright';
import { chromiumLaunchOptions } from './chromium.mjs';

const port = 4199;
const server = spawn(process.execPath, ['scripts/start.mjs', '--port', String(port)], {
  stdio: ['ignore', 'pipe', 'inherit'],
});
try {
  await once(server.stdout, 'data');
  const browser = await chromium.launch(chromiumLaunchOptions);
  const context = {
    viewport: { width: 1440, height: 900 },
    colorScheme: /** @type {const} */ ('dark'),
    locale: 'en-US',
  };
  const page = await (await browser.newContext(context)).newPage();
  await reachable(page, `http://127.0.0.1:${port}/`);
  const clock = page.getByRole('timer').first();
  await clock.filter({ hasText: /00:0[6-9]/ }).waitFor({ timeout: 120_000 });
  await page.getByRole('button', { name: 'Crash sms', exact: true }).click({ force: true });
  await clock.filter({ hasText: /00:(09|1\d)/ }).waitFor({ timeout: 120_000 });
  await page.getByRole('button', { name: 'Pause', exact: true }).click();
  await page.screenshot({ path: 'public/workbench.png' });
  await browser.close();
} finally {
  server.kill();
}

/**
 * The server says where it listens before the build is done on a first start.
 * @param {import('playwright').Page} page
 * @param {string} url
 */
async function reachable(page, url) {
  for (let attempt = 0; ; attempt++) {
    try {
      await page.goto(url);
      return;
    } catch (error) {
      if (attempt === 120) throw error;
      await page.waitForTimeout(1_000);
    }
  }
}
