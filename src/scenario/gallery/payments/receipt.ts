import { show, sleep } from 'eventarium';
import { bus } from './bus';
import type { Payment } from './payment';

const sent = new Set<string>();

/** A second letter about the same payment would only worry its reader. */
bus.subscribe('payment.approved', async function sendReceipt({ data }: { data: Payment }) {
  if (sent.has(data.id)) return;
  sent.add(data.id);
  await sleep(80);
  console.log(`Лист: ${data.customer}, отримано ${data.amount} грн, картка ${data.card}`);
  show('receipts', sent.size);
});
