import { describe, expect, test } from 'vitest';
import { signGithub, verifyGithub } from '../../../src/brokers/webhooks/github-signature';
import { signStandard, verifyStandard, verifySvix } from '../../../src/brokers/webhooks/standard-signature';
import { signStripe, verifyStripe } from '../../../src/brokers/webhooks/stripe-signature';

/** Whether the recorded ones come out is `npm run conformance`'s to say; here is what no recording can hold: the way round. */
const body = '{"order_id": 777, "status": "створено"}';
const now = 1_700_000_000;
const oldSecret = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';
const newSecret = 'whsec_YW5vdGhlci1zZWNyZXQtb2Ytc29tZS1sZW5ndGgtMTIzNA==';

const headersOf = (signature: string, timestamp = now) => ({
  'webhook-id': 'msg_1',
  'webhook-timestamp': String(timestamp),
  'webhook-signature': signature,
});

describe('a signature', () => {
  test('is accepted by the verifier of its own kind', () => {
    const message = { id: 'msg_1', timestamp: now, body };
    const headers = headersOf(signStandard(oldSecret, message));
    expect(verifyStandard(oldSecret, { headers, body }, now)).toEqual(JSON.parse(body));
    expect(verifySvix(oldSecret, { headers, body }, now)).toEqual(JSON.parse(body));
    expect(verifyGithub('secret', body, signGithub('secret', body))).toBe(true);
    const signature = signStripe('secret', now, body);
    expect(verifyStripe('secret', { body, signature }, { now })).toEqual(JSON.parse(body));
  });

  test('made with the old secret and the new one is accepted by whoever knows either', () => {
    const message = { id: 'msg_1', timestamp: now, body };
    const headers = headersOf(`${signStandard(oldSecret, message)} ${signStandard(newSecret, message)}`);
    for (const secret of [oldSecret, newSecret]) {
      expect(verifyStandard(secret, { headers, body }, now)).toEqual(JSON.parse(body));
    }
  });

  test('is judged by the clock handed in, not by that of the machine', () => {
    const headers = headersOf(signStandard(oldSecret, { id: 'msg_1', timestamp: 100, body }), 100);
    expect(verifyStandard(oldSecret, { headers, body }, 400)).toEqual(JSON.parse(body));
    expect(() => verifyStandard(oldSecret, { headers, body }, 401)).toThrow('Message timestamp too old');
  });

  test('over a body that is not JSON is right, and the body is what fails', () => {
    const headers = headersOf(signStandard(oldSecret, { id: 'msg_1', timestamp: now, body: 'no JSON' }));
    expect(() => verifyStandard(oldSecret, { headers, body: 'no JSON' }, now)).toThrow(SyntaxError);
    const signature = signStripe('secret', now, 'no JSON');
    expect(() => verifyStripe('secret', { body: 'no JSON', signature }, { now })).toThrow(SyntaxError);
  });
});
