/** How long each reaction works on this order, in milliseconds: drawn once, so that both sides do the same work. */
export type Work = Record<'email' | 'sms' | 'stock' | 'analytics' | 'accounting' | 'slack', number>;

export interface Order {
  orderId: number;
  customer: string;
  total: number;
  work: Work;
}
