import type { Entry, Intervention } from '../../log/entry';
import type { Player } from '../../player/player-face';
import { type Exchange, ExchangeFold } from '../../projections/exchange';

/** Entries that are folded before the page gets its turn back. */
const sliceEntries = 5_000;

/** Follows what comes of one intervention through the computed log, however often that is computed anew. */
export class ExchangeWatch {
  readonly #player: Player;
  readonly #intervention: Intervention;
  /** Which of those that are the same, at the same instant. */
  readonly #nth: number;
  #fold: ExchangeFold | undefined;
  #scenario: unknown;
  #position = 0;
  #last: Entry | undefined;

  /** `index`: of the intervention in the scenario. */
  constructor(player: Player, index: number) {
    this.#player = player;
    const { interventions } = player.scenario;
    const { disabled: _, ...intervention } = interventions[index]!;
    this.#intervention = intervention;
    this.#nth = interventions.slice(0, index).filter((one) => this.#isSame(one)).length;
  }

  /** As far as it is computed; undefined while it has not come to the intervention. `isWhole`: nothing is left to look at. */
  read(): { readonly exchange: Exchange | undefined; readonly isWhole: boolean } {
    const { log, scenario } = this.#player;
    if (scenario !== this.#scenario || log.length < this.#position || this.#isOther()) {
      this.#scenario = scenario;
      this.#fold = undefined;
      this.#last = undefined;
    }
    this.#fold ??= this.#begin();
    if (this.#fold === undefined) return { exchange: undefined, isWhole: true };
    const entries = log.range(this.#position, Math.min(log.length, this.#position + sliceEntries));
    for (const entry of entries) this.#fold.append(entry);
    this.#position += entries.length;
    this.#last = entries.at(-1) ?? this.#last;
    return { exchange: this.#fold.get(), isWhole: this.#position >= log.length };
  }

  #begin(): ExchangeFold | undefined {
    const { log } = this.#player;
    const end = log.countAt(this.#intervention.atMs);
    let at = end;
    while (at > 0 && log.entry(at - 1).atMs >= this.#intervention.atMs) at--;
    for (let skip = this.#nth; at < end; at++) {
      const entry = log.entry(at);
      if (entry.type !== 'intervention.applied' || !this.#isSame(entry.intervention) || skip-- > 0) continue;
      this.#position = at + 1;
      return new ExchangeFold(at);
    }
    return undefined;
  }

  /** Whether what was folded last is not what stands there now. */
  #isOther(): boolean {
    if (this.#last === undefined) return false;
    const now = this.#player.log.entry(this.#position - 1);
    return now !== this.#last && JSON.stringify(now) !== JSON.stringify(this.#last);
  }

  #isSame(one: Intervention & { readonly disabled?: true }): boolean {
    const mine = this.#intervention;
    if (mine.type !== 'http.request' || one.type !== 'http.request' || one.disabled === true) return false;
    return (
      one.atMs === mine.atMs &&
      one.method === mine.method &&
      one.url === mine.url &&
      one.body === mine.body &&
      one.headers.join('\n') === mine.headers.join('\n')
    );
  }
}
