import { githubSignatureHeader, signGithub, verifyGithub } from '../../../brokers/webhooks/github-signature';
import { signStandard, verifyStandard, verifySvix } from '../../../brokers/webhooks/standard-signature';
import { signStripe, stripeSignatureHeader, verifyStripe } from '../../../brokers/webhooks/stripe-signature';
import { unreachable } from '../../../kernel/assert';
import { firstDifference } from '../rabbitmq/first-difference';

/** Replays a recorded case of signing or verifying a webhook. */
export function replaySignatureCase(recorded: unknown): string | undefined {
  const one = recorded as SignatureCase;
  return one.op === 'sign' ? differenceInSignature(one) : differenceInVerdict(one);
}

interface CaseBase {
  readonly area: 'standard-webhooks' | 'svix' | 'github' | 'stripe';
  readonly secret: string;
  readonly secretFormat?: 'raw';
  readonly body: string;
}

interface SignCase extends CaseBase {
  readonly op: 'sign';
  readonly msgId?: string;
  readonly timestamp?: number;
  readonly expect: { readonly signature: string } | { readonly header: string; readonly value: string };
}

interface VerifyCase extends CaseBase {
  readonly op: 'verify';
  readonly headers: Readonly<Record<string, string>>;
  readonly now?: number;
  readonly tolerance?: number;
  readonly expect: Verdict;
}

type SignatureCase = SignCase | VerifyCase;

interface Verdict {
  readonly ok: boolean;
  readonly payload?: unknown;
  readonly returnsUndefined?: boolean;
  readonly errorType?: string;
  readonly message?: string;
}

function differenceInSignature({ area, secret, secretFormat, body, msgId = '', timestamp = 0, expect }: SignCase) {
  switch (area) {
    case 'standard-webhooks':
    case 'svix':
      return firstDifference(expect, { signature: signStandard(secret, { id: msgId, timestamp, body }, secretFormat) });
    case 'github':
      return firstDifference(expect, { header: githubSignatureHeader, value: signGithub(secret, body) });
    case 'stripe':
      return firstDifference(expect, { header: stripeSignatureHeader, value: signStripe(secret, timestamp, body) });
    default:
      return unreachable(area);
  }
}

function differenceInVerdict(recorded: VerifyCase): string | undefined {
  const { expect } = recorded;
  const got = verdictOn(recorded);
  // How a body is not JSON is said in the words of the engine.
  if (expect.errorType === 'SyntaxError' && got.errorType === 'SyntaxError') return undefined;
  return firstDifference(expect, got);
}

function verdictOn(recorded: VerifyCase): Verdict {
  try {
    return verify(recorded);
  } catch (error) {
    const { name, message } = error as Error;
    return { ok: false, errorType: name, message: message.split('\n', 1)[0]!.trimEnd() };
  }
}

function verify({ area, secret, secretFormat, headers, body, now = 0, tolerance }: VerifyCase): Verdict {
  const header = (wanted: string): string | undefined =>
    Object.entries(headers).find(([name]) => name.toLowerCase() === wanted)?.[1];
  switch (area) {
    case 'standard-webhooks':
      return accepted(verifyStandard(secret, { headers, body }, now, secretFormat));
    case 'svix':
      return accepted(verifySvix(secret, { headers, body }, now));
    case 'github':
      return { ok: verifyGithub(secret, body, header(githubSignatureHeader) ?? '') };
    case 'stripe': {
      const signature = header(stripeSignatureHeader);
      return accepted(verifyStripe(secret, { body, signature }, { now, toleranceSeconds: tolerance }));
    }
    default:
      return unreachable(area);
  }
}

const accepted = (payload: unknown): Verdict =>
  payload === undefined ? { ok: true, returnsUndefined: true } : { ok: true, payload };
