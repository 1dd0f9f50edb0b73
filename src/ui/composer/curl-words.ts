import { requestTarget } from '../../clients/http/request-url';
import type { Exchange } from '../../projections/exchange';

/** What curl 7.88 prints when there is no answer; undefined while there is one, or may be. */
export function curlFailure({ failed, answered, received }: Exchange, url: string): string | undefined {
  if (failed === undefined) return undefined;
  const { hostname = '', port = 80 } = requestTarget(url) ?? {};
  const ms = Math.round(failed.tookMs);
  switch (failed.code) {
    case 'ENOTFOUND':
      return `curl: (6) Could not resolve host: ${hostname}`;
    case 'ECONNREFUSED':
      return `curl: (7) Failed to connect to ${hostname} port ${String(port)} after ${String(ms)} ms: Couldn't connect to server`;
    case 'ETIMEDOUT':
      return received === undefined
        ? `curl: (28) Failed to connect to ${hostname} port ${String(port)} after ${String(ms)} ms: Couldn't connect to server`
        : 'curl: (56) Recv failure: Connection timed out';
    default:
      return answered === undefined
        ? 'curl: (52) Empty reply from server'
        : 'curl: (18) transfer closed with outstanding read data remaining';
  }
}
