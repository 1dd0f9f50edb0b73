import { unreachable } from '../../kernel/assert';
import type { Fault } from '../../log/fault';
import type { Kind, Problem } from '../../scenario/problem';
import type { enProblems } from './en-problems';
import { ukFormat as f } from './format';
import type { Translated } from './text';

const kind: Readonly<Record<Kind, string>> = {
  object: 'об’єкт',
  list: 'список',
  text: 'текст',
  number: 'число',
  'whole number': 'ціле число',
  flag: 'true або false',
};

const requestPart = {
  method: 'метод на зразок POST',
  url: 'адреса на зразок http://localhost:5000/orders (https не симулюється)',
  header: 'назва заголовка та його значення по черзі, без розривів рядка',
} as const;

function scenario(problem: Problem): string {
  const where = problem.path === '' ? 'сценарій' : problem.path;
  switch (problem.type) {
    case 'missing':
      return `немає ${problem.path === '' ? 'сценарію' : problem.path}`;
    case 'wrong-kind':
      return `${where}: тут має бути ${kind[problem.wanted]}`;
    case 'bad-json':
      return `${where}: завелика вкладеність або число, якого в JSON не записати`;
    case 'out-of-range':
      return `${where}: має бути від ${f.number(problem.min)} до ${f.number(problem.max)}`;
    case 'too-many':
      return `${where}: елементів ${f.number(problem.count)}, а можна щонайбільше ${f.number(problem.max)}`;
    case 'too-long':
      return `${where}: довше за ${f.number(problem.charsMax)} символів`;
    case 'too-large':
      return `${where}: займає ${f.bytes(problem.bytes)}, а можна щонайбільше ${f.bytes(problem.bytesMax)}`;
    case 'unknown-choice':
      return `${where}: має бути одне з ${problem.choices.join(', ')}`;
    case 'unknown-file':
      return `${where} називає ${problem.file}, а такого файлу немає`;
    case 'unknown-process':
      return `${where} називає ${problem.process}, а такого процесу немає`;
    case 'name-taken':
      return `${where}: назва ${problem.name} уже зайнята`;
    case 'bad-process-name':
      return `${where}: «${problem.name}» не може бути назвою процесу (без «#», «/», не «you», без пробілів по краях)`;
    case 'bad-file-name':
      return `${where}: «${problem.name}» не може бути назвою файлу (відносна, «/» між теками, з розширенням)`;
    case 'bad-instant':
      return `${where}: має бути мить на зразок 2026-01-01T00:00:00.000Z`;
    case 'bad-pattern':
      return `${where}: має бути регулярний вираз`;
    case 'bad-request':
      return `${where}: має бути ${requestPart[problem.part]}`;
    case 'refused':
      return `${where}: брокер це відхиляє: ${problem.text}`;
    case 'not-simulated':
      return `${where}: Eventarium не симулює ${problem.what}`;
    case 'after-end':
      return `${where}: це вже після кінця запуску, який триває ${f.duration(problem.durationMs)}, тож ніколи не почнеться`;
    case 'no-effect':
      return `${where}: тут це нічого не змінює`;
    case 'other-vhost':
      return `${where}: усе з віртуального хоста ${problem.vhost} пропущено, бо хост тут один — «/»`;
    case 'renamed-vhost':
      return `${where}: віртуальний хост ${problem.vhost} став «/», єдиним, який тут є`;
    case 'unknown-key':
      return `${where}: невідоме, тому пропущено`;
    default:
      return unreachable(problem);
  }
}

function line(fault: Fault): string {
  switch (fault.type) {
    case 'not-json':
      return 'це не JSON';
    case 'not-an-object':
      return 'це не об’єкт';
    case 'no-type':
      return 'це не запис журналу: поля type немає';
    case 'unknown-type':
      return `типу ${fault.name} у словнику журналу немає`;
    case 'bad-field':
      return `у записі «${fault.entry}» поля ${fault.field} немає або воно не того роду`;
    case 'cause-not-earlier':
      return 'cause не називає seq попереднього запису';
    case 'seq-order':
      return `seq ${fault.seq} стоїть після ${fault.after}`;
    case 'time-order':
      return `atMs іде назад, від ${fault.fromMs} до ${fault.toMs}`;
    case 'and-more':
      return 'цей рядок і наступні теж не читаються';
    default:
      return unreachable(fault);
  }
}

export const ukProblems: Translated<typeof enProblems> = { scenario, line };
