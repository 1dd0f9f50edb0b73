import type { Intervention } from '../../log/entry';
import { requestTarget } from '../http/request-url';
import { encodedLength } from '../node/encoding';
import { curlVersion, type CurlRequest } from './request';

/** A request as an intervention has it. */
export type SentRequest = Omit<Extract<Intervention, { readonly type: 'http.request' }>, 'type' | 'atMs'>;

/** What curl would send, as a request from outside. */
export function sentBy({ scheme, host, port, method, path, query, headers, body }: CurlRequest): SentRequest {
  const at = port === (scheme === 'https' ? 443 : 80) ? host : `${host}:${String(port)}`;
  const url = `${scheme}://${at}${path}${query === null ? '' : `?${query}`}`;
  return { method, url, headers: headers.flat(), ...(body !== '' && { body }) };
}

type Header = readonly [name: string, value: string];

/** The headers in pairs, without those that curl adds by itself. */
export function ownHeaders(request: SentRequest): readonly Header[] {
  const byCurl = addedByCurl(request);
  return headerPairs(request).filter(([name, value]) => byCurl.get(name.toLowerCase()) !== value);
}

export function headerPairs({ headers }: SentRequest): readonly Header[] {
  return headers.flatMap((name, at): Header[] => (at % 2 === 0 ? [[name, headers[at + 1] ?? '']] : []));
}

/** The command that makes curl 7.88 send this request. Only the order of headers may differ. */
export function curlCommandOf(request: SentRequest): string {
  const { method, url, body } = request;
  const target = requestTarget(url);
  const isStar = target?.path === '*';
  const options = [
    ...(method === 'HEAD' && body === undefined ? ['--head'] : []),
    ...(method === 'HEAD' && body === undefined ? [] : method === 'GET' && body === undefined ? [] : [`-X ${method}`]),
    ...(/[[\]{}]/.test(target?.path ?? '') ? ['-g'] : []),
    ...(/\/\.{1,2}(?:[/?]|$)/.test(target?.path ?? '') ? ['--path-as-is'] : []),
    ...(isStar ? [`--request-target '*'`] : []),
  ];
  const given = new Set(headerPairs(request).map(([name]) => name.toLowerCase()));
  const lines = [
    ['curl', ...options, quoted(isStar ? url.replace(/\*$/, '') : url)].join(' '),
    ...ownHeaders(request).map(([name, value]) => `-H ${quoted(value === '' ? `${name};` : `${name}: ${value}`)}`),
    ...[...addedByCurl(request)]
      .filter(([name]) => !given.has(name) && name !== 'host' && name !== 'content-length')
      .map(([name]) => `-H ${quoted(`${headerCase(name)}:`)}`),
    ...(body === undefined ? [] : [`${body.startsWith('@') ? '--data-raw' : '-d'} ${quoted(body)}`]),
  ];
  return lines.join(' \\\n  ');
}

/** By name in lower case. */
function addedByCurl({ url, body }: SentRequest): ReadonlyMap<string, string> {
  const host = requestTarget(url)?.host;
  return new Map([
    ...(host === undefined ? [] : [['host', host] as const]),
    ['user-agent', `curl/${curlVersion}`],
    ['accept', '*/*'],
    ...(body === undefined
      ? []
      : ([
          ['content-length', String(encodedLength(body, 'utf8'))],
          ['content-type', 'application/x-www-form-urlencoded'],
        ] as const)),
  ]);
}

const headerCase = (name: string): string => name.replace(/(^|-)[a-z]/g, (letter) => letter.toUpperCase());

/** For a shell: bare where nothing in it means anything there. */
function quoted(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", String.raw`'\''`)}'`;
}
