import { meant } from '../log/entry-fault';
import type { LinkSettings } from '../log/entry';
import type { NetworkSpec } from '../scenario/scenario';
import { Link } from './link';

/** The links between processes and brokers: one for each direction of each pair. */
export class Network {
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

  link(from: string, to: string): Link {
    const last = this.#last;
    if (last !== undefined && from === last.from && to === last.to) return last;
    let links = this.#links.get(from);
    if (links === undefined) this.#links.set(from, (links = new Map<string, Link>()));
    let link = links.get(to);
    if (link === undefined) links.set(to, (link = new Link(from, to, this.#seed, this.#settingsOf(from, to))));
    this.#last = link;
    return link;
  }

  /** Changes a link from now on; a service name stands for all its replicas. */
  change(from: string, to: string, settings: Partial<LinkSettings>): void {
    this.#rules.push({ from, to, settings });
    this.refresh();
  }

  /** Faults of links have begun or ended. */
  refresh(): void {
    for (const [from, links] of this.#links) {
      for (const [to, link] of links) link.settings = this.#settingsOf(from, to);
    }
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
