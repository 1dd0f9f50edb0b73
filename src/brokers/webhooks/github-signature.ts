import { equalInConstantTime, hmacSha256Hex } from './hmac';

/**
 * Signatures of webhooks as GitHub makes them: `X-Hub-Signature-256: sha256=<hex>` over the raw body. Nothing in it tells the time,
 * so a request that was recorded can be sent again. Errors are those of `@octokit/webhooks-methods` 6.
 */
export const githubSignatureHeader = 'x-hub-signature-256';

/** The value of the header. Throws a `TypeError` when the secret or the body is empty. */
export function signGithub(secret: string, body: string): string {
  if (secret === '' || body === '') {
    throw new TypeError('[@octokit/webhooks-methods] secret & payload required for sign()');
  }
  return `sha256=${hmacSha256Hex(secret, body)}`;
}

/** Whether the header's value is right for this body. Throws a `TypeError` when secret, body or value is empty. */
export function verifyGithub(secret: string, body: string, signature: string): boolean {
  if (secret === '' || body === '' || signature === '') {
    throw new TypeError('[@octokit/webhooks-methods] secret, eventPayload & signature required');
  }
  return equalInConstantTime(signature, signGithub(secret, body));
}
