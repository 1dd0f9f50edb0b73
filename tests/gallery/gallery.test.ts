import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { galleryAbout } from '../../src/scenario/gallery/about';
import { findGalleryEntry, gallery, galleryGroups } from '../../src/scenario/gallery/gallery';
import { checkScenario, parseScenario } from '../../src/scenario/parse';
import { typeProblems } from './check-types';
import { loadGallery, runGallery } from './run-gallery';

const folder = fileURLToPath(new URL('../../src/scenario/gallery/', import.meta.url));
const ids = gallery.map(({ id }) => id);

const filesOf = (id: string) =>
  Object.fromEntries(
    readdirSync(`${folder}${id}`)
      .filter((name) => name !== 'scenario.json')
      .map((name) => [name, readFileSync(`${folder}${id}/${name}`, 'utf8')]),
  );

describe('the gallery', () => {
  it('lists every folder, in the order of the course and then the systems', () => {
    const folders = readdirSync(folder, { withFileTypes: true }).filter((each) => each.isDirectory());
    expect([...ids].sort()).toEqual(folders.map(({ name }) => name).sort());
    const groups = gallery.map(({ group }) => galleryGroups.indexOf(group));
    expect(groups).toEqual([...groups].sort((a, b) => a - b));
    const levels = gallery.flatMap(({ level }) => level ?? []);
    expect(levels).toEqual([...levels].sort((a, b) => a - b));
    expect(findGalleryEntry('e-commerce')?.group).toBe('systems');
    expect(findGalleryEntry('nothing')).toBeUndefined();
  });

  it('says as much in Ukrainian as in English, and has three things to try with each', () => {
    for (const { id } of gallery) {
      const { learn, tries } = galleryAbout(id);
      expect(learn.uk).toHaveLength(learn.en.length);
      expect([tries.en, tries.uk].map(({ length }) => length)).toEqual([3, 3]);
    }
  });

  it('has a sketch of each', () => {
    for (const { id } of gallery) expect(galleryAbout(id).sketch.columns.length).toBeGreaterThan(0);
  });

  it('opens with the files of the processes as the first tabs', async () => {
    const { files } = await loadGallery('e-commerce');
    expect(Object.keys(files).slice(0, 3)).toEqual(['order-service.ts', 'email.ts', 'sms.ts']);
  });
});

describe.each(ids)('the scenario %s', (id) => {
  it('is read without a problem or a warning, and loads whole', async () => {
    const document: unknown = JSON.parse(readFileSync(`${folder}${id}/scenario.json`, 'utf8'));
    const files = filesOf(id);
    expect(parseScenario(document, files)).toMatchObject({ type: 'scenario', warnings: [] });
    const scenario = await loadGallery(id);
    expect(scenario.files).toEqual(files);
    // By it a saved run and a link know the title in the reader's language.
    expect(scenario.title).toBe(findGalleryEntry(id)?.title.en);
    expect(checkScenario(scenario)).toEqual([]);
  });

  it('has no type error that the editor would mark', () => {
    expect(typeProblems(filesOf(id))).toEqual([]);
  }, 60_000);

  it('has short files', () => {
    for (const source of Object.values(filesOf(id))) expect(source.split('\n').length).toBeLessThanOrEqual(42);
  });

  it('meets no limit and fails nowhere it should not, whatever the seed', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat({ max: 4_294_967_295 }), async (seed) => {
        const log = await runGallery(id, { seed });
        const wanted = isAbout[id] ?? [];
        const unwanted = [
          'limit.reached',
          'file.rejected',
          'invariant.failed',
          'message.dropped',
          'message.lost',
        ].filter((type) => !wanted.includes(type));
        expect(log.entries.filter(({ type }) => unwanted.includes(type))).toEqual([]);
        expect(log.of('process.exited').filter(({ code }) => code !== 0)).toEqual([]);
        const failed = new Set(log.of('delivery.failed').map(({ listener }) => listener));
        for (const listener of failed) expect(mayFail[id]).toContain(listener);
      }),
      { numRuns: 6 },
    );
  }, 60_000);
});

/** The listeners that throw because the scenario is about that. */
const mayFail: Readonly<Record<string, readonly string[]>> = {
  'eventbus-basic': ['reserveStock'],
  'event-queue': ['alwaysFails'],
  'e-commerce': ['bookOrder', 'sendSms'],
  'retry-with-delay': ['takePayment'],
  'poison-message': ['handleOrder'],
  payments: ['/webhook/payment'],
  'webhook-delivery': ['/hooks'],
  'webhook-receiver': ['/hooks'],
  'webhook-security': ['/hooks', '/latest/meta-data', '/admin', '/'],
  'dead-letter-queue': ['careless', 'careful'],
  'thundering-herd': ['charge'],
};

/** Losses that the scenario is about. */
const isAbout: Readonly<Record<string, readonly string[]>> = {
  'topic-routing': ['message.dropped'],
  'redis-lost-or-kept': ['message.dropped', 'message.lost'],
  payments: ['invariant.failed'],
  'saas-crm': ['invariant.failed'],
  logistics: ['invariant.failed', 'message.dropped'],
  'social-network': ['invariant.failed'],
  'event-sourcing': ['message.dropped', 'invariant.failed'],
  'retry-with-delay': ['invariant.failed'],
  'webhook-delivery': ['message.dropped'],
  'webhook-receiver': ['invariant.failed'],
  'dead-letter-queue': ['invariant.failed'],
  replay: ['message.dropped'],
  'ab-testing': ['invariant.failed'],
  'competing-consumers': ['invariant.failed'],
  'message-ordering': ['invariant.failed'],
  'claim-check': ['invariant.failed'],
  bulkhead: ['invariant.failed'],
  'thundering-herd': ['invariant.failed'],
  timeout: ['invariant.failed'],
  'back-pressure': ['invariant.failed', 'message.dropped'],
  'network-partition': ['invariant.failed'],
};
