import type { Fault } from '../../log/entry';
import type { enFaultSentence } from './en-faults';
import type { Translated } from './text';
import { ukFormat as f } from './format';

const nth = (n: number): string => (n === 1 ? 'на кожному повідомленні' : `на кожному ${f.number(n)}-му повідомленні`);

/** Що робить збій: назва, якою починається рядок. */
export function ukFault(fault: Fault): string {
  switch (fault.type) {
    case 'crash':
      return fault.every === undefined
        ? `Обвали ${fault.process}, ${f.share(fault.chance ?? 0)} повідомлень`
        : `Обвал ${fault.process} ${nth(fault.every)}`;
    case 'slow':
      return fault.factor === undefined
        ? `${fault.process} запізнюється на ${f.duration(fault.lagMs ?? 0)}`
        : `${fault.process} у ${f.number(fault.factor, 1)} раза повільніший`;
    case 'skew':
      return `Годинник ${fault.process} ${fault.skewMs < 0 ? 'відстає' : 'поспішає'} на ${f.duration(Math.abs(fault.skewMs))}`;
    case 'outage':
      return `${fault.broker} не працює`;
    case 'partition':
      return `Розрив мережі ${fault.groups.map((group) => group.join(', ')).join(' | ')}`;
    case 'link':
      return `Погана лінія ${fault.from} → ${fault.to}`;
    case 'poison':
      return fault.every === undefined
        ? `Зіпсовані ${fault.event} у ${fault.broker}: ${f.number(fault.times ?? 0)}`
        : `Зіпсований вміст ${fault.event} у ${fault.broker} ${nth(fault.every)}`;
  }
}

export const ukFaultSentence: Translated<typeof enFaultSentence> = {
  'broker.stopped': (e) => `${e.broker} зупинено`,
  'broker.started': (e) => `${e.broker} знову запущено`,
  'fault.began': (e) => `Починається збій: ${ukFault(e.fault)}`,
  'fault.ended': (e) => `Збій минув: ${e.name}`,
  'fault.struck': (e) => {
    const whom = [e.process, e.message].filter((each) => each !== undefined);
    return whom.length === 0 ? `Діє збій ${e.name}` : `Збій ${e.name} вразив ${whom.join(' на ')}`;
  },
  'message.duplicated': (e) => `Лінія ${e.from} → ${e.to} доставить ${e.message} ще раз`,
};
