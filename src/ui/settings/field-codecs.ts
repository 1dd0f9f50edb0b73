import type { Language } from '../text/format';

/**
 * How a value of the document stands in a field of the form, and back. What a reader cannot make sense of comes back as
 * the text that was typed: the document then holds that text, says what is wrong with it, and nothing typed is lost.
 */
export interface FieldCodec {
  readonly show: (value: unknown) => string;
  /** `undefined` for an empty field: the default. */
  readonly read: (text: string) => unknown;
  /** A value can be written in several ways, so that the field says which one was understood. */
  readonly hasUnits?: true;
}

export interface FieldCodecs {
  readonly text: FieldCodec;
  readonly whole: FieldCodec;
  /** Milliseconds in the document. A bare number is meant in milliseconds. */
  readonly shortTime: FieldCodec;
  /** The same, but a bare number is meant in seconds. */
  readonly longTime: FieldCodec;
  /** As `shortTime`, before or after: with a sign. */
  readonly signedTime: FieldCodec;
  /** From 0 to 1 in the document, percent in the field. */
  readonly share: FieldCodec;
  readonly speed: FieldCodec;
  /** Times one after another, with commas between: `0 ms, 5 s, 5 min`. A bare number is meant in seconds. */
  readonly times: FieldCodec;
  /** Names with commas between. */
  readonly names: FieldCodec;
  readonly args: FieldCodec;
  readonly env: FieldCodec;
  /** Lists of names: commas between names, `|` between lists. */
  readonly groups: FieldCodec;
}

interface Unit {
  readonly names: readonly string[];
  readonly ms: number;
}

/** Both languages are understood whichever is on: links and habits travel. */
const units: readonly Unit[] = [
  { names: ['h', 'год'], ms: 3_600_000 },
  { names: ['min', 'хв', 'm'], ms: 60_000 },
  { names: ['s', 'с', 'sec'], ms: 1_000 },
  { names: ['ms', 'мс'], ms: 1 },
];

/** The milliseconds of `1.5 s`, `2 min 30 s`, `60`; nothing for what is no duration. */
export function parseDuration(text: string, bareUnitMs: number): number | undefined {
  const part = /\s*(\d+(?:[.,]\d+)?|[.,]\d+)\s*(\p{L}*)/uy;
  let [sum, end] = [0, 0];
  while (end < text.trimEnd().length) {
    part.lastIndex = end;
    const match = part.exec(text);
    if (match === null) return undefined;
    const [, digits = '', name = ''] = match;
    const unitMs = name === '' ? bareUnitMs : units.find(({ names }) => names.includes(name.toLowerCase()))?.ms;
    if (unitMs === undefined || (name === '' && part.lastIndex < text.trimEnd().length)) return undefined;
    sum += Number(digits.replace(',', '.')) * unitMs;
    end = part.lastIndex;
  }
  // Whole microseconds, as the links have them: 0.1 s would not be 100 ms otherwise.
  return end === 0 ? undefined : Math.round(sum * 1_000) / 1_000;
}

/** The same with a sign in front: `-5 min`. */
export function parseSignedDuration(text: string, bareUnitMs: number): number | undefined {
  const [, sign = '', rest = ''] = /^\s*([-−+]?)(.*)$/su.exec(text) ?? [];
  const ms = parseDuration(rest, bareUnitMs);
  return ms === undefined || ms === 0 || !/[-−]/.test(sign) ? ms : -ms;
}

/** What stands between commas. One that a digit follows belongs to a number. */
function itemsOf(text: string): readonly string[] {
  return text
    .split(/[,;](?!\d)/)
    .map((each) => each.trim())
    .filter((each) => each !== '');
}

function readTimes(text: string): readonly number[] | undefined {
  const times = itemsOf(text).map((each) => parseDuration(each, 1_000));
  return times.every((each) => each !== undefined) ? times : undefined;
}

/** Exact, in the largest units that fit: `800 ms`, `1.5 s`, `2 min 30 s`, `8 h`. */
export function exactDuration(ms: number, language: Language): string {
  if (ms < 0) return `−${exactDuration(-ms, language)}`;
  const nameAt = language === 'uk' ? 1 : 0;
  const write = (count: number, unit: Unit): string => `${decimal(count, language)}\u00a0${unit.names[nameAt]!}`;
  const [hour, minute, second, milli] = units as [Unit, Unit, Unit, Unit];
  if (ms < 1_000) return write(ms, milli);
  const hours = Math.floor(ms / hour.ms);
  const minutes = Math.floor((ms % hour.ms) / minute.ms);
  const seconds = Math.round((ms % minute.ms) * 1_000) / 1_000_000;
  const parts: readonly (readonly [number, Unit])[] = [
    [hours, hour],
    [minutes, minute],
    [seconds, second],
  ];
  return parts.flatMap(([count, unit]) => (count > 0 ? [write(count, unit)] : [])).join('\u00a0');
}

function decimal(value: number, language: Language): string {
  const text = String(Number(value.toPrecision(15)));
  return language === 'uk' ? text.replace('.', ',') : text;
}

/** Of `1,5`, `.5`, `20 %`, `0.5×`: the number before `unit`. */
function numberIn(text: string, unit: RegExp): number | undefined {
  const digits = text.trim().replace(unit, '').trim().replace(',', '.');
  return /^-?(?:\d+\.?\d*|\.\d+)$/.test(digits) ? Number(digits) : undefined;
}

