import { eventBus } from 'eventarium';
import { kinds } from './kinds';

const kind = process.argv[2];

eventBus('subscriptions').subscribe(
  'payment.due',
  async function charge({ data }) {
    const answer = await fetch(`http://bank:7000/${kind}`, { method: 'POST', body: JSON.stringify(data) });
    if (!answer.ok) throw new Error(`The bank answers ${answer.status}`);
  },
  { retry: kinds[kind], deadLetter: `given up by ${kind}` },
);
