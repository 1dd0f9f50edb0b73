import type { RouteStep } from '../../projections/route-steps';
import type { Selection } from '../selection';

/** What is lit inside a broker: what the selected message went through, or what belongs to the selected part. */
export interface Lit {
  /** Ids of bindings. */
  readonly bindings: ReadonlySet<string>;
  readonly exchanges: ReadonlySet<string>;
  /** Queues in which the selected message died. */
  readonly died: ReadonlySet<string>;
  /** A message is selected that came to this broker: what did not match is faint. */
  readonly byMessage: boolean;
}

interface Bound {
  readonly ids: readonly string[];
  readonly source: string;
  readonly destination: string;
}

const nothing: Lit = { bindings: new Set(), exchanges: new Set(), died: new Set(), byMessage: false };

/** One rule for every part: select it, and all that it belongs to is lit. Pure. */
export function litBy(
  selection: Selection,
  broker: string,
  bindings: readonly Bound[],
  steps: readonly RouteStep[],
): Lit {
  if (selection?.type === 'message')
    return litByMessage(
      bindings,
      steps.filter((step) => step.broker === broker),
    );
  if (selection?.type !== 'broker' || selection.broker !== broker) return nothing;
  const { queue, exchange, binding } = selection;
  const own = bindings.filter(
    (each) =>
      (queue !== undefined && each.destination === queue) ||
      (exchange !== undefined && (each.source === exchange || each.destination === exchange)) ||
      (binding !== undefined && each.ids.includes(binding)),
  );
  return {
    ...nothing,
    bindings: new Set(own.flatMap(({ ids }) => ids)),
    exchanges: new Set(exchange === undefined ? own.map(({ source }) => source) : [exchange]),
  };
}

function litByMessage(bindings: readonly Bound[], steps: readonly RouteStep[]): Lit {
  const ids = new Set(steps.flatMap((step) => step.bindings));
  const through = bindings.filter((each) => each.ids.some((id) => ids.has(id))).map(({ source }) => source);
  return {
    bindings: ids,
    exchanges: new Set([...through, ...steps.map(({ exchange }) => exchange)]),
    died: new Set(steps.flatMap(({ died }) => (died === undefined ? [] : [died.queue]))),
    byMessage: steps.some(({ exchange }) => exchange !== ''),
  };
}
