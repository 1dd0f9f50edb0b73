import type { Settings } from '../../log/entry';

/** What a policy sets, by the names that the arguments of queues and exchanges have. */
export function asArguments(definition: Settings): Settings {
  const named = Object.entries(definition).map(([key, value]) => [
    key === 'alternate-exchange' ? key : `x-${key}`,
    value,
  ]);
  return Object.fromEntries(named) as Settings;
}
