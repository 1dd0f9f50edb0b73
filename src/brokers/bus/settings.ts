export interface BusSettings {
  readonly mode: 'direct' | 'queue';
  /** Queue mode only: how many events are worked on at once. */
  readonly workers: number;
  /** What nobody listens to is kept all the same: it is not dropped. */
  readonly keeps?: true;
}
