import { expect, test, type Locator, type Page } from '@playwright/test';
import { button, journeyMs, openAtEnd, patient, queueEnd, region } from './workbench';

// The workbench at every width, and panes that the reader arranges.

test.describe.configure({ timeout: journeyMs });

/** What would be out of reach: the page scrolls sideways, or a control is cut off and nothing scrolls to it. */
async function outOfReach(page: Page): Promise<readonly string[]> {
  return page.evaluate(async () => {
    const scrolls = (element: Element): boolean => {
      for (let parent = element.parentElement; parent !== null; parent = parent.parentElement) {
        if (parent.matches('.svelte-flow, .monaco-editor')) return true;
        const { overflowX, overflowY } = getComputedStyle(parent);
        if (/auto|scroll/.test(overflowX) && parent.scrollWidth > parent.clientWidth) return true;
        if (/auto|scroll/.test(overflowY) && parent.scrollHeight > parent.clientHeight) return true;
      }
      return false;
    };
    const controls = [...document.querySelectorAll('button, a[href], input, select, [role="tab"], [role="slider"]')]
      .filter((each) => each.checkVisibility({ visibilityProperty: true }) && each.closest('[inert]') === null)
      .filter((each) => each.getBoundingClientRect().width > 1 && !scrolls(each));
    const seen = await new Promise<IntersectionObserverEntry[]>((resolve) => {
      const observer = new IntersectionObserver(resolve);
      for (const control of controls) observer.observe(control);
    });
    const cut = seen
      // The grip of a slider lies around its end; the reach of a thumb is higher than the header of a pane.
      .filter(({ target, intersectionRatio }) => intersectionRatio < (target.role === 'slider' ? 0.4 : 0.75))
      .map(({ target }) => target.getAttribute('aria-label') ?? target.textContent.trim());
    const { scrollWidth } = document.documentElement;
    return scrollWidth > innerWidth ? [`a page ${scrollWidth} px wide`, ...cut] : cut;
  });
}

async function expectInside(pane: Locator): Promise<void> {
  await expect(pane).toBeInViewport({ ratio: 0.99, ...patient });
  const box = await pane.boundingBox();
  expect(box!.width).toBeGreaterThan(250);
  expect(box!.height).toBeGreaterThan(150);
}

test('at every width each pane can be reached and nothing is cut off, in both languages', async ({ page }) => {
  await openAtEnd(page, 'event-queue', queueEnd.atMs);
  const panes = {
    en: ['Editor', 'Stage', 'Timeline', 'Log', 'Inspector'],
    uk: ['Редактор', 'Сцена', 'Шкала часу', 'Журнал', 'Інспектор'],
  };
  const tabs = page.getByRole('navigation').getByRole('button');
  for (const language of ['en', 'uk'] as const) {
    const [editor, stage, timeline, log, inspector] = panes[language].map((name) => region(page, name));
    for (const width of [1440, 1024, 768]) {
      await page.setViewportSize({ width, height: 900 });
      if (width < 1280) await button(page, /^(Open the inspector|Відкрити інспектор)$/).click();
      await expectInside(inspector!);
      await expect.poll(() => outOfReach(page), { ...patient, message: `${width} px, ${language}` }).toEqual([]);
      if (width < 1280) await button(inspector!, /^(Close the inspector|Закрити інспектор)$/).click();
      await expectInside(stage!);
      await expectInside(timeline!);
      if (width < 1024) await button(page, /^(Open code and log|Відкрити код і журнал)$/).click();
      await expectInside(editor!);
      await expectInside(log!);
      await expect.poll(() => outOfReach(page), { ...patient, message: `${width} px, ${language}` }).toEqual([]);
      if (width < 1024)
        await button(page, /^(Close code and log|Закрити код і журнал)$/)
          .first()
          .click();
    }
    for (const [width, height] of [
      [430, 932],
      [390, 844],
      [360, 640],
    ] as const) {
      await page.setViewportSize({ width, height });
      for (const [at, pane] of [stage, editor, timeline, inspector, log].entries()) {
        await tabs.nth(at).click();
        await expectInside(pane!);
        await expect
          .poll(() => outOfReach(page), { ...patient, message: `${width} px, ${language}, tab ${at + 1}` })
          .toEqual([]);
      }
    }
    if (language === 'en') {
      await button(page, 'More').click();
      await page.getByRole('combobox', { name: 'Language' }).selectOption('uk');
      await page.keyboard.press('Escape');
    }
  }
});

test('panes are resized by mouse and keys, folded and unfolded, and stay so after a reload', async ({ page }) => {
  await openAtEnd(page, 'event-queue', queueEnd.atMs);
  // A pane that is being put in place has no box yet: none is then no width, and what is polled for comes later.
  const width = async (name: string) => (await region(page, name).boundingBox())?.width ?? Number.NaN;
  const height = async (name: string) => (await region(page, name).boundingBox())?.height ?? Number.NaN;
  const before = {
    editor: await width('Editor'),
    inspector: await width('Inspector'),
    timeline: await height('Timeline'),
  };

  const code = page.getByRole('separator', { name: 'Width of the code' });
  await code.focus();
  for (let presses = 0; presses < 5; presses++) await page.keyboard.press('ArrowRight');
  await expect.poll(() => width('Editor')).toBe(before.editor + 80);
  const rows = await page.getByRole('separator', { name: 'Height of the timeline' }).boundingBox();
  await page.mouse.move(rows!.x + rows!.width / 2, rows!.y);
  await page.mouse.down();
  await page.mouse.move(rows!.x + rows!.width / 2, rows!.y - 60, { steps: 3 });
  await page.mouse.up();
  await expect.poll(() => height('Timeline')).toBe(before.timeline + 60);
  await button(region(page, 'Log'), 'Collapse Log').click();
  await expect.poll(() => height('Log')).toBeLessThan(40);
  await button(region(page, 'Inspector'), 'Collapse Inspector').click();
  await expect(region(page, 'Inspector')).toBeHidden();

  await page.reload();
  await expect(region(page, 'Log')).toBeVisible(patient);
  await expect.poll(() => width('Editor')).toBe(before.editor + 80);
  await expect.poll(() => height('Timeline')).toBe(before.timeline + 60);
  await expect.poll(() => height('Log')).toBeLessThan(40);
  await expect(region(page, 'Inspector')).toBeHidden();
  await button(region(page, 'Log'), 'Expand Log').click();
  await button(page, 'Expand Inspector').click();
  await expect.poll(() => width('Inspector')).toBe(before.inspector);
  await expect.poll(() => height('Log')).toBeGreaterThan(150);
  await code.dblclick();
  await expect.poll(() => width('Editor')).toBe(before.editor);
});
