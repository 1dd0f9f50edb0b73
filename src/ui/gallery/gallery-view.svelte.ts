import { galleryBrokers, type GalleryBroker } from '../../scenario/gallery/gallery';
import type { OwnScenario, OwnScenarios, Services } from '../services';
import { openScenario } from '../topbar/open-scenario';
import type { Workbench } from '../workbench.svelte';
import { matches, sectionsOf, type Section } from './search';

/** What the gallery shows and what can be done in it. */
export class GalleryView {
  readonly #workbench: Workbench;
  readonly #services: Services;
  readonly #stops: readonly (() => void)[];
  #query = $state('');
  #broker: GalleryBroker | undefined = $state();
  #own: readonly OwnScenario[] | undefined = $state.raw();
  #ownProblem: string | undefined = $state();
  #runs = $state(0);

  constructor(workbench: Workbench, services: Services) {
    this.#workbench = workbench;
    this.#services = services;
    this.#stops = [
      services.own?.onChange(() => void this.#readOwn()) ?? (() => undefined),
      services.runs?.onChange(() => void this.#countRuns()) ?? (() => undefined),
    ];
    void this.#readOwn();
    void this.#countRuns();
  }

  destroy(): void {
    for (const stop of this.#stops) stop();
  }

  get query(): string {
    return this.#query;
  }

  set query(query: string) {
    this.#query = query;
  }

  /** `undefined`: all of them. */
  get broker(): GalleryBroker | undefined {
    return this.#broker;
  }

  set broker(broker: GalleryBroker | undefined) {
    this.#broker = broker;
  }

  /** Those that some scenario runs on. */
  get brokers(): readonly GalleryBroker[] {
    return galleryBrokers.filter((broker) => this.#services.gallery.some(({ brokers }) => brokers.includes(broker)));
  }

  get isFiltered(): boolean {
    return this.#query.trim() !== '' || this.#broker !== undefined;
  }

  get sections(): readonly Section[] {
    const { t, language } = this.#workbench;
    const wanted = { query: this.#query.trim(), broker: this.#broker };
    return sectionsOf(this.#services.gallery, wanted, { t: t.gallery, language });
  }

  /** Of the whole gallery, whatever is searched. */
  get allSections(): readonly Section[] {
    const { t, language } = this.#workbench;
    return sectionsOf(this.#services.gallery, { query: '', broker: undefined }, { t: t.gallery, language });
  }

  /** `undefined` until they are read. Of a broker one knows only once they run, so that a filter leaves them out. */
  get own(): readonly OwnScenario[] | undefined {
    if (this.#broker !== undefined) return [];
    return this.#own?.filter(({ title }) => matches(this.#query.trim(), [title]));
  }

  get ownCount(): number {
    return this.#own?.length ?? 0;
  }

  /** Why nothing can be kept. */
  get ownProblem(): string | undefined {
    return this.#ownProblem;
  }

  get runs(): number {
    return this.#runs;
  }

  get found(): number {
    return this.sections.reduce((sum, { entries }) => sum + entries.length, 0) + (this.own?.length ?? 0);
  }

  finishedOf({ entries }: Section): number {
    return entries.filter(({ id }) => this.#services.progress?.of(id)?.finished === true).length;
  }

  async create(): Promise<void> {
    await this.#try(async (own) => {
      const id = await own.create(this.#workbench.t.gallery.freshTitle);
      await openScenario(this.#workbench, { id, load: () => own.load(id) });
    });
  }

  async rename(id: string, title: string): Promise<void> {
    await this.#try((own) => own.rename(id, title));
  }

  async duplicate({ id, title }: OwnScenario): Promise<void> {
    await this.#try((own) => own.duplicate(id, this.#workbench.t.gallery.copyTitle(title)));
  }

  async remove(one: OwnScenario): Promise<void> {
    await this.#try(async (own) => {
      const restore = await own.remove(one);
      const { t } = this.#workbench;
      const run = (): void => void this.#try(restore);
      this.#workbench.showToast({
        text: t.gallery.deleted(one.title),
        action: { label: t.toast.undo, run },
        undoes: true,
      });
    });
  }

  async #try(work: (own: OwnScenarios) => Promise<unknown>): Promise<void> {
    const { own } = this.#services;
    if (own === undefined) return;
    try {
      await work(own);
    } catch (error) {
      this.#workbench.showToast({ text: this.#workbench.t.gallery.failed(reason(error)) });
    }
  }

  async #readOwn(): Promise<void> {
    try {
      this.#own = (await this.#services.own?.list()) ?? [];
      this.#ownProblem = undefined;
    } catch (error) {
      this.#own = [];
      this.#ownProblem = reason(error);
    }
  }

  async #countRuns(): Promise<void> {
    this.#runs = (await this.#services.runs?.list())?.length ?? 0;
  }
}

function reason(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
