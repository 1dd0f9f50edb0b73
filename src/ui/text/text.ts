import type { en } from './en';

/**
 * The shape of the message catalogue. English is the measure: Ukrainian must have the same keys, and functions the same
 * parameters. A missing key does not compile.
 */
export type Translated<T> = T extends string
  ? string
  : T extends (...parameters: infer P) => infer R
    ? (...parameters: P) => R extends string ? string : R
    : { readonly [K in keyof T]: Translated<T[K]> };

export type Text = Translated<typeof en>;
