import { sleep } from 'eventarium';
import { type Customer, hour } from './customer';
import { openChannel } from './wiring';

const channel = await openChannel();
const companies = ['Калина', 'Дніпро-Буд', 'Смерека', 'Хлібна', 'Маяк', 'Верба', 'Техномир', 'Соняшник', 'Карпати'];
const plans = [490, 990, 2_400];

for (const [index, company] of companies.entries()) {
  const id = `c-${index + 1}`;
  const customer: Customer = { id, company, email: `${id}@example.com`, plan: plans[index % plans.length] };
  channel.publish('customers', 'customer.registered', Buffer.from(JSON.stringify(customer)));
  console.log(`${company} реєструється: ${customer.plan} грн на місяць`);
  await sleep((2 + 6 * Math.random()) * hour);
}
