import type { Delivery } from '../brokers/broker';

/** What every entry about a delivery says of it. */
interface DeliveryFacts {
  delivery: string;
  message: string;
  broker: string;
  process: string;
  listener: string;
  attempt: number;
  replayed?: true;
  redriven?: true;
}

export function factsOf(delivery: Delivery): DeliveryFacts {
  const { id, message, broker, process, listener, attempt } = delivery;
  return { delivery: id, message: message.id, broker, process, listener, attempt, ...specialOf(delivery) };
}

/** Whether it is more than a message's usual way to a listener. */
export function isSpecial({ replayed, redriven }: Delivery): boolean {
  return replayed || redriven === true;
}

export function specialOf({ replayed, redriven }: Delivery): Pick<DeliveryFacts, 'replayed' | 'redriven'> {
  return { ...(replayed && { replayed }), ...(redriven && { redriven }) };
}
