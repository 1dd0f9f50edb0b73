import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import { galleryAbout } from '../../src/scenario/gallery/about';
import { gallery } from '../../src/scenario/gallery/gallery';
import { newScenario } from '../../src/scenario/new-scenario';
import type { Scenario } from '../../src/scenario/scenario';
import GalleryPage from '../../src/ui/gallery/GalleryPage.svelte';
import { layOut, pictureHeight, pictureWidth } from '../../src/ui/gallery/sketch-layout';
import '../../src/ui/style/base.css';
import { memoryPreferences } from '../../src/ui/preferences';
import type { LeftOff, OwnScenario, OwnScenarios, Progress, Services } from '../../src/ui/services';
import { englishWords } from '../../src/ui/text/english-words';
import { ukrainianWords } from '../../src/ui/text/ukrainian-words';
import { Workbench } from '../../src/ui/workbench.svelte';
import { samplePlayer } from './sample-run';

/** Own scenarios in memory. */
class MemoryOwn implements OwnScenarios {
  readonly kept = new Map<string, Scenario>();
  readonly #listeners = new Set<() => void>();
  #count = 0;

  constructor(...titles: readonly string[]) {
    for (const title of titles) this.#add(newScenario(title));
  }

  list(): Promise<readonly OwnScenario[]> {
    return Promise.resolve([...this.kept].map(([id, { title }]) => ({ id, title, changedAtEpochMs: 1 })));
  }

  load(id: string): Promise<Scenario> {
    return Promise.resolve(this.kept.get(id)!);
  }

