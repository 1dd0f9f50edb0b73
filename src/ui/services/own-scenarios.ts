import { withEditsFromStart } from '../../player/definition';
import { newScenario } from '../../scenario/new-scenario';
import type { Scenario } from '../../scenario/scenario';
import type { ScenarioInfo } from '../../storage/protocol';
import type { DurableStorage, Outcome } from '../../storage/storage';
import type { OwnScenario, OwnScenarios } from '../services';

/** What this file uses of the player. */
interface Present {
  readonly definition: Scenario;
  define(scenario: Scenario): void;
  onChange(listener: () => void): () => void;
}

interface Parts {
  readonly storage: DurableStorage;
  readonly player: Present;
  /** Which scenario of the gallery or of the reader's own is open. */
  readonly openId: () => string | undefined;
  /** What is open was kept, and is this own scenario from now on. */
  readonly onKept: (id: string) => void;
  /** The own scenario that is open is not kept any more; the run goes on without a name. */
  readonly onGone: (id: string) => void;
  /** The own scenario that is open was deleted in another tab. */
  readonly onGoneElsewhere: () => void;
  /** The own scenario that is open was changed in another tab. */
  readonly onChangedElsewhere: (id: string) => void;
  /** It could not be written; the sentence says why. */
  readonly onNotSaved: (why: string) => void;
}

const prefix = 'own-';
const saveAfterMs = 300;

/** Names of own scenarios are told from those of the gallery by how they begin. */
export function isOwnId(text: string): boolean {
  return text.startsWith(prefix);
}

/**
 * Scenarios that the reader keeps in the browser.
 *
 * Invariants
 * 1. The one that is open saves what is changed in it by itself, under its own name and no other.
 * 2. What is saved begins with the newest code: an edit made during the run is how the file reads from the start.
 */
export class OwnLibrary implements OwnScenarios {
  readonly #parts: Parts;
  readonly #listeners = new Set<() => void>();
  /** The own scenario that is open, and its definition when it was last looked at. */
  #followed: { readonly id: string; definition: Scenario } | undefined;
  #unsaved: { readonly id: string; readonly definition: Scenario } | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** The version of the open one that is on show here. */
  #knownAtMs = 0;
  #writing = 0;

  constructor(parts: Parts) {
    this.#parts = parts;
    parts.player.onChange(() => this.#follow());
    parts.storage.onEvent((event) => {
      if (event.type === 'scenarios-changed') this.#heard(event.scenarios);
    });
  }

  async list(): Promise<readonly OwnScenario[]> {
    const infos = valueOf(await this.#parts.storage.listScenarios());
    return infos
      .filter(({ name }) => isOwnId(name))
      .map(({ name, title, updatedAtMs }) => ({ id: name, title, changedAtEpochMs: updatedAtMs }));
  }

  async load(id: string): Promise<Scenario> {
    await this.save();
    return valueOf(await this.#parts.storage.readScenario(id));
  }

  async create(title: string): Promise<string> {
    return this.#add(newScenario(await this.#freeTitle(title)));
  }

  async keep(title?: string): Promise<string> {
    const { player, onKept } = this.#parts;
    const present = withEditsFromStart(player.definition);
    const id = await this.#add(title === undefined ? present : { ...present, title });
    onKept(id);
    this.#follow();
    if (title !== undefined && title !== player.definition.title) player.define({ ...player.definition, title });
    return id;
  }

  async rename(id: string, title: string): Promise<void> {
    if (this.#parts.openId() === id) {
      this.#parts.player.define({ ...this.#parts.player.definition, title });
      await this.save();
    } else await this.#write(id, { ...(await this.load(id)), title });
  }

  async duplicate(id: string, title: string): Promise<string> {
    return this.#add({ ...(await this.load(id)), title: await this.#freeTitle(title) });
  }

  async remove(one: OwnScenario): Promise<() => Promise<void>> {
    const { storage, player, openId, onGone, onKept } = this.#parts;
    const scenario = await this.load(one.id);
    valueOf(await storage.deleteScenario(one.id));
    const open = openId() === one.id ? player.definition : undefined;
    if (open !== undefined) onGone(one.id);
    this.#follow();
    this.#changed();
    return async () => {
      await this.#write(one.id, scenario, one.changedAtEpochMs);
      if (open !== undefined && open === player.definition && openId() === undefined) onKept(one.id);
    };
  }

  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Writes what is not written yet. */
  async save(): Promise<void> {
    this.#follow();
    clearTimeout(this.#timer);
    const unsaved = this.#unsaved;
    this.#unsaved = undefined;
    if (unsaved === undefined) return;
    try {
      await this.#write(unsaved.id, withEditsFromStart(unsaved.definition));
    } catch (error) {
      this.#parts.onNotSaved(error instanceof Error ? error.message : String(error));
    }
  }

  /** `New scenario 2` while there is a `New scenario`. */
  async #freeTitle(title: string): Promise<string> {
    const taken = new Set((await this.list()).map((one) => one.title));
    let free = title;
    for (let number = 2; taken.has(free); number++) free = `${title} ${number}`;
    return free;
  }

  async #add(scenario: Scenario): Promise<string> {
    const id = prefix + crypto.randomUUID().slice(0, 13);
    await this.#write(id, scenario);
    return id;
  }

  async #write(id: string, scenario: Scenario, updatedAtMs?: number): Promise<void> {
    this.#writing += 1;
    try {
      const info = valueOf(await this.#parts.storage.saveScenario(id, scenario, updatedAtMs));
      if (id === this.#followed?.id) this.#knownAtMs = Math.max(this.#knownAtMs, info.updatedAtMs);
    } finally {
      this.#writing -= 1;
    }
    this.#changed();
  }

  /** Sees what was changed in the own scenario that is open. */
  #follow(): void {
    const id = this.#parts.openId();
    const { definition } = this.#parts.player;
    if (id !== this.#followed?.id) {
      this.#followed = id !== undefined && isOwnId(id) ? { id, definition } : undefined;
      this.#knownAtMs = Date.now();
      // What was changed in the one before is not lost by leaving it.
      if (this.#unsaved !== undefined) void this.save();
      return;
    }
    if (this.#followed === undefined || this.#followed.definition === definition) return;
    this.#followed.definition = definition;
    this.#unsaved = { id: this.#followed.id, definition };
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.save(), saveAfterMs);
  }

  #heard(scenarios: readonly ScenarioInfo[]): void {
    this.#changed();
    this.#follow();
    const id = this.#followed?.id;
    // What this tab writes at this moment is no news.
    if (id === undefined || this.#writing > 0 || this.#unsaved !== undefined) return;
    const open = scenarios.find(({ name }) => name === id);
    if (open === undefined) {
      this.#parts.onGone(id);
      this.#parts.onGoneElsewhere();
      this.#follow();
    } else if (open.updatedAtMs > this.#knownAtMs) {
      this.#knownAtMs = open.updatedAtMs;
      this.#parts.onChangedElsewhere(id);
    }
  }

  #changed(): void {
    for (const listener of this.#listeners) listener();
  }
}

function valueOf<T>(outcome: Outcome<T>): T {
  if (outcome.type === 'done') return outcome.value;
  throw new Error('message' in outcome ? outcome.message : outcome.type);
}
