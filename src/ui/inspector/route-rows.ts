import type { Fate } from '../../projections/fate';
import { whyMatched, type RouteStep, type WhyMatched } from '../../projections/route-steps';
import type { Selection } from '../selection';
import { bindingText } from '../stage/inside';
import type { BindingShape, Structure } from '../stage/structure';
import type { Text } from '../text/text';

/** A line of the route: an exchange, a binding that matched or a remark. */
export interface RouteRow {
  readonly type: 'exchange' | 'binding' | 'note';
  readonly text: string;
  readonly why: string;
  readonly fate: Fate | undefined;
  readonly target: Selection;
}

type Words = Text['broker'];

/** One routing of a message in words: from where, which bindings matched and why, and what came of it. Pure. */
export function routeRows(step: RouteStep, eventType: string, structure: Structure, t: Words): RouteRow[] {
  const { broker, exchange, died, dropped } = step;
  const shape = structure.brokers.get(broker);
  const kindOf = (name: string): string => shape?.exchanges.find((each) => each.exchange === name)?.kind ?? '';
  // The default exchange's keys are the names of the queues that they lead to.
  const usual = exchange === '' && step.queues.length > 0 ? step.queues : [eventType];
  const keys = step.keys.length > 0 ? step.keys : usual;
  const headers = (step.properties['headers'] ?? {}) as Readonly<Record<string, unknown>>;
  const rows: RouteRow[] = [];
  if (died !== undefined) rows.push(row('exchange', t.route.died(died.queue, t.dropReason[died.reason]), 'dead'));
  const to = t.route.to(exchange, kindOf(exchange), exchange === '' && dropped !== undefined ? '' : keys.join(', '));
  const target: Selection = exchange === '' ? undefined : { type: 'broker', broker, exchange };
  rows.push({ ...row('exchange', to, died === undefined ? 'flight' : undefined), target });
  const shapes = step.bindings.flatMap((id) => {
    const found = shape?.bindings.find(({ ids }) => ids.includes(id));
    return found === undefined ? [] : [{ id, found }];
  });
  let at = exchange;
  for (const { id, found } of shapes) {
    if (found.source !== at && step.alternates.includes(at)) rows.push(note(t.route.alternate(at, found.source)));
    at = found.source;
    const why = whyWords(whyMatched(kindOf(found.source), found, { keys, headers }), t);
    rows.push({
      ...row('binding', bindingName(found), undefined),
      why,
      target: { type: 'broker', broker, binding: id },
    });
  }
  if (exchange === '')
    for (const queue of step.queues)
      rows.push({
        ...row('binding', `→ ${queue}`, undefined),
        why: t.route.why.default(queue),
        target: { type: 'broker', broker, queue },
      });
  else if (shapes.length === 0) rows.push(note(t.route.nowhere));
  if (dropped !== undefined) rows.push(row('note', t.dropReason[dropped], 'dropped'));
  return rows;
}

function bindingName(binding: BindingShape): string {
  const text = bindingText(binding);
  return `${text === '' ? '' : `${text} `}→ ${binding.destination}`;
}

function row(type: RouteRow['type'], text: string, fate: Fate | undefined): RouteRow {
  return { type, text, why: '', fate, target: undefined };
}

const note = (text: string): RouteRow => row('note', text, undefined);

function whyWords(why: WhyMatched, { route, arguments: pairs }: Words): string {
  switch (why.type) {
    case 'fanout':
      return route.why.fanout;
    case 'direct':
      return route.why.direct(why.key);
    case 'topic':
      // The key itself stands in the row already.
      return why.pattern === why.key ? '' : route.why.topic(why.pattern, why.key);
    case 'all':
    case 'any':
      return route.why[why.type](pairs(why.pairs));
  }
}