  create(title: string): Promise<string> {
    return Promise.resolve(this.#add(newScenario(title)));
  }

  keep(): Promise<string> {
    throw new Error('not asked for here');
  }

  rename(id: string, title: string): Promise<void> {
    this.kept.set(id, { ...this.kept.get(id)!, title });
    return this.#ring();
  }

  duplicate(id: string, title: string): Promise<string> {
    return Promise.resolve(this.#add({ ...this.kept.get(id)!, title }));
  }

  async remove(one: OwnScenario): Promise<() => Promise<void>> {
    const scenario = this.kept.get(one.id)!;
    this.kept.delete(one.id);
    await this.#ring();
    return () => {
      this.kept.set(one.id, scenario);
      return this.#ring();
    };
  }

  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #add(scenario: Scenario): string {
    this.#count += 1;
    const id = `own-${this.#count}`;
    this.kept.set(id, scenario);
    void this.#ring();
    return id;
  }

  #ring(): Promise<void> {
    for (const listener of this.#listeners) listener();
    return Promise.resolve();
  }
}

function open(services: Partial<Services> = {}, language = 'en') {
  const player = samplePlayer();
  const workbench = new Workbench({
    player,
    preferences: memoryPreferences({ theme: 'dark' }),
    words: language === 'uk' ? ukrainianWords : englishWords,
  });
  const closed: string[] = [];
  const all = { gallery, leaveGallery: () => void closed.push('closed'), ...services };
  void render(GalleryPage, { props: { workbench, services: all } });
  return { workbench, player, closed };
}

const card = (name: string) => page.getByRole('link', { name, exact: true });
const button = (name: string) => page.getByRole('button', { name, exact: true });
const search = () => page.getByRole('searchbox', { name: 'Search the scenarios' });
const focused = () => document.activeElement?.getAttribute('href');

beforeEach(() => page.viewport(1440, 900));
afterEach(() => history.replaceState(null, '', location.pathname + location.search));

describe('the gallery', () => {
  test('shows every scenario in its group, with its address what one learns and what to try', async () => {
    open();
    for (const { title, id } of gallery) {
      const { learn, tries } = galleryAbout(id);
      await expect.element(card(title.en)).toHaveAttribute('href', `#${id}`);
      await expect.element(card(title.en)).toHaveAccessibleDescription(expect.stringContaining(learn.en[0]!));
      await expect.element(card(title.en)).toHaveAccessibleDescription(expect.stringContaining(tries.en[2]!));
    }
    await expect
      .element(
        page
          .getByRole('region', { name: /Real systems/ })
          .getByRole('link')
          .first(),
      )
      .toBeVisible();
    await expect.element(button('Six advantages')).not.toBeInTheDocument();
  });

  test('finds by every word, whatever the language, and says how many', async () => {
    open({}, 'uk');
    await page.getByRole('searchbox').fill('слухач падає');
    await expect.element(card('Шина подій')).toBeVisible();
    await expect.element(card('Інтернет-магазин: нове замовлення')).not.toBeInTheDocument();
    await expect.element(page.getByRole('status')).toHaveTextContent(/^Знайдено: \d сценарі/);
  });

  test('says so when nothing matches, and Escape clears the search before it closes the gallery', async () => {
    const { closed } = open();
    await search().fill('kafkaesque');
    await expect.element(page.getByText('Nothing matches “kafkaesque”')).toBeVisible();
    await userEvent.keyboard('{Escape}');
    await expect.element(card('Event bus')).toBeVisible();
    expect(closed).toEqual([]);
    await userEvent.keyboard('{Escape}');
    expect(closed).toEqual(['closed']);
  });

  test('is walked by keys: slash to search, down to the first card, arrows among the cards', async () => {
    open();
    await expect.element(card('Event bus')).toBeVisible();
    await userEvent.keyboard('/');
    await expect.element(search()).toHaveFocus();
    await userEvent.keyboard('{ArrowDown}');
    expect(focused()).toBe('#eventbus-basic');
    await userEvent.keyboard('{ArrowRight}{ArrowRight}');
    expect(focused()).toBe('#event-queue');
    await userEvent.keyboard('{ArrowLeft}{ArrowLeft}');
    const above = document.activeElement!.getBoundingClientRect();
    await userEvent.keyboard('{ArrowDown}');
    const below = document.activeElement!.getBoundingClientRect();
    expect([below.left, below.top >= above.bottom]).toEqual([above.left, true]);
    await userEvent.keyboard('{ArrowUp}');
    expect(focused()).toBe('#eventbus-basic');
  });

  test('tells how far one came, what is open, and goes on where one left off', async () => {
    const progress: Readonly<Record<string, Progress>> = {
      'eventbus-basic': { share: 1, finished: true },
      'event-queue': { share: 0.4, finished: false },
    };
    const leftOff = { id: 'event-queue', title: { en: 'Event queue', uk: '' }, atMs: 1_160, share: 0.4 };
    const went: LeftOff[] = [];
    const book = {
      of: (id: string) => progress[id],
      leftOff: () => leftOff,
      goOn: (where: LeftOff) => Promise.resolve(void went.push(where)),
    };
    const courses = gallery.filter(({ group }) => group === 'course').length;
    open({ progress: book });
    await expect.element(page.getByRole('img', { name: 'Run seen to its end' })).toBeVisible();
    await expect.element(page.getByRole('img', { name: '40 % of the run seen' }).first()).toBeVisible();
    await expect.element(page.getByRole('button', { name: /Course programs/ })).toHaveTextContent(`1 of ${courses}`);
    await expect.element(page.getByText('Left at 00:01.160')).toBeVisible();
    await button('Continue').click();
    expect(went).toEqual([leftOff]);
  });

  test('stands in one column on a phone, with what one learns on the card', async () => {
    await page.viewport(390, 844);
    open();
    await expect.element(page.getByText('A listener that throws does not stop the next one.')).toBeVisible();
    const lefts = [...document.querySelectorAll('[data-card]')].map((one) => one.getBoundingClientRect().left);
    expect(new Set(lefts).size).toBe(1);
    expect(document.documentElement.scrollWidth).toBeLessThanOrEqual(390);
  });
});

describe("one's own scenarios", () => {
  test('begin with an empty one, which opens', async () => {
    const own = new MemoryOwn();
    const { player } = open({ own });
    await expect.element(page.getByText('Nothing of your own yet.')).toBeVisible();
    await button('New scenario').click();
    await expect.poll(() => player.calls).toContain('open New scenario');
    expect([...own.kept.values()].map(({ title }) => title)).toEqual(['New scenario']);
  });

  test('are renamed, and Escape gives a name up', async () => {
    const own = new MemoryOwn('Mine');
    const { closed } = open({ own });
    await button('Rename Mine').click();
    await userEvent.keyboard('Other{Escape}');
    await expect.element(card('Mine')).toBeVisible();
    await button('Rename Mine').click();
    await userEvent.keyboard('Other{Enter}');
    await expect.element(card('Other')).toHaveAttribute('href', '#own-1');
    expect(closed).toEqual([]);
  });

  test('are duplicated, deleted and taken back', async () => {
    const own = new MemoryOwn('Mine');
    const { workbench } = open({ own });
    await button('Duplicate Mine').click();
    await expect.element(card('Mine, copy')).toBeVisible();
    await button('Delete Mine').click();
    await expect.element(card('Mine')).not.toBeInTheDocument();
    expect(workbench.toast?.text).toBe('Mine was deleted.');
    workbench.toast?.action?.run();
    await expect.element(card('Mine')).toBeVisible();
  });

  test('are found by their titles', async () => {
    open({ own: new MemoryOwn('Retry storm', 'Other') });
    await expect.element(card('Other')).toBeVisible();
    await search().fill('storm');
    await expect.element(card('Other')).not.toBeInTheDocument();
    await expect.element(card('Retry storm')).toBeVisible();
  });
});

test('every sketch keeps inside its picture, and its messages inside their nodes', () => {
  for (const { id } of gallery) {
    const { nodes, edges } = layOut(galleryAbout(id).sketch);
    expect(nodes.length).toBeGreaterThan(0);
    for (const { x, y, width, height, marks } of nodes) {
      expect(x - width / 2).toBeGreaterThanOrEqual(0);
      expect(x + width / 2).toBeLessThanOrEqual(pictureWidth);
      expect(y - height / 2).toBeGreaterThanOrEqual(0);
      expect(y + height / 2).toBeLessThanOrEqual(pictureHeight);
      for (const mark of marks) expect(Math.abs(mark.x - x)).toBeLessThan(width / 2);
    }
    expect(edges.some(({ mark }) => mark !== undefined)).toBe(true);
  }
});
