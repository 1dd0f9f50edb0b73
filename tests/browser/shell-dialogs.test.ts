import { describe, expect, test, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import type { ComponentProps } from 'svelte';
import DialogHost from '../../src/ui/shell/DialogHost.svelte';
import '../../src/ui/style/base.css';
import { memoryPreferences } from '../../src/ui/preferences';
import type { ComparedReplay } from '../../src/projections/compare-replays';
import type { ComparedRuns, RunSummary, Services } from '../../src/ui/services';
import { englishWords } from '../../src/ui/text/english-words';
import { Workbench, type DialogRequest } from '../../src/ui/workbench.svelte';
import { samplePlayer } from './sample-run';

function open(
  dialog: DialogRequest,
  services: Partial<Services> = {},
  props: Partial<ComponentProps<typeof DialogHost>> = {},
) {
  const player = samplePlayer();
  const workbench = new Workbench({ player, preferences: memoryPreferences({ theme: 'dark' }), words: englishWords });
  void render(DialogHost, { props: { workbench, services: { gallery: [], ...services }, ...props } });
  workbench.openDialog(dialog);
  return { player, workbench };
}

const dialog = () => page.getByRole('dialog');
const button = (name: string) => page.getByRole('button', { name, exact: true });

test('what is opened while the browser still closes a dialog stays open', async () => {
  const about = (name: string): DialogRequest => ({ type: 'bad-link', problem: { type: 'unknown-name', name } });
  const { workbench } = open(about('first'));
  await expect.element(dialog()).toHaveTextContent('first');
  dialog()
    .element()
    .addEventListener('cancel', () => queueMicrotask(() => workbench.openDialog(about('second'))));
  await userEvent.keyboard('{Escape}');
  await expect.element(dialog()).toHaveTextContent('second');
  await expect.element(dialog()).toBeVisible();
});

test('dialogs that do not arrive say so, and are asked for again the next time', async () => {
  const load = vi.fn(() => import('../../src/ui/dialogs/Dialogs.svelte'));
  load.mockRejectedValueOnce(new TypeError('Failed to fetch dynamically imported module'));
  const { workbench } = open({ type: 'publish' }, {}, { load });
  await expect.poll(() => workbench.toast?.text).toBe('The network or the server did not answer. The run goes on.');
  expect(workbench.dialog).toBeUndefined();
  workbench.openDialog({ type: 'publish' });
  await expect.element(dialog()).toBeVisible();
  expect(load).toHaveBeenCalledTimes(2);
});

describe('publishing by hand', () => {
  test('happens at the playhead and closes the dialog', async () => {
    const { player, workbench } = open({ type: 'publish' });
    await page.getByRole('combobox', { name: 'Event' }).fill('order.created');
    await page.getByLabelText('Payload, JSON').fill('{ "id": 9 }');
    await button('Publish event').click();
    expect(player.interventions).toEqual([
      { type: 'message.publish', broker: 'shop-bus', event: 'order.created', data: { id: 9 } },
    ]);
    expect(workbench.dialog).toBeUndefined();
  });

  test('says where the payload stops being JSON and keeps the text', async () => {
    const { player } = open({ type: 'publish', event: 'order.created' });
    const payload = page.getByLabelText('Payload, JSON');
    await payload.fill('{\n  "id": 9,\n  total: 1\n}');
    await expect.element(page.getByText('Line 3, column 3: a name in double quotes is expected.')).toBeVisible();
    await button('Publish event').click();
    expect(player.interventions).toEqual([]);
    await expect.element(payload).toHaveValue('{\n  "id": 9,\n  total: 1\n}');
    await payload.fill('{ "id": 9 }');
    await userEvent.keyboard('{Control>}{Enter}{/Control}');
    expect(player.interventions).toMatchObject([{ event: 'order.created', data: { id: 9 } }]);
  });

  test('asks for a name only when one tries without', async () => {
    open({ type: 'publish', data: { id: 1 } });
    const reproach = page.getByText('Give the event a name');
    await expect.element(dialog()).toBeVisible();
    await expect.element(reproach).not.toBeInTheDocument();
    await button('Publish event').click();
    await expect.element(reproach).toBeVisible();
  });
});

describe('sharing', () => {
  const link = (length: number) => () =>
    Promise.resolve({ type: 'link' as const, url: 'https://example.org/#1abc', length });

  test('puts the note into the link', async () => {
    const notes: string[] = [];
    const shareLink = (note: string) => {
      notes.push(note);
      return Promise.resolve({ type: 'link' as const, url: `https://example.org/#${note}`, length: 400 });
    };
    open({ type: 'share' }, { shareLink });
    await page.getByLabelText('Note to whoever opens it').fill('why');
    await expect.element(page.getByLabelText('Link')).toHaveValue('https://example.org/#why');
    expect(notes).toEqual(['', 'why']);
  });

  test('offers the file beside a link above 2 KB, and only then', async () => {
    const exportScenario = () => ({ name: 'a.json', content: new Blob(['{}']) });
    const { workbench } = open({ type: 'share' }, { shareLink: link(2049), exportScenario });
    await expect.element(button('Download the file')).toBeVisible();
    workbench.closeDialog();
    open({ type: 'share' }, { shareLink: link(2048), exportScenario });
    await expect.element(page.getByText('2 048 characters')).toBeVisible();
    await expect.element(button('Download the file')).not.toBeInTheDocument();
  });
});

test('a run too large for a link can be saved as a file instead', async () => {
  const exportScenario = () => ({ name: 'a.json', content: new Blob(['{}']) });
  const shareLink = () => Promise.resolve({ type: 'too-large', maxBytes: 4_000_000 } as const);
  open({ type: 'share' }, { shareLink, exportScenario });
  await expect.element(page.getByRole('alert')).toHaveTextContent('No link can be made of this run.');
  await expect.element(page.getByRole('alert')).toHaveTextContent('a link holds 4 MB');
  await expect.element(button('Download the file')).toBeVisible();
  await expect.element(button('Copy link')).toHaveAttribute('aria-disabled', 'true');
});

test('a run that nobody could open again is not made into a link, and the reason stands there', async () => {
  const problems = [{ type: 'too-many', path: 'interventions', count: 10_001, max: 10_000 }] as const;
  open({ type: 'share' }, { shareLink: () => Promise.resolve({ type: 'invalid', problems } as const) });
  await expect.element(page.getByRole('alert')).toHaveTextContent('interventions has 10001 items');
});

describe('saved runs', () => {
  const run = (id: string, extra: Partial<RunSummary> = {}): RunSummary => {
    const facts = { startedAtEpochMs: 0, lengthMs: 44_000, entries: 1284, bytes: 21_000_000, seed: 7, ended: true };
    return { id, name: id, ...facts, pinned: false, current: false, ...extra };
  };

  const same: Pick<ComparedRuns, 'log' | 'definitions'> = {
    log: { type: 'same', entries: 1284, moved: 0 },
    definitions: [],
  };

  function library(
    runs: readonly RunSummary[],
    stoppedAtMs?: number,
    compared = same,
    replays: readonly ComparedReplay[] = [],
  ) {
    const calls: string[] = [];
    let kept = runs;
    const call = (text: string) => {
      calls.push(text);
      return Promise.resolve();
    };
    const service = {
      list: () => Promise.resolve(kept),
      usage: () => Promise.resolve({ usedBytes: 512e6, limitBytes: 512e6, stoppedAtMs }),
      open: (id: string) => call(`open ${id}`),
      rename: (id: string, name: string) => call(`rename ${id} ${name}`),
      setPinned: (id: string, pinned: boolean) => call(`pin ${id} ${pinned}`),
      openAt: (id: string, seq: number) => call(`open ${id} at ${seq}`),
      compare: (a: string, b: string) => {
        calls.push(`compare ${a} ${b}`);
        const [first, second] = [runs.find(({ id }) => id === a)!, runs.find(({ id }) => id === b)!];
        return Promise.resolve({ a: first, b: second, ...compared });
      },
      compareReplays: () => Promise.resolve(replays),
      remove: async (id: string) => {
        const before = kept;
        kept = kept.filter((one) => one.id !== id);
        await call(`remove ${id}`);
        return () => {
          kept = before;
          return call(`restore ${id}`);
        };
      },
      isStopped: stoppedAtMs !== undefined,
      onChange: () => () => undefined,
    };
    return { calls, service };
  }

  test('are opened, renamed and pinned', async () => {
    const { calls, service } = library([run('Orders')]);
    const { workbench } = open({ type: 'runs' }, { runs: service });
    await button('Rename Orders').click();
    await userEvent.fill(page.getByLabelText('Name of the run'), 'Friday');
    await userEvent.keyboard('{Enter}');
    await button('Pin Orders').click();
    await button('Open Orders').click();
    expect(calls).toEqual(['rename Orders Friday', 'pin Orders true', 'open Orders']);
    await expect.poll(() => workbench.dialog).toBeUndefined();
  });

  test('that were deleted can be taken back', async () => {
    const { calls, service } = library([run('A'), run('B')]);
    const { workbench } = open({ type: 'runs' }, { runs: service });
    await button('Delete A').click();
    await expect.element(button('Open A')).not.toBeInTheDocument();
    await button('Undo').click();
    await expect.element(button('Open A')).toBeVisible();
    expect(calls).toEqual(['remove A', 'restore A']);
    await button('Delete B').click();
    await expect.element(button('Undo')).toBeVisible();
    await userEvent.keyboard('{Escape}');
    await expect.poll(() => workbench.toast).toMatchObject({ text: 'B was deleted.', undoes: true });
    workbench.toast!.action!.run();
    await expect.poll(() => calls.at(-1)).toBe('restore B');
  });

  test('are compared two at a time: a third takes the place of the first', async () => {
    const { calls, service } = library([run('A'), run('B'), run('C')]);
    open({ type: 'runs' }, { runs: service });
    await page.getByRole('checkbox', { name: 'Compare A' }).click();
    await expect.element(page.getByText('A is chosen. Choose the run to compare it with.')).toBeVisible();
    await expect.element(button('Compare the two')).not.toBeInTheDocument();
    await page.getByRole('checkbox', { name: 'Compare B' }).click();
    await page.getByRole('checkbox', { name: 'Compare C' }).click();
    await button('Compare the two').click();
    await expect.element(page.getByText('Both runs are the same.')).toBeVisible();
    await expect.element(page.getByText('Nothing: seed, files, processes, links')).toBeVisible();
    expect(calls).toEqual(['compare B C']);
    await button('Saved runs').click();
    await expect.element(button('Open A')).toBeVisible();
  });

  test('that differ show where, in words, and each opens there', async () => {
    const printed = (seq: number, text: string) =>
      ({ seq, atMs: seq * 10, type: 'console.printed', process: 'email', stream: 'stdout', text }) as const;
    const differing: Pick<ComparedRuns, 'log' | 'definitions'> = {
      log: {
        type: 'different',
        seq: 41,
        before: [printed(40, 'mail to Olena')],
        a: printed(41, 'mail to Taras'),
        b: undefined,
      },
      definitions: [
        { type: 'seed', a: 7, b: 8 },
        { type: 'file.changed', name: 'email.ts', line: 12 },
        { type: 'intervention', side: 'b', intervention: { type: 'process.crash', atMs: 300, process: 'sms' } },
      ],
    };
    const runs = [run('Before'), run('After', { ended: false })];
    const handling = {
      message: 'm_1',
      process: 'email',
      listener: 'send',
      end: 'handled',
      seq: 30,
      endSeq: 31,
    } as const;
    const replay: ComparedReplay = {
      entry: {
        seq: 29,
        atMs: 300,
        type: 'replay.started',
        broker: 'shop',
        process: 'email',
        pattern: '#',
        messages: 1,
      },
      messages: [
        { then: { ...handling, effects: [] }, now: { ...handling, seq: 33, effects: ['mail.sent {"to":"Olena"}'] } },
      ],
    };
    const { calls, service } = library(runs, undefined, differing, [replay]);
    const { workbench } = open({ type: 'compare', a: 'Before', b: 'After' }, { runs: service });
    await expect.element(page.getByText('They first differ at 00:00.410.')).toBeVisible();
    await expect
      .element(page.getByRole('list', { name: 'The last entries on which they agree' }))
      .toHaveTextContent('email: mail to Olena');
    await expect.element(page.getByText('email: mail to Taras')).toBeVisible();
    await expect.element(page.getByText('After was recorded up to here')).toBeVisible();
    await expect.element(page.getByText('Seed 7 in A, 8 in B')).toBeVisible();
    await expect.element(page.getByText('email.ts, from line 12 on')).toBeVisible();
    await expect.element(page.getByText('Crash sms at 00:00.300: only in B')).toBeVisible();
    await button('Open B there').click();
    expect(calls).toEqual(['compare Before After', 'open After at 41']);
    await expect.poll(() => workbench.dialog).toBeUndefined();
    workbench.openDialog({ type: 'compare', a: 'Before', b: 'After' });
    await expect.element(page.getByText('1 of 1 came out differently.')).toBeVisible();
    await expect.element(page.getByRole('row', { name: 'of these only here 0 1' })).toBeVisible();
    await button('m_1 in the hands of send').click();
    await expect.poll(() => calls.at(-1)).toBe('open After at 33');
  });

  test('of which two entries look alike say in which field they differ', async () => {
    const published = (id: number) =>
      ({
        seq: 1,
        atMs: 10,
        type: 'message.enqueued',
        message: 'm_1',
        broker: 'shop',
        queue: 'email',
        ...(id > 1 && { cause: id }),
      }) as const;
    const log = { type: 'different', seq: 1, before: [], a: published(1), b: published(2) } as const;
    const { service } = library([run('A'), run('B')], undefined, { log, definitions: [] });
    open({ type: 'compare', a: 'A', b: 'B' }, { runs: service });
    await expect.element(page.getByRole('row', { name: 'cause nothing 2' })).toBeVisible();
  });

  test('say what was kept when storage is full, and free the oldest that is not pinned', async () => {
    const { service } = library([run('now', { current: true }), run('old'), run('pinned', { pinned: true })], 41_870);
    open({ type: 'runs' }, { runs: service });
    await expect.element(page.getByText('Kept up to 00:41.870. The run goes on in memory.')).toBeVisible();
    await button('Delete the oldest, free 21 MB').click();
    await expect
      .element(page.getByText('old was deleted. In a moment 21 MB are free, and recording goes on.'))
      .toBeVisible();
  });

  test('say what the place is for while there is none', async () => {
    open({ type: 'runs' }, { runs: library([]).service });
    await expect.element(page.getByText('No run is saved yet')).toBeVisible();
  });
});

test('an import lists the lines that were left out', async () => {
  const importFile = () =>
    Promise.resolve({
      type: 'log',
      entries: 12,
      problems: [
        { type: 'line', line: 3, fault: { type: 'not-json' } },
        { type: 'causes-missing', count: 2 },
      ],
    } as const);
  open({ type: 'import', file: new File(['x'], 'a.ndjson') }, { importFile });
  await expect.element(page.getByText('12 entries were read. 1 line was left out:')).toBeVisible();
  await expect.element(dialog()).toHaveTextContent('line 3 it is not JSON');
  await expect.element(dialog()).toHaveTextContent('2 entries were caused by what could not be read');
});

test('a bad link says what is wrong, and another can be pasted', async () => {
  const openLink = () => Promise.resolve({ type: 'too-new', version: 9 } as const);
  const problem = { type: 'cut-short', expected: 3912, length: 2048 } as const;
  open({ type: 'bad-link', problem }, { openLink });
  await expect.element(page.getByText('It should hold 3 912 characters and has 2 048.')).toBeVisible();
  await button('Paste the link').click();
  await page.getByRole('textbox', { name: 'Link' }).fill('https://example.org/#9x');
  await button('Open link').click();
  await expect.element(page.getByText('This link is too new')).toBeVisible();
});
