import type { EntryOf, Fault } from '../../log/entry';
import { enFormat as f } from './format';

const nth = (n: number): string => (n === 1 ? 'every' : `every ${f.number(n)}.`);

/** What a fault does, as a noun phrase that begins a line. */
export function enFault(fault: Fault): string {
  switch (fault.type) {
    case 'crash':
      return fault.every === undefined
        ? `Crashes of ${fault.process}, ${f.share(fault.chance ?? 0)} of messages`
        : `Crash of ${fault.process} at ${nth(fault.every)} message`;
    case 'slow':
      return fault.factor === undefined
        ? `${fault.process} late by ${f.duration(fault.lagMs ?? 0)}`
        : `${fault.process} ${f.number(fault.factor, 1)} times as slow`;
    case 'skew':
      return `Clock of ${fault.process} ${f.duration(Math.abs(fault.skewMs))} ${fault.skewMs < 0 ? 'behind' : 'ahead'}`;
    case 'outage':
      return `Outage of ${fault.broker}`;
    case 'partition':
      return `Partition ${fault.groups.map((group) => group.join(', ')).join(' | ')}`;
    case 'link':
      return `Bad link ${fault.from} → ${fault.to}`;
    case 'poison':
      return fault.every === undefined
        ? `${f.number(fault.times ?? 0)} broken ${fault.event} on ${fault.broker}`
        : `Broken payload of ${nth(fault.every)} ${fault.event} on ${fault.broker}`;
  }
}

export const enFaultSentence = {
  'broker.stopped': (e: EntryOf<'broker.stopped'>) => `${e.broker} was stopped`,
  'broker.started': (e: EntryOf<'broker.started'>) => `${e.broker} was started again`,
  'fault.began': (e: EntryOf<'fault.began'>) => `Fault begins: ${enFault(e.fault)}`,
  'fault.ended': (e: EntryOf<'fault.ended'>) => `Fault is over: ${e.name}`,
  'fault.struck': (e: EntryOf<'fault.struck'>) => {
    const whom = [e.process, e.message].filter((each) => each !== undefined);
    return whom.length === 0 ? `Fault ${e.name} strikes` : `Fault ${e.name} strikes ${whom.join(' at ')}`;
  },
  'message.duplicated': (e: EntryOf<'message.duplicated'>) =>
    `The link ${e.from} → ${e.to} delivers ${e.message} a second time`,
};
