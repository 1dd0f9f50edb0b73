import { expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import '../../src/ui/style/base.css';
import Tooltips from '../../src/ui/parts/Tooltips.svelte';

test.each(['left', 'right'] as const)('a long tooltip at the %s edge is whole on the screen', async (side) => {
  await page.viewport(390, 844);
  const button = document.createElement('button');
  button.textContent = 'Copy';
  button.dataset['tip'] = 'Make a copy of “Orders of a whole week”';
  button.style.cssText = `position: fixed; top: 100px; ${side}: 0`;
  document.body.append(button);
  void render(Tooltips);
  await userEvent.keyboard('{Tab}');
  const tooltip = page.getByRole('tooltip');
  await expect.element(tooltip).toHaveTextContent('Make a copy');
  const { left, right } = tooltip.element().getBoundingClientRect();
  expect(left).toBeGreaterThanOrEqual(8);
  expect(right).toBeLessThanOrEqual(382);
  button.remove();
});
