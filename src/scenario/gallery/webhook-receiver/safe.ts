import express from 'express';
import { webhookReceiver } from 'eventarium';
import { charge, secret } from './charge';

/** Verifies, keeps, answers, and then charges: again after a crash, again when it failed, and never the same event twice. */
const orders = webhookReceiver<{ order: number }>('orders', {
  verify: { scheme: 'standard', secret },
  concurrency: 1,
  retry: { attempts: 3, strategy: 'exponential', intervalMs: 1_000 },
  handle: ({ body, key }) => charge('safe', body.order, key),
});

express().post('/hooks', orders).listen(3002);
