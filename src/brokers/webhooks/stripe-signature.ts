import { parseJson } from '../../kernel/json-words';
import { equalInConstantTime, hmacSha256Hex } from './hmac';

/**
 * Signatures of webhooks as Stripe makes them: `Stripe-Signature: t=<seconds>,v1=<hex>` over `<seconds>.<body>`. The whole
 * secret is the key, `whsec_` included. Order of checks and sentences are those of `stripe` 23: body, header, secret, signature
 * and only then the age; a timestamp in the future is never refused.
 */
export const stripeSignatureHeader = 'stripe-signature';

export const stripeToleranceSeconds = 300;

const scheme = 'v1';

export class StripeSignatureVerificationError extends Error {
  override readonly name = 'StripeSignatureVerificationError';
}

/** The value of the header. `timestamp` in Unix seconds. */
export function signStripe(secret: string, timestamp: number, body: string): string {
  return `t=${timestamp},${scheme}=${hmacSha256Hex(secret, `${timestamp}.${body}`)}`;
}

export interface StripeDelivery {
  readonly body: string;
  /** Value of the header, undefined when there was none. */
  readonly signature: string | undefined;
}

export interface StripeCheck {
  /** What the verifier's clock shows, in Unix seconds. */
  readonly now: number;
  /** How old a signature may be; 0 leaves the age unchecked. Default 300. */
  readonly toleranceSeconds?: number | undefined;
}

/**
 * The parsed event. Throws a `StripeSignatureVerificationError` with Stripe's sentence, or a `SyntaxError` when the signature is right and
 * the body is not JSON.
 */
export function verifyStripe(secret: string, { body, signature }: StripeDelivery, check: StripeCheck): unknown {
  if (body === '') throw new StripeSignatureVerificationError('No webhook payload was provided.');
  if (signature === undefined || signature === '') {
    throw new StripeSignatureVerificationError('No stripe-signature header value was provided.');
  }
  const { timestamp, signatures } = readHeader(signature);
  if (/^[ \t\r\n\f\v]*$/.test(secret)) {
    throw new StripeSignatureVerificationError('No webhook secret value was provided. It should start with `whsec_`');
  }
  const expected = hmacSha256Hex(secret, `${timestamp}.${body}`);
  const matching = signatures.filter((each) => {
    if (each === undefined || each === '') throw new Error('secureCompare must receive two arguments');
    // As many characters but more bytes: this is where Node's own comparison gives up.
    if (each.length === expected.length && /[^\x20-\x7e]/.test(each)) {
      throw new RangeError('Input buffers must have the same byte length');
    }
    return equalInConstantTime(each, expected);
  });
  if (matching.length === 0) throw new StripeSignatureVerificationError(noMatch(secret));
  const { now, toleranceSeconds = stripeToleranceSeconds } = check;
  if (toleranceSeconds > 0 && now - timestamp > toleranceSeconds) {
    throw new StripeSignatureVerificationError('Timestamp outside the tolerance zone');
  }
  return parseJson(body);
}

function readHeader(header: string): { timestamp: number; signatures: (string | undefined)[] } {
  let timestamp = -1;
  const signatures: (string | undefined)[] = [];
  for (const item of header.split(',')) {
    const [name, value] = item.split('=');
    if (name === 't') timestamp = parseInt(value ?? '', 10);
    if (name === scheme) signatures.push(value);
  }
  if (timestamp === -1) {
    throw new StripeSignatureVerificationError('Unable to extract timestamp and signatures from header');
  }
  if (signatures.length === 0) throw new StripeSignatureVerificationError('No signatures found with expected scheme');
  return { timestamp, signatures };
}

function noMatch(secret: string): string {
  const whitespace = /\s/.test(secret)
    ? '\n\nNote: The provided signing secret contains whitespace. This often indicates an extra newline or space is in the value'
    : '';
  return (
    'No signatures found matching the expected signature for payload.' +
    ' Are you passing the raw request body you received from Stripe? \n' +
    ' If a webhook request is being forwarded by a third-party tool,' +
    ' ensure that the exact request body, including JSON formatting and new line style, is preserved.\n' +
    '\nLearn more about webhook signing and explore webhook integration examples for various frameworks at ' +
    `https://docs.stripe.com/webhooks/signature\n${whitespace}`
  );
}
