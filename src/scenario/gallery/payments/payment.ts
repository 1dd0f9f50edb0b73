/** What the bank tells of a payment. */
export interface Payment {
  id: string;
  customer: string;
  card: string;
  /** UAH */
  amount: number;
  /** `authorized` comes before `captured`; only then is the money there. */
  status: 'authorized' | 'captured';
}

/** Shared by bank and gateway. */
export const secret = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';
