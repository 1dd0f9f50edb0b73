import { describe, expect, test } from 'vitest';
import { page } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import InspectorPane from '../../src/ui/inspector/InspectorPane.svelte';
import { FakePlayer } from './fake-player';
import { oneStageATest, openStage } from './open-stage';
import { numbered, sampleEntries, sampleScenario } from './sample-run';

oneStageATest();

/** `email` has three breakers; the first opens at 400 ms, is half-open at 1 s at the earliest, and at 1.2 s. */
function player(atMs: number): FakePlayer {
  const made = ['mail', 'sms', 'push'].map((policy, n) => ({
    type: 'breaker.declared' as const,
    atMs: 0,
    where: `email.ts:${n + 2}`,
    process: 'email',
    policy,
  }));
  const changed = { type: 'breaker.changed' as const, process: 'email', policy: 'mail', where: 'email.ts:2' };
  const start = sampleEntries().filter((entry) => entry.atMs === 0);
  const entries = numbered([
    ...start,
    ...made,
    { ...changed, atMs: 400, state: 'open', halfOpenAtMs: 1000 },
    { ...changed, atMs: 1200, state: 'half-open' },
  ]);
  const player = new FakePlayer(entries, sampleScenario);
  player.seek(atMs);
  return player;
}

const rest = 'circuit breaker sms closed, circuit breaker push closed';
const process = (words: string) => page.getByRole('button', { name: `Process email, idle, ${words}`, exact: true });

describe('circuit breakers', () => {
  test.each([800, 380])(
    'are marked on a stage of %i px, and said with the process as they stand then',
    async (width) => {
      const at = player(0);
      const { host } = await openStage(at, width);
      await expect.element(process(`circuit breaker mail closed, ${rest}`), { timeout: 15_000 }).toBeInTheDocument();
      at.seek(700);
      const open = 'circuit breaker mail open, half-open in 300 ms';
      await expect.element(process(`${open}, ${rest}`)).toBeInTheDocument();
      expect([...host.querySelectorAll('[data-breaker]')].map((each) => each.textContent.trim())).toEqual([
        'open',
        'closed',
      ]);
      await expect.element(page.getByTitle('circuit breaker push closed')).toHaveTextContent('+1');
      at.seek(1100);
      await expect.element(process(`circuit breaker mail open, the next call decides, ${rest}`)).toBeInTheDocument();
      at.seek(1200);
      await expect.element(process(`circuit breaker mail half-open, ${rest}`)).toBeInTheDocument();
    },
  );

  test('stand in the inspector of their process with since when, until when, and the line that made them', async () => {
    const { workbench, host } = await openStage(player(700));
    await render(InspectorPane, { props: { workbench }, target: host });
    workbench.select({ type: 'process', process: 'email' });
    const section = page.getByRole('region', { name: 'Circuit breakers', exact: true });
    await expect.element(section).toHaveTextContent(/mail\s*open\s*since\s*00:00\.400\s*half-open at\s*00:01\.000/);
    await section.getByRole('button', { name: 'email.ts:2' }).click();
    expect(workbench.codeRequest).toEqual({ file: 'email.ts', line: 2 });
  });
});
