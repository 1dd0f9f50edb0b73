import { expect, test } from 'vitest';
import { page } from 'vitest/browser';
import InspectorPane from '../../src/ui/inspector/InspectorPane.svelte';
import { oneRunATest, openRun } from './open-run';

oneRunATest();

const section = (name: string) => page.getByRole('region', { name, exact: true });

test('a stream shows its state at any version, and the difference that its event made', async () => {
  const { workbench } = await openRun('event-sourcing', InspectorPane, 3_000);
  workbench.select({ type: 'broker', broker: 'bank' });
  await page.getByRole('button', { name: 'account-Оксана' }).click();
  await expect.element(section('State, version 13')).toHaveTextContent('"balance": 500');
  await expect.element(section('Changed by m_28')).toHaveTextContent('balance 1000 500');
  await page.getByRole('slider', { name: 'Version of account-Оксана' }).fill('1');
  await expect.element(section('State, version 1')).toHaveTextContent('"balance": 1000, "movements": 1');
});

test('a projection shows what it lags behind, and is rebuilt by hand on the timeline', async () => {
  const { workbench, player } = await openRun('cqrs', InspectorPane, 2_900);
  workbench.select({ type: 'process', process: 'my-orders' });
  await expect.element(section('Projection my-orders')).toHaveTextContent('Lag');
  await page.getByRole('button', { name: 'Rebuild from the first event' }).click();
  await expect.element(section('Projection my-orders')).toHaveTextContent('Being rebuilt: event 0 of');
  expect(player.scenario.interventions.map(({ type }) => type)).toEqual(['projection.rebuild']);
});
