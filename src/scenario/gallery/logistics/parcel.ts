/** The way of a parcel, in order. */
export const statuses = ['прийнято', 'сортування', 'у дорозі', 'у відділенні', 'вручено'] as const;
export type Status = (typeof statuses)[number];

export interface Scan {
  parcel: string;
  phone: string;
  status: Status;
  /** When the scanner saw it; it may be uploaded much later. */
  scannedAtMs: number;
}
