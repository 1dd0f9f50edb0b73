import { type CurlReading, readCurl } from '../../../clients/curl/curl-command';
import type { Problem } from '../../../clients/curl/problem';
import { curlVersion, type CurlRequest } from '../../../clients/curl/request';
import { firstDifference } from '../rabbitmq/first-difference';

/** Replays a recorded command line: what is understood of it against what curl sent and said. */
export function replayCurlCase(recorded: unknown): string | undefined {
  const { command, files, ...expected } = recorded as CurlCase;
  const got = readCurl(command, { ...(files && { files }) });
  const { exitCode, error, warnings, requests } = expected;
  return firstDifference(
    { exitCode, error, warnings, requests: requests.map((request) => comparable(request)) },
    {
      exitCode: got.exitCode,
      error: got.problems.map(errorOf).find((text) => text !== undefined && text !== ''),
      warnings: warningsOf(got),
      requests: got.requests.map(({ host: _host, port: _port, ...request }) => comparable(request)),
    },
  );
}

type Header = readonly [name: string, value: string];

type RecordedRequest = Omit<CurlRequest, 'host' | 'port'>;

interface CurlCase {
  readonly command: string;
  readonly files?: Readonly<Record<string, string>>;
  readonly exitCode: number;
  readonly error?: string;
  readonly warnings?: readonly string[];
  readonly requests: readonly RecordedRequest[];
}

const errorOf = (problem: Problem): string | undefined =>
  problem.type === 'failed' && problem.silent !== true ? problem.text : undefined;

function warningsOf({ problems }: CurlReading): readonly string[] | undefined {
  const lines = problems.flatMap((problem) =>
    problem.type === 'warned' && problem.silent !== true ? problem.lines : [],
  );
  return lines.length > 0 ? lines : undefined;
}

/** Without what no two curls agree on: the boundary of a form, the length it makes, and curl's own version. */
function comparable({ headers, body, multipart, ...rest }: RecordedRequest): unknown {
  const boundary = headers.map(([, value]) => /boundary=(.*)$/.exec(value)?.[1]).find((found) => found !== undefined);
  const named = (text: string): string =>
    (boundary === undefined ? text : text.replaceAll(boundary, 'BOUNDARY')).replace(/-{24}\w{16}/g, 'INNER');
  const kept = headers.filter(([name, value]) => {
    if (name.toLowerCase() === 'content-length') return boundary === undefined;
    return !(name.toLowerCase() === 'user-agent' && value === `curl/${curlVersion}`);
  });
  return {
    ...rest,
    headers: kept.map(([name, value]): Header => [name.toLowerCase(), named(value)]),
    body: named(body),
    multipart: multipart?.map((part) => JSON.parse(named(JSON.stringify(part))) as unknown),
  };
}
