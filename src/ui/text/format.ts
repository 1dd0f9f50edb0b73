/**
 * How figures are written, once for each language. Thin groups (`4 812`), a space before the unit (`1.2 s`), one
 * decimal unless more is known. Instants are the same in both languages, because a clock is not a decimal number.
 */
export type Language = 'en' | 'uk';

export interface Format {
  readonly language: Language;
  /** `4 812`, `0.5`. At most `decimals` decimals, 1 unless told. */
  number(value: number, decimals?: number): string;
  /** `800 ms`, `1.2 s`, `2 min 5 s`, `27 h 35 min`. */
  duration(ms: number): string;
  /** `00:12.480`; above an hour `2:35:20.900`. */
  instant(ms: number): string;
  /** `118 B`, `21 MB`. */
  bytes(count: number): string;
  /** `0.5×` */
  speed(factor: number): string;
  /** `12 %` from 0.12. */
  share(value: number): string;
  /** A real moment of the reader's calendar: `today 14:02`, `yesterday`, `16 Nov`. */
  day(atEpochMs: number, nowEpochMs: number): string;
  /** The form of a word that goes with the number, by the rules of the language. */
  plural(count: number, forms: PluralForms): string;
}

/** English needs `one` and `other`; Ukrainian `one`, `few`, `many` and `other` (fractions). */
export type PluralForms = { readonly [form in Intl.LDMLPluralRule]?: string } & { readonly other: string };

const GROUP = '\u202f';
const GAP = '\u00a0';

interface Units {
  readonly decimal: string;
  readonly ms: string;
  readonly s: string;
  readonly min: string;
  readonly h: string;
  readonly bytes: readonly string[];
  readonly today: string;
  readonly yesterday: string;
}

const units: Readonly<Record<Language, Units>> = {
  en: {
    decimal: '.',
    ms: 'ms',
    s: 's',
    min: 'min',
    h: 'h',
    bytes: ['B', 'kB', 'MB', 'GB'],
    today: 'today',
    yesterday: 'yesterday',
  },
  uk: {
    decimal: ',',
    ms: 'мс',
    s: 'с',
    min: 'хв',
    h: 'год',
    bytes: ['Б', 'кБ', 'МБ', 'ГБ'],
    today: 'сьогодні',
    yesterday: 'учора',
  },
};

export function formatInstant(ms: number): string {
  const whole = Math.max(0, Math.round(ms));
  const pad = (value: number, width = 2): string => String(value).padStart(width, '0');
  const rest = `${pad(Math.floor(whole / 1000) % 60)}.${pad(whole % 1000, 3)}`;
  const minutes = Math.floor(whole / 60_000);
  if (minutes < 60) return `${pad(minutes)}:${rest}`;
  return `${String(Math.floor(minutes / 60))}:${pad(minutes % 60)}:${rest}`;
}

function formatNumber(value: number, decimals: number, point: string): string {
  const rounded = Number(Math.abs(value).toFixed(decimals));
  const [whole = '0', fraction] = rounded.toFixed(decimals).split('.');
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, GROUP);
  const kept = (fraction ?? '').replace(/0+$/, '');
  const sign = value < 0 && rounded !== 0 ? '−' : '';
  return sign + grouped + (kept === '' ? '' : point + kept);
}

function makeFormat(language: Language): Format {
  const u = units[language];
  const rules = new Intl.PluralRules(language);
  const monthDay = new Intl.DateTimeFormat(language === 'uk' ? 'uk-UA' : 'en-GB', { day: 'numeric', month: 'short' });
  const number = (value: number, decimals = 1): string => formatNumber(value, decimals, u.decimal);
  const unit = (value: string, name: string): string => value + GAP + name;

  function duration(ms: number): string {
    if (ms < 999.5) return unit(number(ms), u.ms);
    if (ms < 59_950) return unit(number(ms / 1000), u.s);
    const seconds = Math.round(ms / 1000);
    const [big, small, bigUnit, smallUnit] =
      seconds < 3600
        ? ([Math.floor(seconds / 60), seconds % 60, u.min, u.s] as const)
        : ([Math.floor(seconds / 3600), Math.floor((seconds % 3600) / 60), u.h, u.min] as const);
    return unit(number(big), bigUnit) + (small === 0 ? '' : GAP + unit(number(small), smallUnit));
  }

  function bytes(count: number): string {
    let step = 0;
    let value = count;
    for (; value >= 999.5 && step < u.bytes.length - 1; step++) value /= 1000;
    return unit(number(value, value < 10 && step > 0 ? 1 : 0), u.bytes[step] ?? '');
  }

  function day(atEpochMs: number, nowEpochMs: number): string {
    const at = new Date(atEpochMs);
    const midnight = new Date(nowEpochMs);
    midnight.setHours(0, 0, 0, 0);
    const clock = `${String(at.getHours()).padStart(2, '0')}:${String(at.getMinutes()).padStart(2, '0')}`;
    if (atEpochMs >= midnight.getTime()) return `${u.today} ${clock}`;
    midnight.setDate(midnight.getDate() - 1);
    if (atEpochMs >= midnight.getTime()) return `${u.yesterday} ${clock}`;
    return monthDay.format(at);
  }

  return {
    language,
    number,
    duration,
    instant: formatInstant,
    bytes,
    speed: (factor) => number(factor, 2) + '×',
    share: (value) => unit(number(value * 100), '%'),
    day,
    plural: (count, forms) => forms[rules.select(count)] ?? forms.other,
  };
}

export const enFormat = makeFormat('en');
export const ukFormat = makeFormat('uk');

/** JSON of a value inside a sentence, cut where it is long. */
export function shortValue(value: unknown): string {
  const text = value === undefined ? '' : JSON.stringify(value);
  return text.length > 40 ? `${text.slice(0, 39)}…` : text;
}
