import { expect, test, vi } from 'vitest';
import { page } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import type { EntryOf } from '../../src/log/entry';
import InspectorPane from '../../src/ui/inspector/InspectorPane.svelte';
import DialogHost from '../../src/ui/shell/DialogHost.svelte';
import type { Workbench } from '../../src/ui/workbench.svelte';
import { oneRunATest, openRun } from './open-run';

// What is given once more by hand: dead letters, and events that a bus has kept.

oneRunATest();

const withDialogs = (workbench: Workbench) => render(DialogHost, { props: { workbench, services: { gallery: [] } } });
const button = (name: string | RegExp) => page.getByRole('button', { name, exact: true });

/** All that the careless cashier gave up lies there, and nothing has been sent back. */
async function openDeadLetters() {
  const opened = await openRun('dead-letter-queue', InspectorPane, 5_500);
  void withDialogs(opened.workbench);
  opened.workbench.select({ type: 'broker', broker: 'shop' });
  const died = opened.entries.filter(
    (entry): entry is EntryOf<'message.dead-lettered'> => entry.type === 'message.dead-lettered',
  );
  return { ...opened, died };
}

test('the list of dead letters has all of them with their reasons, and sends back what was chosen and no more', async () => {
  const { player, died } = await openDeadLetters();
  const list = page.getByRole('region', { name: 'Dead letters in shop.dead' });
  await vi.waitFor(() => expect(list.element().querySelectorAll('li')).toHaveLength(died.length));
  await expect.element(list.getByText(/careless, \d attempts?/).first()).toBeVisible();
  const { message, listener } = died[0]!;
  await list.getByRole('checkbox', { name: `Select ${message} of ${listener}` }).click();
  await button('Send 1 selected back').click();
  expect(player.scenario.interventions).toContainEqual({
    type: 'message.redrive',
    atMs: 5_500,
    broker: 'shop',
    queue: 'shop.dead',
    messages: [message],
    listener,
  });
});

test('an edited payload that is no JSON is said at its place, and neither sent nor lost', async () => {
  const { workbench, player, died } = await openDeadLetters();
  const { message, listener } = died[0]!;
  const letter = page
    .getByRole('listitem')
    .filter({ has: page.getByRole('checkbox', { name: `Select ${message} of ${listener}` }) });
  await letter.getByRole('button', { name: `Edit ${message} and send it back` }).click();
  const before = player.scenario.interventions.length;
  const payload = page.getByLabelText('Payload, JSON');
  const broken = '{\n  "id": 9,\n  total: 1\n}';
  await payload.fill(broken);
  await expect.element(page.getByText('Line 3, column 3: a name in double quotes is expected.')).toBeVisible();
  await expect.element(button('Send back')).toHaveAttribute('aria-disabled', 'true');
  (payload.element() as HTMLTextAreaElement).form?.requestSubmit();
  expect(player.scenario.interventions).toHaveLength(before);
  await expect.element(payload).toHaveValue(broken);
  await payload.fill('{ "id": 9, "total": 1 }');
  await button('Send back').click();
  expect(player.scenario.interventions).toContainEqual(
    expect.objectContaining({ type: 'message.redrive', messages: [message], listener, data: { id: 9, total: 1 } }),
  );
  expect(workbench.dialog).toBeUndefined();
});

test('a replay is asked for at the playhead, and tells what came out then and now', async () => {
  const { workbench, player } = await openRun('replay', InspectorPane, 10_300);
  void withDialogs(workbench);
  workbench.openDialog({ type: 'replay', fromMs: 0, toMs: 4_999 });
  await page.getByRole('combobox', { name: 'To the process' }).selectOptions('loyalty');
  await page.getByRole('textbox', { name: 'Only events that match' }).fill('order.*');
  await page.getByRole('combobox', { name: 'Published by' }).selectOptions('shop');
  const found = page.getByRole('status');
  await expect.element(found).toHaveTextContent('9 events were published in this span and match.');
  const correlation = page.getByRole('textbox', { name: 'Only with the correlation' });
  await correlation.fill('m_1');
  await expect.element(found).toHaveTextContent('1 event was published in this span and match');
  await correlation.fill('');
  await button('Replay').click();
  expect(player.scenario.interventions.at(-1)).toEqual({
    type: 'replay.start',
    atMs: 10_300,
    broker: 'shop',
    process: 'loyalty',
    pattern: 'order.*',
    fromMs: 0,
    toMs: 4_999,
    publisher: 'shop',
    suppressEffects: true,
  });
  expect(workbench.dialog).toBeUndefined();
  // The one of the scenario, into a changed text.
  await vi.waitFor(() => expect(player.status).toBe('ready'));
  const started = player.log.range(0, player.position).filter(({ type }) => type === 'replay.started');
  workbench.select({ type: 'entry', seq: started[1]!.seq });
  const results = page.getByRole('region', { name: 'What came out' });
  await expect.element(results.getByRole('row', { name: 'emitted 3 3' })).toBeVisible();
  await expect.element(results.getByRole('row', { name: 'of these only here 3 3' })).toBeVisible();
  await results
    .getByRole('button', { name: /^m_\d+ in the hands of collect$/ })
    .first()
    .click();
  const { selection } = workbench;
  const entry = selection?.type === 'entry' ? player.log.entry(selection.seq) : undefined;
  expect(entry).toMatchObject({ type: 'delivery.started', replayed: true });
});

test('a consumer group is moved back from the inspector of its stream, and what is no id of an entry is refused', async () => {
  const { workbench, player } = await openRun('redis-lost-or-kept', InspectorPane, 4_000);
  workbench.select({ type: 'broker', broker: 'redis', queue: 'orders:stream' });
  await button('Have kitchen read orders:stream again…').click();
  const after = page.getByLabelText('Go on after the entry');
  await after.fill('yesterday');
  await expect.element(page.getByText('An entry has an id such as', { exact: false })).toBeVisible();
  await expect.element(button('Set')).toHaveAttribute('aria-disabled', 'true');
  await after.fill('0');
  await button('Set').click();
  expect(player.scenario.interventions).toContainEqual({
    type: 'group.set-id',
    atMs: 4_000,
    broker: 'redis',
    queue: 'orders:stream',
    group: 'kitchen',
    id: '0',
  });
});

test('a policy is set from the inspector of its queue, and removed from that of its broker', async () => {
  const { workbench, player } = await openRun('priority-queue', InspectorPane, 1_000);
  const queue = [...player.system.brokers.get('rabbitmq')!.queues.keys()][0]!;
  workbench.select({ type: 'broker', broker: 'rabbitmq', queue });
  await button('Set a policy…').click();
  const sets = page.getByLabelText('What it sets (JSON)');
  await sets.fill('{"max-len": 2}');
  await expect.element(page.getByText('max-len are not recognised policy settings.')).toBeVisible();
  await expect.element(button('Set')).toHaveAttribute('aria-disabled', 'true');
  await sets.fill('{"max-length": 2}');
  await button('Set').click();
  const of = { atMs: 1_000, broker: 'rabbitmq', name: queue };
  const policy = {
    pattern: `^${queue.replace('.', '\\.')}$`,
    'apply-to': 'queues',
    priority: 0,
    definition: { 'max-length': 2 },
  };
  expect(player.scenario.interventions).toContainEqual({ type: 'policy.set', ...of, policy });
  workbench.select({ type: 'broker', broker: 'rabbitmq' });
  await button(`Remove policy ${queue}`).click();
  expect(player.scenario.interventions).toContainEqual({ type: 'policy.clear', ...of });
});
