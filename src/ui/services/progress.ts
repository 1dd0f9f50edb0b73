import { findGalleryEntry } from '../../scenario/gallery/gallery';
import type { Player } from '../../player/player-face';
import type { Preferences } from '../preferences';
import type { LeftOff, Progress, ProgressBook } from '../services';
import type { Visit } from '../../storage/protocol';

interface Parts {
  readonly player: Pick<
    Player,
    'scenario' | 'status' | 'playheadMs' | 'computedToMs' | 'ended' | 'position' | 'log' | 'onChange'
  >;
  readonly preferences: Preferences;
  /** Which scenario of the gallery or of the reader's own is open. */
  readonly openId: () => string | undefined;
  /** The recorded run on show. */
  readonly run: () => number | undefined;
  readonly goOn: (visit: Visit & { readonly opened: string }) => Promise<void>;
}

interface Kept extends Progress {
  readonly run: number | undefined;
  readonly atMs: number;
  readonly title: string;
  readonly seenAtMs: number;
}

const preference = 'progress';
const writeEveryMs = 1_000;
const keptMax = 200;

/** How far the reader came in each scenario: small enough to be a preference, and kept as long as one. */
export class ProgressKeeper implements ProgressBook {
  readonly #parts: Parts;
  readonly #kept: Map<string, Kept>;
  #writtenAtMs = 0;

  constructor(parts: Parts) {
    this.#parts = parts;
    this.#kept = read(parts.preferences.read(preference));
    parts.player.onChange(() => this.#look());
  }

  of(id: string): Progress | undefined {
    return this.#kept.get(id);
  }

  leftOff(): LeftOff | undefined {
    const begun = [...this.#kept].filter(([, kept]) => !kept.finished && kept.share > 0);
    const [last] = begun.sort(([, a], [, b]) => b.seenAtMs - a.seenAtMs);
    if (last === undefined) return undefined;
    const [id, { atMs, share, title }] = last;
    return { id, title: findGalleryEntry(id)?.title ?? { en: title, uk: title }, atMs, share };
  }

  goOn({ id, atMs }: LeftOff): Promise<void> {
    const run = this.#kept.get(id)?.run ?? -1;
    return this.#parts.goOn({ run, atMs, opened: id });
  }

  #look(): void {
    const { player, openId, run } = this.#parts;
    const id = openId();
    if (id === undefined || player.status === 'empty' || player.status === 'loading') return;
    const { ended, computedToMs, playheadMs, scenario } = player;
    const totalMs = ended ? computedToMs : Math.max(scenario.durationMs, computedToMs);
    const before = this.#kept.get(id);
    if (before === undefined && playheadMs === 0) return;
    const kept: Kept = {
      share: Math.max(before?.share ?? 0, totalMs === 0 ? 0 : Math.min(1, playheadMs / totalMs)),
      finished: before?.finished === true || (ended && player.position >= player.log.length && playheadMs > 0),
      run: run(),
      atMs: playheadMs,
      title: scenario.title,
      seenAtMs: Date.now(),
    };
    this.#kept.set(id, kept);
    const isNews = kept.finished !== before?.finished || kept.seenAtMs - this.#writtenAtMs >= writeEveryMs;
    if (isNews) this.#write(kept.seenAtMs);
  }

  #write(nowMs: number): void {
    this.#writtenAtMs = nowMs;
    const newest = [...this.#kept].sort(([, a], [, b]) => b.seenAtMs - a.seenAtMs).slice(0, keptMax);
    this.#parts.preferences.write(preference, JSON.stringify(Object.fromEntries(newest)));
  }
}

function read(text: string | undefined): Map<string, Kept> {
  try {
    const value = JSON.parse(text ?? '{}') as Readonly<Record<string, Partial<Kept>>>;
    return new Map(Object.entries(value).map(([id, kept]) => [id, whole(kept)]));
  } catch {
    return new Map();
  }
}

/** What an older page or another hand has written may lack something. */
function whole({ share = 0, finished = false, run, atMs = 0, title = '', seenAtMs = 0 }: Partial<Kept>): Kept {
  return { share, finished, run, atMs, title, seenAtMs };
}
