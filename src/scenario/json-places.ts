import { pathTo } from './reader';

/** Offsets into the text. */
export interface JsonPlace {
  /** The key with its quotes; where there is none, the value. */
  readonly key: JsonSpan;
  readonly value: JsonSpan;
}

export interface JsonSpan {
  readonly from: number;
  readonly to: number;
}

/** Where everything in a JSON text stands, by the paths that problems are named with: `processes[1].file`. */
export type JsonPlaces = ReadonlyMap<string, JsonPlace>;

/** Only for a text that `JSON.parse` takes. Of equal keys the last one counts, as there. */
export function jsonPlaces(text: string): JsonPlaces {
  const places = new Map<string, JsonPlace>();
  readValue({ text, places, at: 0 }, '', undefined);
  return places;
}

/** The place of `path`, or of the nearest thing around it when it is not there. */
export function placeOfPath(places: JsonPlaces, path: string): JsonPlace | undefined {
  for (let around = path; ; around = around.replace(lastStep, '')) {
    const place = places.get(around);
    if (place !== undefined || around === '') return place;
  }
}

const lastStep = /(?:^|\.)[^.[\]]+$|\[(?:\d+|"(?:\\.|[^"\\])*")\]$/;

/** Counted from 1, as editors do. */
export function lineAndColumn(text: string, offset: number): { readonly line: number; readonly column: number } {
  const before = text.slice(0, offset).split('\n');
  return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
}

interface Reading {
  readonly text: string;
  readonly places: Map<string, JsonPlace>;
  at: number;
}

const space = /\s*/y;
const string = /"(?:\\.|[^"\\])*"/y;
const scalar = /[^\s,:[\]{}"]+/y;

function readValue(reading: Reading, path: string, key: JsonSpan | undefined): void {
  skip(reading, space);
  const from = reading.at;
  const open = reading.text[from];
  if (open === '{' || open === '[') readItems(reading, path, open === '[');
  else skip(reading, open === '"' ? string : scalar);
  const value = { from, to: reading.at };
  reading.places.set(path, { key: key ?? value, value });
}

function readItems(reading: Reading, path: string, isList: boolean): void {
  reading.at += 1;
  for (let index = 0; reading.at < reading.text.length; index += 1) {
    skip(reading, space);
    const char = reading.text[reading.at];
    if (char === ']' || char === '}' || char === ',') {
      reading.at += 1;
      if (char !== ',') return;
      skip(reading, space);
    }
    if (isList) readValue(reading, `${path}[${index}]`, undefined);
    else readMember(reading, path);
  }
}

function readMember(reading: Reading, path: string): void {
  const from = reading.at;
  skip(reading, string);
  const key = { from, to: reading.at };
  skip(reading, space);
  reading.at += 1;
  readValue(reading, pathTo(path, JSON.parse(reading.text.slice(key.from, key.to)) as string), key);
}

function skip(reading: Reading, pattern: RegExp): void {
  pattern.lastIndex = reading.at;
  if (pattern.test(reading.text)) reading.at = pattern.lastIndex;
}
