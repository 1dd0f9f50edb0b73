/**
 * `Date` in virtual time. The time zone is UTC whatever the host's, and text for people is American English unless asked
 * for otherwise.
 */
import { proxyDetails } from './proxy';

const RealDate = Date;

const localParts = ['FullYear', 'Month', 'Date', 'Day', 'Hours', 'Minutes', 'Seconds', 'Milliseconds'] as const;
const weekdays = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

const pad = (value: number, width = 2) => String(value).padStart(width, '0');

function dateText(date: Date): string {
  const year = date.getUTCFullYear();
  const digits = `${year < 0 ? '-' : ''}${pad(Math.abs(year), year < 0 ? 6 : 4)}`;
  return `${weekdays[date.getUTCDay()]!} ${months[date.getUTCMonth()]!} ${pad(date.getUTCDate())} ${digits}`;
}

function timeText(date: Date): string {
  const clock = [date.getUTCHours(), date.getUTCMinutes(), date.getUTCSeconds()].map((part) => pad(part)).join(':');
  return `${clock} GMT+0000 (Coordinated Universal Time)`;
}

const isValid = (date: Date): boolean => !Number.isNaN(RealDate.prototype.getTime.call(date));

// ISO 8601 with a time and no zone is local time, everything else in the standard says its zone or is UTC already.
const zonelessIso = /^([+-]\d{6}|\d{4})(-\d\d(-\d\d)?)?T\d\d:\d\d(:\d\d([.,]\d+)?)?$/;
// Free-form text that names a zone: "GMT", "Z", "+02:00", "PST".
const zoned = /(?:[zZ]|\b(?:GMT|UTC?|[ECMP][SD]T)\b|\d:\d\d.*[+-]\d{1,2}:?\d{0,2}\s*(?:\(.*\))?)$/;

function parse(text: string): number {
  if (zonelessIso.test(text)) return RealDate.parse(`${text}Z`);
  const time = RealDate.parse(text);
  if (Number.isNaN(time) || zoned.test(text.trim()) || /^([+-]\d{6}|\d{4})(-\d\d){0,2}(T|$)/.test(text)) return time;
  // The engine took it as local time of the host.
  const inUtc = RealDate.parse(`${text} GMT`);
  return Number.isNaN(inUtc) ? time : inUtc;
}

function valueOfArguments(args: readonly unknown[], nowMs: () => number): number {
  if (args.length === 0) return nowMs();
  if (args.length > 1) {
    const parts = args.map(Number);
    const [year = NaN, month = NaN, ...rest] = parts;
    return RealDate.UTC(year, month, ...rest);
  }
  const [value] = args;
  if (typeof value === 'object' && value !== null) {
    const date = proxyDetails(value)?.target ?? value;
    if (date instanceof RealDate) return RealDate.prototype.getTime.call(date);
    const convert: unknown = Reflect.get(value, Symbol.toPrimitive);
    const plain: unknown =
      typeof convert === 'function' ? Reflect.apply(convert, value, ['default']) : primitiveOf(value);
    return typeof plain === 'string' ? parse(plain) : Number(plain);
  }
  return typeof value === 'string' ? parse(value) : Number(value);
}

function primitiveOf(value: object): unknown {
  const plain: unknown = value.valueOf();
  // oxlint-disable-next-line typescript/no-base-to-string -- that is the conversion asked for
  return typeof plain === 'object' ? String(value) : plain;
}

type Methods = Record<string, (this: Date, ...args: never[]) => unknown>;

function localMethods(): Methods {
  const methods: Methods = {
    getTimezoneOffset(this: Date) {
      return isValid(this) ? 0 : NaN;
    },
    getYear(this: Date) {
      return this.getUTCFullYear() - 1900;
    },
  };
  const real = RealDate.prototype as unknown as Record<string, (...args: unknown[]) => unknown>;
  for (const part of localParts) {
    for (const verb of ['get', 'set']) {
      const utc = real[`${verb}UTC${part}`];
      if (utc === undefined) continue;
      methods[`${verb}${part}`] = function (...args: unknown[]) {
        return Reflect.apply(utc, this, args);
      };
    }
  }
  return methods;
}

function textMethods(): Methods {
  const localized =
    (format: (date: Date, locales?: string | string[], options?: Intl.DateTimeFormatOptions) => string) =>
    (date: Date, locales?: string | string[], options?: Intl.DateTimeFormatOptions) =>
      format(date, locales ?? 'en-US', { ...options, timeZone: options?.timeZone ?? 'UTC' });
  const { toLocaleString, toLocaleDateString, toLocaleTimeString } = RealDate.prototype;
  const whole = localized((date, ...rest) => toLocaleString.call(date, ...rest));
  const day = localized((date, ...rest) => toLocaleDateString.call(date, ...rest));
  const time = localized((date, ...rest) => toLocaleTimeString.call(date, ...rest));
  return {
    toString(this: Date) {
      return isValid(this) ? `${dateText(this)} ${timeText(this)}` : 'Invalid Date';
    },
    toDateString(this: Date) {
      return isValid(this) ? dateText(this) : 'Invalid Date';
    },
    toTimeString(this: Date) {
      return isValid(this) ? timeText(this) : 'Invalid Date';
    },
    toLocaleString(this: Date, locales?: string | string[], options?: Intl.DateTimeFormatOptions) {
      return whole(this, locales, options);
    },
    toLocaleDateString(this: Date, locales?: string | string[], options?: Intl.DateTimeFormatOptions) {
      return day(this, locales, options);
    },
    toLocaleTimeString(this: Date, locales?: string | string[], options?: Intl.DateTimeFormatOptions) {
      return time(this, locales, options);
    },
  };
}

/** `nowMs` is what `Date.now()` gives, before it is made whole. */
export function createDate(nowMs: () => number): DateConstructor {
  const wholeNow = () => Math.floor(nowMs());
  function Date(this: unknown, ...args: unknown[]): unknown {
    if ((new.target as unknown) === undefined) {
      const now = new RealDate(wholeNow());
      return `${dateText(now)} ${timeText(now)}`;
    }
    return Reflect.construct(RealDate, [valueOfArguments(args, wholeNow)], new.target);
  }
  const prototype = Object.create(RealDate.prototype) as object;
  const methods = { ...localMethods(), ...textMethods() };
  for (const key of Reflect.ownKeys(methods)) {
    const value: unknown = Reflect.get(methods, key);
    Object.defineProperty(prototype, key, { value, writable: true, configurable: true });
  }
  Object.defineProperty(prototype, 'constructor', { value: Date, writable: true, configurable: true });
  Object.defineProperty(Date, 'prototype', { value: prototype, writable: false });
  Object.defineProperty(Date, 'length', { value: 7 });
  // Dates made by code of ours that knows no process are dates too.
  Object.defineProperty(Date, Symbol.hasInstance, {
    value(this: unknown, value: unknown) {
      if (this === Date) return value instanceof RealDate;
      return Function.prototype[Symbol.hasInstance].call(this, value);
    },
  });
  const hidden = {
    now: wholeNow,
    parse: (text: unknown) => parse(String(text)),
    UTC: (...parts: number[]) => RealDate.UTC(...(parts as [number, number])),
  };
  for (const [name, value] of Object.entries(hidden)) {
    Object.defineProperty(value, 'name', { value: name });
    Object.defineProperty(Date, name, { value, writable: true, configurable: true });
  }
  return Date as unknown as DateConstructor;
}
