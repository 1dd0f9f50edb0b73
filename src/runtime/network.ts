import { wholeMicroseconds } from '../kernel/instant';
import { createStream, type RandomStream } from '../kernel/random';
import { meant } from '../log/entry-fault';
import type { LinkSettings } from '../log/entry';
import type { NetworkSpec } from '../scenario/scenario';

interface Link {
  readonly from: string;
  readonly to: string;
  settings: LinkSettings;
  readonly random: RandomStream;
  /** Whether it doubles, delays or reorders: for all others nothing of it is looked at. */
  unruly: boolean;
  /** When the last message sent arrives: a link never reorders. */
  lastArrivalMs: number;
}

/**
 * The links between processes and brokers. Each direction of each pair is a link of its own with a random stream of its
 * own, so that using one link more does not change what the others do.
 */
export class Network {
  readonly #streams = new Map<string, RandomStream>();
  readonly #faults: LinkFaults;
  readonly #seed: number;
  readonly #default: LinkSettings;
  readonly #rules: { from: string; to: string; settings: Partial<LinkSettings> }[];
  readonly #links = new Map<string, Map<string, Link>>();
  /** The link used last, which is often used next. */
  #last: Link | undefined;

  constructor(seed: number, spec: NetworkSpec, faults: LinkFaults) {
    this.#faults = faults;
    this.#seed = seed;
    this.#default = spec.default;
    this.#rules = spec.links.map(({ from, to, ...settings }) => ({ from, to, settings }));
  }

  /** When what is sent now arrives, or undefined when the link loses it. */
  arrivalMs(from: string, to: string, nowMs: number): number | undefined {
    const link = this.#link(from, to);
    const { latencyMs, jitterMs, loss, cut } = link.settings;
    if (cut || (loss > 0 && link.random.next() < loss)) return undefined;
    if (link.unruly) return this.#unrulyArrivalMs(link, nowMs);
    if (latencyMs === 0 && jitterMs === 0) return Math.max(nowMs, link.lastArrivalMs);
    const jitter = jitterMs === 0 ? 0 : jitterMs * link.random.next();
    const arrival = Math.max(wholeMicroseconds(nowMs + latencyMs + jitter), link.lastArrivalMs);
    link.lastArrivalMs = arrival;
    return arrival;
  }

  #unrulyArrivalMs(link: Link, nowMs: number): number {
    const { latencyMs, jitterMs, delayedMs = delayedMsDefault } = link.settings;
    const jitter = jitterMs === 0 ? 0 : jitterMs * link.random.next();
    const lateMs = this.#happens(link, 'delayed') ? delayedMs : 0;
    const usual = Math.max(wholeMicroseconds(nowMs + latencyMs + jitter + lateMs), link.lastArrivalMs);
    if (this.#happens(link, 'reordered')) return wholeMicroseconds(usual + delayedMs);
    link.lastArrivalMs = usual;
    return usual;
  }

  /** When what arrives at `arrivesAtMs` arrives once more; undefined when it does not, as nearly always. */
  copyArrivalMs(from: string, to: string, arrivesAtMs: number): number | undefined {
    const link = this.#link(from, to);
    if (!link.unruly || !this.#happens(link, 'duplicated')) return undefined;
    const { latencyMs, jitterMs } = link.settings;
    return wholeMicroseconds(arrivesAtMs + latencyMs + jitterMs * this.#stream(link, 'copy').next());
  }

  #happens(link: Link, what: 'duplicated' | 'delayed' | 'reordered'): boolean {
    const share = link.settings[what] ?? 0;
    return share > 0 && this.#stream(link, what).next() < share;
  }

  /** One for each thing that a link may do, so that doing one thing more does not change the others. */
  #stream(link: Link, what: string): RandomStream {
    const name = `${what} ${link.from} -> ${link.to}`;
    let stream = this.#streams.get(name);
    if (stream === undefined) this.#streams.set(name, (stream = createStream(this.#seed, name)));
    return stream;
  }

  /**
   * As `arrivalMs`, for what is part of a stream, which keeps its own order: a piece that the link loses is sent again after a
   * wait that doubles. Undefined only while the link is cut.
   */
  streamArrivalMs(from: string, to: string, nowMs: number, resendMs: number): number | undefined {
    const link = this.#link(from, to);
    const { latencyMs, jitterMs, loss, cut } = link.settings;
    if (cut) return undefined;
    let lateMs = 0;
    for (let waitMs = resendMs; loss > 0 && lateMs < resendMs * 256 && link.random.next() < loss; waitMs *= 2)
      lateMs += waitMs;
    if (link.unruly && this.#happens(link, 'delayed')) lateMs += link.settings.delayedMs ?? delayedMsDefault;
    const jitter = jitterMs === 0 ? 0 : jitterMs * link.random.next();
    return wholeMicroseconds(nowMs + lateMs + latencyMs + jitter);
  }

  isCut(from: string, to: string): boolean {
    return this.#link(from, to).settings.cut;
  }

  /** Changes a link from now on; a service name stands for all its replicas. */
  change(from: string, to: string, settings: Partial<LinkSettings>): void {
    this.#rules.push({ from, to, settings });
    this.refresh();
  }

  /** Faults of links have begun or ended. */
  refresh(): void {
    for (const [linkFrom, links] of this.#links) {
      for (const [linkTo, link] of links) this.#set(link, this.#settingsOf(linkFrom, linkTo));
    }
  }

  #link(from: string, to: string): Link {
    if (from === this.#last?.from && to === this.#last.to) return this.#last;
    let links = this.#links.get(from);
    if (links === undefined) this.#links.set(from, (links = new Map<string, Link>()));
    let link = links.get(to);
    if (link === undefined) {
      const settings = this.#settingsOf(from, to);
      link = {
        from,
        to,
        settings,
        unruly: isUnruly(settings),
        random: createStream(this.#seed, `link ${from} -> ${to}`),
        lastArrivalMs: 0,
      };
      links.set(to, link);
    }
    this.#last = link;
    return link;
  }

  #set(link: Link, settings: LinkSettings): void {
    link.settings = settings;
    link.unruly = isUnruly(settings);
  }

  #settingsOf(from: string, to: string): LinkSettings {
    let settings = this.#default;
    for (const rule of this.#rules) {
      if (meant(rule.from, from) && meant(rule.to, to)) settings = { ...settings, ...rule.settings };
    }
    return this.#faults.settingsOf(from, to, settings);
  }
}

/** What is wrong with links beside their settings. */
export interface LinkFaults {
  settingsOf(from: string, to: string, settings: LinkSettings): LinkSettings;
}

const delayedMsDefault = 1_000;

function isUnruly({ duplicated = 0, delayed = 0, reordered = 0 }: LinkSettings): boolean {
  return duplicated > 0 || delayed > 0 || reordered > 0;
}
