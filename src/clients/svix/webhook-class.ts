/** The package `standardwebhooks` as the process has it, with its clock. */
export interface StandardWebhooks {
  readonly Webhook: new (
    secret: string,
    options?: object,
  ) => {
    verify(payload: unknown, headers: Readonly<Record<string, string>>): unknown;
    sign(id: string, timestamp: Date, payload: unknown): string;
  };
  readonly WebhookVerificationError: new (message: string) => Error;
}

/**
 * Svix's `Webhook`: that of Standard Webhooks, which also takes the headers by Svix's names, each for itself. Follows svix 1.99, `webhook.ts` (MIT).
 */
export function createWebhookClass({
  Webhook: Standard,
}: StandardWebhooks): new (secret: string, options?: object) => object {
  return class Webhook {
    readonly #inner: InstanceType<typeof Standard>;

    constructor(secret: string, options?: object) {
      this.#inner = new Standard(secret, options);
    }

    verify(payload: unknown, headers: Readonly<Record<string, string>>): unknown {
      const received = new Map(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
      const header = (name: string): string => received.get(`svix-${name}`) ?? received.get(`webhook-${name}`) ?? '';
      return this.#inner.verify(payload, {
        'webhook-id': header('id'),
        'webhook-timestamp': header('timestamp'),
        'webhook-signature': header('signature'),
      });
    }

    sign(id: string, timestamp: Date, payload: unknown): string {
      return this.#inner.sign(id, timestamp, payload);
    }
  };
}
