import { githubSignatureHeader, verifyGithub } from '../../../brokers/webhooks/github-signature';
import { signStandard, verifySvix } from '../../../brokers/webhooks/standard-signature';
import { stripeSignatureHeader, verifyStripe } from '../../../brokers/webhooks/stripe-signature';
import type { ReceiverScheme } from '../../../log/entry';
import { kindOf } from '../arguments';

/** What came in, as its sender signed it. */
export interface ReceivedRequest {
  /** Names in small letters. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export interface SignatureRule {
  readonly scheme: ReceiverScheme;
  /** One of them has to match: with two a secret can be rotated. */
  readonly secrets: readonly string[];
}

const schemes: readonly string[] = ['standard', 'github', 'stripe'];

/** `'none'`, or a scheme and its secret. Secrets that the scheme cannot use are refused here, before the first request. */
export function signatureRule(given: unknown, call: string): SignatureRule {
  if (given === 'none') return { scheme: 'none', secrets: [] };
  const { scheme, secret } = (typeof given === 'object' && given !== null ? given : {}) as Record<string, unknown>;
  if (typeof scheme !== 'string' || !schemes.includes(scheme))
    throw new TypeError(
      `${call}: verify must be { scheme: 'standard', 'github' or 'stripe', secret } or 'none'; it is ${
        typeof given === 'object' && given !== null ? `an object with the scheme ${kindOf(scheme)}` : kindOf(given)
      }.`,
    );
  const secrets = Array.isArray(secret) ? (secret as unknown[]) : [secret];
  if (secrets.length === 0) throw new TypeError(`${call}: verify.secret must not be an empty list.`);
  return {
    scheme: scheme as ReceiverScheme,
    secrets: secrets.map((each) => secretOf(each, scheme, call)),
  };
}

function secretOf(given: unknown, scheme: string, call: string): string {
  if (typeof given !== 'string' || given.trim() === '' || given === 'whsec_')
    throw new TypeError(
      `${call}: verify.secret must be the secret that the sender signs with; it is ${kindOf(given)}. ` +
        `Without a secret anybody could send events; verify: 'none' says that this is meant.`,
    );
  if (scheme !== 'standard') return given;
  try {
    signStandard(given, { id: 'msg', timestamp: 0, body: '' });
  } catch (error) {
    throw new TypeError(
      `${call}: verify.secret is no secret of Standard Webhooks, which is base64 after whsec_: ${(error as Error).message}`,
      { cause: error },
    );
  }
  return given;
}

/** Why a request does not verify; undefined when it does. `now`: what the receiver's clock shows, in Unix seconds. */
export function signatureProblem(rule: SignatureRule, request: ReceivedRequest, now: number): Error | undefined {
  let problem: Error | undefined;
  for (const secret of rule.secrets) {
    problem = problemWith(rule.scheme, secret, request, now);
    if (problem === undefined) return undefined;
  }
  return problem;
}

function problemWith(scheme: ReceiverScheme, secret: string, request: ReceivedRequest, now: number): Error | undefined {
  try {
    verify(scheme, secret, request, now);
    return undefined;
  } catch (error) {
    // The last step of the libraries: the signature was right, and that the body is no JSON is not what is asked here.
    return error instanceof SyntaxError ? undefined : (error as Error);
  }
}

function verify(scheme: ReceiverScheme, secret: string, { headers, body }: ReceivedRequest, now: number): void {
  if (scheme === 'standard') verifySvix(secret, { headers, body }, now);
  if (scheme === 'stripe') verifyStripe(secret, { body, signature: headers[stripeSignatureHeader] }, { now });
  if (scheme === 'github' && !verifyGithub(secret, body, headers[githubSignatureHeader] ?? ''))
    throw new Error('The signature does not match the body.');
}

/** What tells an event from others of its sender: the id that the scheme gives it. Undefined: it has none. */
export function keyOf(
  scheme: ReceiverScheme,
  headers: Readonly<Record<string, string>>,
  body: unknown,
): string | undefined {
  const ofBody = (body as { readonly id?: unknown } | null | undefined)?.id;
  const key =
    scheme === 'standard'
      ? (headers['svix-id'] ?? headers['webhook-id'])
      : scheme === 'github'
        ? headers['x-github-delivery']
        : typeof ofBody === 'string' || typeof ofBody === 'number'
          ? String(ofBody)
          : undefined;
  return key === '' ? undefined : key;
}
