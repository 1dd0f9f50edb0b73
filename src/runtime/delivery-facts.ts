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
  const { replayed, redriven } = delivery;
  const facts = { delivery: id, message: message.id, broker, process, listener, attempt };
  return { ...facts, ...(replayed && { replayed }), ...(redriven && { redriven }) };
}
