import type { Recovery } from '../broker';
import { wants, type Endpoint } from './parts';
import type { Sender } from './sender';

/** Sends again, one attempt each, what was created since and has failed for good at the endpoint, the oldest first. Returns how many. */
export function recoverFailed(endpoint: Endpoint, sinceMs: number, sender: Sender, cause: number): number {
  const byMessage = new Map(endpoint.sendings.map((sending) => [sending.stored, sending]));
  const failed = endpoint.application.messages.flatMap((stored) => {
    const sending = byMessage.get(stored);
    return sending?.status === 'failed' && stored.createdAtMs >= sinceMs ? [sending] : [];
  });
  for (const sending of failed) sender.resend(sending, cause);
  return failed.length;
}

/** Sends, on its schedule, what was created since, is meant for the endpoint and never went there. Returns how many. */
export function sendMissing(endpoint: Endpoint, sinceMs: number, sender: Sender, cause: number): number {
  if (endpoint.disabled !== undefined) return 0;
  const had = new Set(endpoint.sendings.map(({ stored }) => stored));
  const missed = endpoint.application.messages.filter(
    (stored) => stored.createdAtMs >= sinceMs && !had.has(stored) && wants(endpoint, stored),
  );
  for (const stored of missed) sender.send(stored, endpoint, cause);
  return missed.length;
}

/** Either of these, as an operator asks for it. Says why nothing is sent. */
export function recover(endpoint: Endpoint, what: Recovery, sender: Sender, cause: number): string | undefined {
  const { queue, disabled } = endpoint;
  const { which, sinceMs } = what;
  if (which === 'missing' && disabled !== undefined) return `${queue} is disabled.`;
  const send = which === 'failed' ? recoverFailed : sendMissing;
  if (send(endpoint, sinceMs, sender, cause) > 0) return undefined;
  return which === 'failed'
    ? `Nothing has failed for good at ${queue} since then.`
    : `${queue} has missed nothing since then.`;
}
