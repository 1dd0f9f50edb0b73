import { parseJson } from '../../kernel/json-words';
import { Webhook, WebhookVerificationError } from 'standardwebhooks';

/**
 * Signatures after Standard Webhooks, which are Svix's too: `webhook-id`, `webhook-timestamp`, and in `webhook-signature` a list of
 * `v1,<base64>` of which one has to match. That is how a secret is rotated: senders sign with the old one and the new one.
 * Keys, signatures and errors are those of the library `standardwebhooks` itself; only its clock is handed in.
 */
export const standardToleranceSeconds = 300;

/** `base64`: after an optional `whsec_`. `raw`: the secret is the key, one character a byte. */
export type SecretFormat = 'base64' | 'raw';

export interface StandardMessage {
  readonly id: string;
  /** Unix seconds. */
  readonly timestamp: number;
  readonly body: string;
}

/** One signature, `v1,<base64>`. Throws an `Error` when the secret is empty or malformed. */
export function signStandard(secret: string, message: StandardMessage, format: SecretFormat = 'base64'): string {
  const webhook = new Webhook(secret, optionsFor(format));
  return webhook.sign(message.id, new Date(message.timestamp * 1000), message.body);
}

export interface StandardDelivery {
  /** As received; names in any case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/**
 * The parsed body, or undefined when the body is empty. `now` is what the verifier's clock shows, in Unix seconds. Throws, in this order: an
 * `Error` about the secret, a `WebhookVerificationError` about headers, timestamp or signature, and a `SyntaxError` when all
 * is right but the body is not JSON.
 */
export function verifyStandard(
  secret: string,
  { headers, body }: StandardDelivery,
  now: number,
  format: SecretFormat = 'base64',
): unknown {
  return verifiedBy(new Webhook(secret, optionsFor(format)), { headers, body }, now);
}

function verifiedBy(webhook: Webhook, { headers, body }: StandardDelivery, now: number): unknown {
  // The one step of the library's that reads the machine's clock.
  Object.defineProperty(webhook, 'verifyTimestamp', { value: (header: string) => checkedTimestamp(header, now) });
  try {
    return webhook.verify(body, { ...headers });
  } catch (error) {
    // The signature holds, but the library reads JSON in the words of its engine.
    if (error instanceof SyntaxError) return parseJson(body);
    throw error;
  }
}

/**
 * As `verifyStandard`, but each header may have Svix's name, which hides the standard one even when it is empty. Svix 1.99 brings
 * the library's version 1.0 along, for which `whsec_` alone is a key of no bytes, and nothing at all is no JSON.
 */
export function verifySvix(secret: string, { headers, body }: StandardDelivery, now: number): unknown {
  const received = new Map(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
  const standard = ['id', 'timestamp', 'signature'].map((what) => {
    return [`webhook-${what}`, received.get(`svix-${what}`) ?? received.get(`webhook-${what}`) ?? ''];
  });
  const delivery = { headers: Object.fromEntries(standard) as Record<string, string>, body };
  return verifiedBy(svixWebhook(secret), delivery, now) ?? parseJson(body);
}

function svixWebhook(secret: string): Webhook {
  if (secret !== 'whsec_') return new Webhook(secret);
  return Object.defineProperty(new Webhook('any', { format: 'raw' }), 'key', { value: new Uint8Array(0) });
}

const optionsFor = (format: SecretFormat) => (format === 'raw' ? { format } : undefined);

function checkedTimestamp(header: string, now: number): Date {
  const timestamp = parseInt(header, 10);
  if (Number.isNaN(timestamp)) throw new WebhookVerificationError('Invalid Signature Headers');
  if (now - timestamp > standardToleranceSeconds) throw new WebhookVerificationError('Message timestamp too old');
  if (timestamp > now + standardToleranceSeconds) throw new WebhookVerificationError('Message timestamp too new');
  return new Date(timestamp * 1000);
}
