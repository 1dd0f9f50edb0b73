/** A company that has registered. */
export interface Customer {
  id: string;
  company: string;
  email: string;
  /** In UAH, a month. */
  plan: number;
}

export const hour = 3_600_000;
export const day = 24 * hour;

/** The welcome series: what is sent, and how long after the registration. */
export const letters = [
  { subject: 'Вітаємо', afterMs: 0 },
  { subject: 'Перші кроки', afterMs: day },
  { subject: 'Запросіть колег', afterMs: 3 * day },
  { subject: 'Як пройшов тиждень?', afterMs: 7 * day },
];
