import { describe, expect, test } from 'vitest';
import { page } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import DialogHost from '../../src/ui/shell/DialogHost.svelte';
import '../../src/ui/style/base.css';
import { memoryPreferences } from '../../src/ui/preferences';
import { englishWords } from '../../src/ui/text/english-words';
import { Workbench, type DialogRequest } from '../../src/ui/workbench.svelte';
import { samplePlayer } from './sample-run';

function open(dialog: DialogRequest, player = samplePlayer()) {
  const workbench = new Workbench({ player, preferences: memoryPreferences({ theme: 'dark' }), words: englishWords });
  void render(DialogHost, { props: { workbench, services: { gallery: [] } } });
  workbench.openDialog(dialog);
  return { player, workbench };
}

const button = (name: string) => page.getByRole('button', { name, exact: true });

describe('making something go wrong', () => {
  test('says what will happen, and does it at the playhead', async () => {
    const { player, workbench } = open({ type: 'fault', choice: 'crash-every', process: 'email' });
    await page.getByLabelText('At every so-many-th message').fill('3');
    await expect.element(page.getByText('email crashes at every 3rd message it handles')).toBeVisible();
    await button('Begin').click();
    expect(player.interventions).toEqual([
      {
        type: 'fault.begin',
        fault: { type: 'crash', process: 'email', every: 3, restartAfterMs: 1000 },
        forMs: 1000,
      },
    ]);
    expect(workbench.dialog).toBeUndefined();
  });

  test('parts the processes on one side from all others, and reproaches an empty side', async () => {
    const { player } = open({ type: 'fault', choice: 'partition' });
    await page.getByRole('checkbox', { name: 'shop', exact: true }).click();
    await expect.element(page.getByText('Choose who is on one side')).toBeVisible();
    await page.getByRole('checkbox', { name: 'sms' }).click();
    await button('Begin').click();
    expect(player.interventions).toEqual([
      {
        type: 'fault.begin',
        fault: { type: 'partition', groups: [['sms'], ['shop', 'email', 'accounting', 'shop-bus']] },
        forMs: 1000,
      },
    ]);
  });

  test('opens where a process has the name of its broker, and knows the link between the two', async () => {
    const player = samplePlayer();
    const [shop, ...others] = player.scenario.processes;
    player.scenario = { ...player.scenario, processes: [{ ...shop!, name: 'shop-bus' }, ...others] };
    open({ type: 'fault', choice: 'loss', from: 'shop-bus', to: 'shop-bus' }, player);
    await button('Begin').click();
    expect(player.interventions).toMatchObject([{ fault: { type: 'link', from: 'shop-bus', to: 'shop-bus' } }]);
  });
});

describe('sending a dead letter back', () => {
  const letter: DialogRequest = {
    type: 'redrive',
    broker: 'shop-bus',
    queue: 'orders.dead',
    message: 'm_1',
    listener: 'post',
    failure: '1C answers 503',
  };

  test('sends it as it is', async () => {
    const { player, workbench } = open(letter);
    await expect.element(page.getByText('1C answers 503')).toBeVisible();
    await button('Send back').click();
    const { interventions } = player;
    expect(interventions).toEqual([
      { type: 'message.redrive', broker: 'shop-bus', queue: 'orders.dead', messages: ['m_1'], listener: 'post' },
    ]);
    expect(workbench.dialog).toBeUndefined();
  });
});