/** Arguments as a shell reads them: between blanks, in quotes where they hold blanks. Nothing when a quote is open. */
export function splitArguments(text: string): readonly string[] | undefined {
  const found: string[] = [];
  const argument = /\s*((?:[^\s"'\\]|\\[^]|"(?:[^"\\]|\\[^])*"|'[^']*')+)/y;
  let end = 0;
  while (end < text.trimEnd().length) {
    argument.lastIndex = end;
    const match = argument.exec(text);
    if (match === null) return undefined;
    found.push(
      match[1]!.replace(
        /"((?:[^"\\]|\\[^])*)"|'([^']*)'|\\([^])/g,
        (_, double?: string, single?: string, escaped?: string) =>
          double?.replace(/\\([^])/g, '$1') ?? single ?? escaped ?? '',
      ),
    );
    end = argument.lastIndex;
  }
  return found;
}

export function joinArguments(args: readonly string[]): string {
  return args.map((each) => (/^[^\s"'\\]+$/.test(each) ? each : `"${each.replace(/["\\]/g, '\\$&')}"`)).join(' ');
}

/** Variables, one `NAME=value` a line; a value in double quotes may hold `\n`. Nothing when a line is none, or a name comes twice. */
export function readVariables(text: string): Readonly<Record<string, string>> | undefined {
  const found = new Map<string, string>();
  for (const line of text.split('\n').filter((each) => each.trim() !== '')) {
    const [, name = '', written = ''] = /^\s*([^\s=]+)\s*=\s*(.*?)\s*$/.exec(line) ?? [];
    const value = written.startsWith('"') ? jsonText(written) : written;
    if (name === '' || value === undefined || found.has(name)) return undefined;
    found.set(name, value);
  }
  return Object.fromEntries(found);
}

export function writeVariables(variables: Readonly<Record<string, string>>): string {
  return Object.entries(variables)
    .map(([name, value]) => `${name}=${/^[^\s"](?:[^\n\r]*\S)?$|^$/.test(value) ? value : JSON.stringify(value)}`)
    .join('\n');
}

export function readGroups(text: string): readonly (readonly string[])[] {
  return text.split('|').map((group) =>
    group
      .split(',')
      .map((name) => name.trim())
      .filter((name) => name !== ''),
  );
}

export function writeGroups(groups: readonly (readonly string[])[]): string {
  return groups.map((group) => group.join(', ')).join(' | ');
}

function jsonText(written: string): string | undefined {
  try {
    const value: unknown = JSON.parse(written);
    return typeof value === 'string' ? value : undefined;
  } catch {
    return undefined;
  }
}

type Kinds = {
  text: string;
  number: number;
  numbers: readonly number[];
  texts: readonly string[];
  variables: Readonly<Record<string, string>>;
  groups: readonly (readonly string[])[];
};

const isKind: { readonly [K in keyof Kinds]: (value: unknown) => value is Kinds[K] } = {
  text: (value): value is string => typeof value === 'string',
  number: (value): value is number => typeof value === 'number',
  numbers: (value): value is readonly number[] => Array.isArray(value) && value.every(isKind.number),
  texts: (value): value is readonly string[] => Array.isArray(value) && value.every(isKind.text),
  groups: (value): value is readonly (readonly string[])[] => Array.isArray(value) && value.every(isKind.texts),
  variables: (value): value is Readonly<Record<string, string>> =>
    typeof value === 'object' && value !== null && !Array.isArray(value) && Object.values(value).every(isKind.text),
};

/** A value of another kind is shown as the document has it. */
function codec<K extends keyof Kinds>(
  kind: K,
  show: (value: Kinds[K]) => string,
  read: (text: string) => Kinds[K] | undefined,
): FieldCodec {
  return {
    show: (value) => {
      if (value === undefined) return '';
      if (isKind[kind](value)) return show(value);
      return typeof value === 'string' ? value : JSON.stringify(value);
    },
    read: (text) => (text.trim() === '' ? undefined : (read(text) ?? text)),
  };
}

export function fieldCodecs(language: Language): FieldCodecs {
  const time = (bareUnitMs: number): FieldCodec => ({
    ...codec(
      'number',
      (ms) => exactDuration(ms, language),
      (text) => parseDuration(text, bareUnitMs),
    ),
    hasUnits: true,
  });
  const number = (unit: string, factor: number, pattern: RegExp): FieldCodec =>
    codec(
      'number',
      (value) => decimal(Number((value * factor).toPrecision(12)), language) + unit,
      (text) => {
        const value = numberIn(text, pattern);
        return value === undefined ? undefined : Number((value / factor).toPrecision(12));
      },
    );
  return {
    text: { show: codec('text', String, String).show, read: (text) => text },
    whole: number('', 1, /$^/),
    shortTime: time(1),
    longTime: time(1_000),
    signedTime: {
      ...codec(
        'number',
        (ms) => exactDuration(ms, language),
        (text) => parseSignedDuration(text, 1),
      ),
      hasUnits: true,
    },
    share: number('\u00a0%', 100, /%$/),
    speed: number('×', 1, /[×xх]$/i),
    times: {
      ...codec(
        'numbers',
        (all) => all.map((ms) => exactDuration(ms, language)).join(', '),
        (text) => readTimes(text),
      ),
      hasUnits: true,
    },
    names: codec(
      'texts',
      (all) => all.join(', '),
      (text) => itemsOf(text),
    ),
    args: codec('texts', joinArguments, splitArguments),
    env: codec('variables', writeVariables, readVariables),
    groups: codec('groups', writeGroups, readGroups),
  };
}
