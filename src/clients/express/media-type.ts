import { remembered } from './remembered';

const short: Readonly<Record<string, string>> = {
  json: 'application/json',
  html: 'text/html',
  text: 'text/plain',
  txt: 'text/plain',
  xml: 'application/xml',
  bin: 'application/octet-stream',
  css: 'text/css',
  csv: 'text/csv',
  js: 'text/javascript',
  htm: 'text/html',
  yaml: 'text/yaml',
  gif: 'image/gif',
  ico: 'image/vnd.microsoft.icon',
  ics: 'text/calendar',
  jpeg: 'image/jpeg',
  jpg: 'image/jpeg',
  md: 'text/markdown',
  mjs: 'text/javascript',
  mp4: 'video/mp4',
  png: 'image/png',
  svg: 'image/svg+xml',
  pdf: 'application/pdf',
  wasm: 'application/wasm',
  webp: 'image/webp',
  zip: 'application/zip',
};

/** What only `type-is` calls so. */
const ofBodies: Readonly<Record<string, string>> = {
  urlencoded: 'application/x-www-form-urlencoded',
  multipart: 'multipart/*',
};

/** `json`, `.json` and `a.json` as a media type; undefined when nobody knows it. */
export function knownType(name: string): string | undefined {
  return name.includes('/') ? name : short[name.slice(name.lastIndexOf('.') + 1).toLowerCase()];
}

/** As `knownType`: what is not known is bytes. */
export function mediaType(name: string): string {
  return knownType(name) ?? 'application/octet-stream';
}

/** With the character set that express adds. */
export const contentType = remembered((name: string): string => {
  const type = mediaType(name);
  return /^text\/|^application\/(?:json|javascript)$/i.test(type) && !type.includes('charset')
    ? `${type}; charset=utf-8`
    : type;
});

/** With the character set in which texts are sent. */
export const withCharset = remembered((type: string) => type.replace(/;\s*charset=[^;]*/i, '') + '; charset=utf-8');

/** Which of the wanted types a message's type is, as `type-is` answers; false for none. */
export function typeIs(header: string | undefined, wanted: readonly string[]): string | false {
  const actual = header?.split(';')[0]?.trim().toLowerCase();
  if (actual === undefined || !/^[^\s/]+\/[^\s/]+$/.test(actual)) return false;
  if (wanted.length === 0) return actual;
  for (const each of wanted) {
    const full = each.startsWith('+') ? `*/*${each}` : each.includes('/') ? each : (ofBodies[each] ?? knownType(each));
    if (full !== undefined && matches(full, actual)) return each.startsWith('+') || each.includes('*') ? actual : each;
  }
  return false;
}

function matches(pattern: string, actual: string): boolean {
  const [type, subtype = ''] = pattern.split('/');
  const [actualType, actualSubtype = ''] = actual.split('/');
  if (type !== '*' && type !== actualType) return false;
  if (subtype.startsWith('*+')) return actualSubtype.endsWith(subtype.slice(1));
  return subtype === '*' || subtype === actualSubtype;
}
