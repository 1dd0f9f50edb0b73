import { wholeMicroseconds } from '../kernel/instant';
import { createStream, type RandomStream } from '../kernel/random';
import type { LinkSettings } from '../log/entry';
import type { NetworkSpec } from '../scenario/scenario';

interface Link {
  readonly from: string;
  readonly to: string;
  settings: LinkSettings;
  readonly random: RandomStream;
  /** When the last message sent arrives: a link never reorders. */
  lastArrivalMs: number;
}

/**
 * The links between processes and brokers. Each direction of each pair is a link of its own with a random stream of its
 * own, so that using one link more does not change what the others do.
 */
export class Network {
  readonly #seed: number;
  readonly #default: LinkSettings;
  readonly #rules: { from: string; to: string; settings: Partial<LinkSettings> }[];
  readonly #links = new Map<string, Map<string, Link>>();
  /** The link used last, which is often used next. */
  #last: Link | undefined;

  constructor(seed: number, spec: NetworkSpec) {
    this.#seed = seed;
    this.#default = spec.default;
    this.#rules = spec.links.map(({ from, to, ...settings }) => ({ from, to, settings }));
  }

  /** When what is sent now arrives, or undefined when the link loses it. */
  arrivalMs(from: string, to: string, nowMs: number): number | undefined {
    const link = this.#link(from, to);
    const { latencyMs, jitterMs, loss, cut } = link.settings;
    if (cut || (loss > 0 && link.random.next() < loss)) return undefined;
    if (latencyMs === 0 && jitterMs === 0) return Math.max(nowMs, link.lastArrivalMs);
    const jitter = jitterMs === 0 ? 0 : jitterMs * link.random.next();
    const arrival = Math.max(wholeMicroseconds(nowMs + latencyMs + jitter), link.lastArrivalMs);
    link.lastArrivalMs = arrival;
    return arrival;
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
    const jitter = jitterMs === 0 ? 0 : jitterMs * link.random.next();
    return wholeMicroseconds(nowMs + lateMs + latencyMs + jitter);
  }

  /** Changes a link from now on; a service name stands for all its replicas. */
  change(from: string, to: string, settings: Partial<LinkSettings>): void {
    this.#rules.push({ from, to, settings });
    for (const [linkFrom, links] of this.#links) {
      for (const [linkTo, link] of links) link.settings = this.#settingsOf(linkFrom, linkTo);
    }
  }

  #link(from: string, to: string): Link {
    if (from === this.#last?.from && to === this.#last.to) return this.#last;
    let links = this.#links.get(from);
    if (links === undefined) this.#links.set(from, (links = new Map<string, Link>()));
    let link = links.get(to);
    if (link === undefined) {
      link = {
        from,
        to,
        settings: this.#settingsOf(from, to),
        random: createStream(this.#seed, `link ${from} -> ${to}`),
        lastArrivalMs: 0,
      };
      links.set(to, link);
    }
    this.#last = link;
    return link;
  }

  #settingsOf(from: string, to: string): LinkSettings {
    let settings = this.#default;
    for (const rule of this.#rules) {
      if (meant(rule.from, from) && meant(rule.to, to)) settings = { ...settings, ...rule.settings };
    }
    return settings;
  }
}

function meant(rule: string, name: string): boolean {
  return rule === name || rule === '*' || (!rule.includes('#') && name.startsWith(`${rule}#`));
}
