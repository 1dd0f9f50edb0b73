import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { readCurl } from '../../../src/clients/curl/curl-command';
import { blocks } from '../../../src/clients/curl/problem';
import { curlCommandOf, headerPairs, type SentRequest, sentBy } from '../../../src/clients/curl/write-curl';

interface CurlCase {
  readonly name: string;
  readonly command: string;
  readonly files?: Readonly<Record<string, string>>;
}

const corpus = JSON.parse(readFileSync(new URL('../../conformance/webhooks/curl.json', import.meta.url), 'utf8')) as
  | { readonly cases: readonly CurlCase[] }
  | readonly CurlCase[];
const cases = 'cases' in corpus ? corpus.cases : corpus;

/** The order of headers is curl's own. */
const comparable = ({ headers, ...rest }: SentRequest) => ({
  ...rest,
  headers: headerPairs({ headers, ...rest })
    .map((pair) => pair.join(': '))
    .sort(),
});

const readAs = (text: string): SentRequest[] => readCurl(text).requests.map(sentBy);

describe('a request written as a curl command', () => {
  test('is read back as the same request, whatever command it came from', () => {
    let read = 0;
    for (const { command, files = {} } of cases) {
      const { requests, problems } = readCurl(command, { files });
      if (problems.some(blocks)) continue;
      for (const request of requests.map(sentBy)) {
        // What has no Host cannot be sent from outside, and a body that was cut short is written whole.
        const names = headerPairs(request).map(([name]) => name.toLowerCase());
        if (!names.includes('host') || names.includes('transfer-encoding')) continue;
        const [again] = readAs(curlCommandOf(request));
        expect(comparable(again!), command).toEqual(comparable(request));
        read++;
      }
    }
    expect(read).toBeGreaterThan(20);
  });

  test('looks as one would write it', () => {
    const [request] = readAs(
      `curl -X POST http://localhost:5000/webhook/order -H "Content-Type: application/json" -d '{"it": "isn'\\''t"}'`,
    );
    expect(curlCommandOf(request!)).toBe(
      `curl -X POST http://localhost:5000/webhook/order \\
  -H 'Content-Type: application/json' \\
  -d '{"it": "isn'\\''t"}'`,
    );
    expect(curlCommandOf(readAs('curl localhost:3000/a?b=1')[0]!)).toBe(`curl 'http://localhost:3000/a?b=1'`);
  });

  test('says what curl would add and this one does not have', () => {
    const bare = { method: 'GET', url: 'http://orders/', headers: ['Host', 'orders'] };
    expect(readAs(curlCommandOf(bare)).map(({ headers }) => headers)).toEqual([['Host', 'orders']]);
  });
});
