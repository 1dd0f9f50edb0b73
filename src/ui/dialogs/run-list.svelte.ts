import type { RunLibrary, RunSummary, StorageUsage } from '../services';

/** A little less than the storage keeps it. */
const undoMs = 9_500;

/** The kept runs as the dialog shows them. A deleted run can be taken back for a while. */
export class RunList {
  readonly #library: RunLibrary;
  readonly #stop: () => void;
  #runs: readonly RunSummary[] | undefined = $state.raw();
  #usage: StorageUsage | undefined = $state.raw();
  #problem: string | undefined = $state();
  #leaving: RunSummary | undefined = $state.raw();
  #chosen: readonly string[] = $state.raw([]);
  #restore: (() => Promise<void>) | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #loads = 0;
  #onTooLate: (() => void) | undefined;

  constructor(library: RunLibrary) {
    this.#library = library;
    this.#stop = library.onChange(() => void this.#load());
    void this.#load();
  }

  /** `undefined` until they are read. */
  get runs(): readonly RunSummary[] | undefined {
    return this.#runs?.filter((run) => run.id !== this.#leaving?.id);
  }

  get usage(): StorageUsage | undefined {
    return this.#usage;
  }

  get problem(): string | undefined {
    return this.#problem;
  }

  /** Deleted, and can still be taken back. */
  get leaving(): RunSummary | undefined {
    return this.#leaving;
  }

  /** Those to compare, at most two, in the order in which they were chosen. */
  get chosen(): readonly RunSummary[] {
    return this.#chosen.flatMap((id) => this.runs?.find((run) => run.id === id) ?? []);
  }

  /** A third takes the place of the one that was chosen first. */
  choose(id: string, chosen: boolean): void {
    const others = this.#chosen.filter((one) => one !== id);
    this.#chosen = chosen ? [...others, id].slice(-2) : others;
  }

  /** What frees the most for the least: the oldest run that is neither pinned nor on show. */
  get oldest(): RunSummary | undefined {
    return this.runs?.findLast((run) => !run.pinned && !run.current);
  }

  async remove(run: RunSummary): Promise<void> {
    this.#forget();
    await this.#try(async () => {
      this.#restore = await this.#library.remove(run.id);
      this.#leaving = run;
      this.#timer = setTimeout(() => this.#forget(), undoMs);
    });
  }

  async undo(): Promise<void> {
    const restore = this.#restore;
    this.#forget();
    if (restore !== undefined) await this.#try(restore);
  }

  open(id: string): Promise<boolean> {
    return this.#try(() => this.#library.open(id));
  }

  rename(id: string, name: string): Promise<boolean> {
    return this.#try(() => this.#library.rename(id, name));
  }

  setPinned(id: string, pinned: boolean): Promise<boolean> {
    return this.#try(() => this.#library.setPinned(id, pinned));
  }

  /** The list is not on show any more. Until `onTooLate` the one that is leaving can still be taken back. */
  destroy(onTooLate?: () => void): void {
    this.#stop();
    if (this.#leaving === undefined || onTooLate === undefined) this.#forget();
    else this.#onTooLate = onTooLate;
  }

  /** It is too late to take the deleted one back. */
  #forget(): void {
    clearTimeout(this.#timer);
    this.#leaving = undefined;
    this.#restore = undefined;
    this.#onTooLate?.();
  }

  async #try(work: () => Promise<void>): Promise<boolean> {
    try {
      await work();
      this.#problem = undefined;
      await this.#load();
      return true;
    } catch (error) {
      this.#problem = error instanceof Error ? error.message : String(error);
      return false;
    }
  }

  async #load(): Promise<void> {
    const load = ++this.#loads;
    try {
      const [runs, usage] = await Promise.all([this.#library.list(), this.#library.usage()]);
      if (load !== this.#loads) return;
      this.#runs = runs;
      this.#usage = usage;
    } catch (error) {
      this.#problem = error instanceof Error ? error.message : String(error);
    }
  }
}
