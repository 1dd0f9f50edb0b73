/** `Intl` whose defaults are not the host's: American English, UTC, and the virtual present. */
const localized = [
  'NumberFormat',
  'Collator',
  'PluralRules',
  'ListFormat',
  'RelativeTimeFormat',
  'Segmenter',
  'DisplayNames',
] as const;

type AnyConstructor = abstract new (...args: never[]) => object;

interface Defaults {
  readonly options: object;
  readonly nowMs?: () => number;
}

/** A constructor like `Real`, callable with and without `new`, that fills in what was left out. */
function withDefaults(Real: AnyConstructor, name: string, { options: defaults, nowMs }: Defaults): object {
  function Wrapped(locales?: unknown, options?: object): object {
    const args = [locales ?? 'en-US', { ...defaults, ...options }];
    const target = (new.target as unknown as AnyConstructor | undefined) ?? self;
    return Reflect.construct(Real, args, target) as object;
  }
  const self = Wrapped as unknown as AnyConstructor;
  const realPrototype = Real.prototype as object;
  const prototype = Object.create(realPrototype) as object;
  Object.defineProperty(prototype, 'constructor', { value: Wrapped, writable: true, configurable: true });
  if (nowMs !== undefined) {
    const realFormat = Object.getOwnPropertyDescriptor(realPrototype, 'format')!.get!;
    const realParts = Reflect.get(realPrototype, 'formatToParts') as (date: unknown) => unknown;
    Object.defineProperty(prototype, 'format', {
      configurable: true,
      get(this: object) {
        const format = Reflect.apply(realFormat, this, []) as (date: unknown) => string;
        return (date?: unknown) => format(date ?? nowMs());
      },
    });
    Object.defineProperty(prototype, 'formatToParts', {
      configurable: true,
      value(this: object, date?: unknown) {
        return Reflect.apply(realParts, this, [date ?? nowMs()]);
      },
    });
  }
  Object.defineProperty(Wrapped, 'name', { value: name });
  Wrapped.prototype = prototype;
  return Object.assign(Wrapped, { supportedLocalesOf: Reflect.get(Real, 'supportedLocalesOf') as unknown });
}

export function createIntl(nowMs: () => number): object {
  const intl = Object.create(Object.prototype, Object.getOwnPropertyDescriptors(Intl)) as object;
  const define = (name: string, options: object, now?: () => number) => {
    const Real: unknown = Reflect.get(Intl, name);
    if (typeof Real !== 'function') return;
    const value = withDefaults(
      Real as unknown as AnyConstructor,
      name,
      now === undefined ? { options } : { options, nowMs: now },
    );
    Object.defineProperty(intl, name, { value, writable: true, configurable: true });
  };
  for (const name of localized) define(name, {});
  define('DateTimeFormat', { timeZone: 'UTC' }, nowMs);
  return intl;
}
