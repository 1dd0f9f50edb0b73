import { describe, expect, it } from 'vitest';
import { editGallery, runGallery, saveGallery, shown } from './run-gallery';

const failed = (log: Awaited<ReturnType<typeof runGallery>>): string[] =>
  log.of('invariant.failed').map(({ process, name }) => `${process}: ${name}`);

describe('saas-crm', () => {
  it('sends the whole series over a crash, while timers forget it', async () => {
    const log = await runGallery('saas-crm');
    expect(shown(log, 'mailboxes', 'letters missing')).toBe("{ welcome: 0, 'naive-welcome': 22 }");
    expect(log.printed('welcome')).toHaveLength(36);
    expect(failed(log)).toEqual(['mailboxes: so it does with timers']);
  });

  it('misses nothing when nobody crashes', async () => {
    const log = await runGallery('saas-crm', { interventions: [] });
    expect(failed(log)).toEqual([]);
    expect(log.printed('naive-welcome').sort()).toEqual(log.printed('welcome').sort());
  });

  it('sends what has waited for two days late, and all of it before the run is over', async () => {
    const hourMs = 3_600_000;
    const log = await runGallery('saas-crm', {
      interventions: [
        { type: 'process.crash', atMs: 72 * hourMs, process: 'welcome' },
        { type: 'process.restart', atMs: 120 * hourMs, process: 'welcome' },
      ],
    });
    expect(shown(log, 'mailboxes', 'letters missing')).toBe("{ welcome: 0, 'naive-welcome': 0 }");
    expect(log.printed('welcome')).toHaveLength(36);
  });

  it('gives every company an onboarding, a manager and a line in Slack', async () => {
    const log = await runGallery('saas-crm');
    for (const process of ['onboarding', 'managers', 'slack']) expect(log.printed(process)).toHaveLength(9);
  });
});

describe('logistics', () => {
  it('has parcels go backwards only where arrival is taken for the order of events', async () => {
    const log = await runGallery('logistics');
    expect(failed(log)).toEqual(['naive-tracking: by order of arrival neither']);
    expect(shown(log, 'naive-tracking', 'harm')).toBe('{ steppedBack: 19, deliveredAndThenNot: 8 }');
    expect(shown(log, 'tracking', 'came late')).toBe('20');
  });

  it('agrees when every scanner has coverage', async () => {
    const log = await editGallery('logistics', 'couriers.ts', '< 0.2', '< 0');
    expect(failed(log)).toEqual([]);
  });

  it('has every parcel carried once, whoever starts again', async () => {
    const log = await saveGallery('logistics', 'couriers.ts', 20_000);
    expect(failed(log)).toEqual(['naive-tracking: by order of arrival neither']);
    const told = log.printed('push');
    expect(new Set(told).size).toBe(told.length);
    expect(new Set(told.map((line) => line.split(':')[0])).size).toBe(25);
  });

  it('sends one SMS a parcel, though sms crashes', async () => {
    const log = await runGallery('logistics');
    const sent = log.printed('sms');
    expect(sent).toHaveLength(25);
    expect(new Set(sent).size).toBe(25);
    expect(log.of('process.crashed').map(({ process }) => process)).toEqual(['sms']);
  });
});

describe('social-network', () => {
  it('takes out of the feeds what moderation rejects, where anybody thought of it', async () => {
    const log = await runGallery('social-network');
    expect(shown(log, 'readers', 'rejected posts seen')).toBe("{ feeds: 0, 'naive-feeds': 453 }");
    expect(failed(log)).toEqual(['readers: naive-feeds: rejected is gone in a second']);
  });

  it('has no two posts of one name, though the authors start again', async () => {
    const log = await saveGallery('social-network', 'authors.ts', 20_000);
    expect(failed(log)).toEqual(['readers: naive-feeds: rejected is gone in a second']);
    const posts = log.of('message.published').filter(({ message }) => message.type === 'post.published');
    expect(new Set(posts.map(({ message }) => (message.data as { id: string }).id)).size).toBe(30);
  });

  it('has nothing to regret when a push waits for the verdict', async () => {
    const log = await editGallery('social-network', 'push.ts', "'post.published'", "'post.approved'");
    expect(shown(log, 'push', 'pushes')).toContain('regretted: 0');
    expect(shown(await runGallery('social-network'), 'push', 'pushes')).toContain('regretted: 21');
  });
});
