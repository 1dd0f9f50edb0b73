import type { Sketch, SketchNode } from './sketch';

const box: SketchNode = { shape: 'box' };
const hub: SketchNode = { shape: 'hub' };
const queue: SketchNode = { shape: 'queue' };
const tape: SketchNode = { shape: 'tape' };

/** One for each scenario of the gallery, by its id: what one would see in the moment that it is about. */
export const sketches: Readonly<Record<string, Sketch>> = {
  'eventbus-basic': {
    columns: [
      [box],
      [
        { ...box, holds: ['delivered'], arriving: 'flight' },
        { ...box, arriving: 'flight' },
        { ...box, holds: ['failed'] },
      ],
    ],
  },
  'shop-simulation': {
    columns: [
      [box],
      [{ ...hub, arriving: 'flight' }],
      [
        { ...box, arriving: 'flight' },
        { ...box, look: 'later' },
        { ...box, holds: ['delivered'] },
      ],
    ],
  },
  'event-queue': {
    columns: [
      [{ ...queue, holds: ['flight', 'flight', 'flight', 'flight'] }],
      [
        { ...box, work: 0.8, arriving: 'flight' },
        { ...box, work: 0.35, holds: ['failed'] },
      ],
    ],
  },
  'event-replay': {
    columns: [
      [{ shape: 'tape', holds: ['replayed', 'replayed', 'replayed', 'replayed'] }],
      [
        { ...box, from: [] },
        { ...box, look: 'later', arriving: 'replayed' },
      ],
    ],
  },
  'webhook-server': {
    columns: [
      [{ ...box, arriving: 'flight' }],
      [{ ...hub, arriving: 'flight' }],
      [{ ...box, arriving: 'flight' }, box, { ...box, holds: ['delivered'] }],
    ],
  },
  'saga-pattern': {
    columns: [
      [{ ...box, holds: ['comp'] }],
      [{ ...hub, arriving: 'comp' }],
      [
        { ...box, arriving: 'comp' },
        { ...box, holds: ['comp'] },
        { ...box, holds: ['failed'] },
      ],
    ],
  },
  'e-commerce': {
    columns: [
      [box],
      [{ ...hub, arriving: 'flight' }],
      [queue, { ...queue, holds: ['retried', 'retried'] }, queue, queue, { ...queue, holds: ['flight'] }, queue],
      [{ ...box, arriving: 'delivered' }, { ...box, look: 'broken' }, box, { ...box, arriving: 'flight' }, box, box],
    ],
  },
  'saas-crm': {
    columns: [
      [box],
      [{ ...hub, arriving: 'flight' }],
      [
        { ...queue, holds: ['flight'] },
        { ...queue, holds: ['retried', 'retried', 'retried'] },
        { ...queue, holds: ['flight'] },
      ],
      [
        { ...box, arriving: 'delivered' },
        { ...box, arriving: 'retried' },
        { ...box, look: 'broken' },
      ],
    ],
  },
  logistics: {
    columns: [
      [box, { ...box, look: 'later' }],
      [{ shape: 'tape', holds: ['flight', 'delivered', 'flight', 'delivered'] }],
      [
        { ...box, arriving: 'flight' },
        { ...box, look: 'broken' },
        { ...box, arriving: 'delivered' },
        { ...box, holds: ['failed'] },
      ],
    ],
  },
  'social-network': {
    columns: [
      [box],
      [{ ...hub, arriving: 'flight' }],
      [
        { ...box, holds: ['delivered', 'delivered', 'delivered'] },
        { ...box, arriving: 'flight' },
        { ...box, holds: ['failed'], work: 0.6 },
      ],
    ],
  },
  'rabbitmq-simple': {
    columns: [
      [box],
      [
        { ...queue, holds: ['flight'] },
        { ...hub, arriving: 'flight' },
      ],
      [
        { ...box, from: [0], arriving: 'flight' },
        { ...box, from: [0] },
        { ...box, from: [1], arriving: 'delivered' },
        { ...box, from: [1], arriving: 'delivered' },
      ],
    ],
  },
  'work-queues': {
    columns: [
      [box],
      [
        { ...queue, arriving: 'flight' },
        { ...queue, holds: ['flight'] },
      ],
      [
        { ...box, from: [0], work: 0.3 },
        { ...box, from: [0], holds: ['flight', 'flight', 'flight', 'flight'] },
        { ...box, from: [1], work: 0.6, arriving: 'flight' },
        { ...box, from: [1], work: 0.4 },
      ],
    ],
  },
  'topic-routing': {
    columns: [
      [box],
      [{ ...hub, arriving: 'flight' }],
      [queue, { ...queue, holds: ['flight'] }, queue, { ...queue, look: 'later' }],
      [{ ...box, arriving: 'delivered' }, { ...box, arriving: 'flight' }, box, { ...box, look: 'later' }],
    ],
  },
  'priority-queue': {
    columns: [
      [box],
      [
        { ...queue, holds: ['flight', 'flight', 'flight', 'retried'] },
        { ...queue, holds: ['retried', 'flight', 'flight', 'flight'], arriving: 'flight' },
      ],
      [
        { ...box, work: 0.5 },
        { ...box, work: 0.5 },
      ],
    ],
  },
  rpc: {
    columns: [
      [box],
      [{ ...queue, holds: ['flight', 'flight', 'flight'], arriving: 'flight' }],
      [{ ...box, look: 'broken' }],
    ],
  },
  'redis-lost-or-kept': {
    columns: [
      [box],
      [
        { ...hub, arriving: 'dropped' },
        { shape: 'tape', holds: ['flight', 'flight', 'flight', 'flight', 'flight'], arriving: 'flight' },
      ],
      [
        { ...box, look: 'broken' },
        { ...box, arriving: 'flight' },
      ],
    ],
  },
  payments: {
    columns: [
      [box],
      [{ ...hub, arriving: 'flight' }],
      [{ ...box, arriving: 'retried' }],
      [{ ...hub, arriving: 'flight' }],
      [{ ...box, arriving: 'delivered' }, { ...box, holds: ['failed'], arriving: 'flight' }, box, box, box],
    ],
  },
  'webhook-delivery': {
    columns: [
      [box],
      [
        { ...queue, holds: ['delivered'], arriving: 'flight' },
        { ...queue, holds: ['retried', 'retried'] },
        { ...queue, holds: ['dead'] },
      ],
      [
        { ...box, arriving: 'delivered' },
        { ...box, look: 'broken' },
        { ...box, holds: ['failed'] },
      ],
    ],
  },
  'webhook-receiver': {
    columns: [
      [box],
      [
        { ...box, arriving: 'retried', holds: ['delivered', 'delivered'] },
        { ...box, look: 'broken', arriving: 'flight' },
        { ...queue, holds: ['flight', 'flight'], arriving: 'flight' },
      ],
      [box, box, { ...box, arriving: 'delivered' }],
    ],
  },
  'webhook-security': {
    columns: [
      [box, { ...box, holds: ['failed'] }],
      [{ ...hub, arriving: 'flight' }],
      [
        { ...box, arriving: 'delivered' },
        { ...box, arriving: 'dropped' },
      ],
    ],
  },
  'retry-with-delay': {
    columns: [
      [box],
      [{ ...queue, holds: ['flight'], arriving: 'flight' }],
      [{ ...box, holds: ['failed'] }],
      [
        { ...queue, holds: ['retried', 'retried', 'retried'], arriving: 'retried' },
        { ...queue, holds: ['dead'] },
      ],
    ],
  },
  'poison-message': {
    columns: [
      [box],
      [
        { ...queue, holds: ['flight', 'flight', 'flight', 'flight'] },
        { ...queue, arriving: 'flight' },
      ],
      [
        { ...box, holds: ['failed', 'failed', 'failed'] },
        { ...box, holds: ['delivered'] },
      ],
    ],
  },
  'dead-letter-queue': {
    columns: [
      [box],
      [{ ...hub, arriving: 'flight' }],
      [
        { ...box, holds: ['failed'] },
        { ...box, holds: ['delivered'] },
      ],
      [{ ...queue, from: [0], arriving: 'dead', holds: ['dead', 'dead', 'dead'] }],
    ],
  },
  replay: {
    columns: [
      [box],
      [{ ...tape, holds: ['delivered', 'delivered', 'delivered'] }],
      [{ ...box, look: 'later', arriving: 'replayed', holds: ['replayed', 'replayed'] }],
    ],
  },
  'ab-testing': {
    columns: [
      [box],
      [{ ...hub, arriving: 'flight' }],
      [
        { ...box, arriving: 'flight', holds: ['delivered', 'delivered'] },
        { ...box, arriving: 'replayed', holds: ['replayed', 'failed'] },
      ],
    ],
  },
  'competing-consumers': {
    columns: [
      [box],
      [{ ...queue, arriving: 'flight', holds: ['flight', 'flight'] }],
      [
        { ...box, arriving: 'flight', work: 0.6 },
        { ...box, look: 'broken', holds: ['retried'] },
        { ...box, work: 0.3 },
      ],
    ],
  },
  'message-ordering': {
    columns: [
      [box],
      [
        { ...queue, holds: ['flight', 'flight'] },
        { ...queue, holds: ['flight'] },
        { ...queue, holds: ['flight', 'flight'] },
      ],
      [
        { ...box, work: 0.7, arriving: 'flight' },
        { ...box, work: 0.4 },
        { ...box, work: 0.2 },
      ],
    ],
  },
  'claim-check': {
    columns: [
      [box],
      [hub, { ...box, arriving: 'flight', holds: ['delivered'] }],
      [
        { ...box, from: [0, 1], arriving: 'flight' },
        { ...box, from: [0] },
        { ...box, from: [0] },
      ],
    ],
  },
  bulkhead: {
    columns: [
      [
        { ...box, holds: ['failed'] },
        { ...box, holds: ['delivered'] },
      ],
      [
        { ...box, from: [0, 1], arriving: 'flight', work: 0.9 },
        { ...box, from: [0, 1], look: 'broken' },
      ],
    ],
  },
  'thundering-herd': {
    columns: [
      [box],
      [{ ...hub, holds: ['retried'] }],
      [
        { ...box, arriving: 'retried' },
        { ...box, arriving: 'retried' },
        { ...box, holds: ['dropped'] },
      ],
      [{ ...box, from: [0, 1, 2], arriving: 'retried', look: 'broken' }],
    ],
  },
  timeout: {
    columns: [
      [box],
      [{ ...queue, holds: ['flight', 'flight'] }, queue],
      [
        { ...box, work: 0.5 },
        { ...box, holds: ['delivered', 'delivered'] },
      ],
      [{ ...box, look: 'broken', arriving: 'flight' }],
    ],
  },
  'network-partition': {
    columns: [
      [box],
      [
        { ...box, holds: ['delivered', 'delivered'], arriving: 'flight' },
        { ...box, holds: ['failed'], arriving: 'flight' },
      ],
      [
        { ...hub, from: [0], arriving: 'flight' },
        { ...box, look: 'broken', from: [1] },
      ],
    ],
  },
  'back-pressure': {
    columns: [
      [{ ...box, holds: ['flight'] }, box],
      [
        { ...queue, arriving: 'flight', holds: ['flight', 'flight', 'flight', 'flight'] },
        { ...queue, holds: ['flight'] },
      ],
      [{ ...box, from: [0, 1], work: 0.8 }],
    ],
  },
  'rest-vs-events': {
    columns: [
      [box],
      [
        { ...box, holds: ['failed'], arriving: 'flight' },
        { ...box, arriving: 'flight' },
      ],
      [
        { ...box, look: 'broken', from: [0], arriving: 'failed' },
        { ...hub, from: [1], arriving: 'flight' },
      ],
      [
        { ...queue, from: [1], holds: ['flight', 'flight'] },
        { ...queue, from: [1], arriving: 'delivered' },
      ],
    ],
  },
  'plain-crud': {
    columns: [
      [box],
      [
        { ...box, holds: ['delivered'], arriving: 'flight' },
        { ...box, arriving: 'flight' },
      ],
      [{ ...hub, from: [1], arriving: 'flight' }],
      [{ ...box, arriving: 'flight' }],
    ],
  },
  'real-time': {
    columns: [
      [box],
      [
        { ...box, holds: ['delivered'], arriving: 'flight' },
        { ...box, arriving: 'flight' },
      ],
      [{ ...queue, from: [1], arriving: 'flight', holds: ['flight', 'flight', 'flight'] }],
      [{ ...box, look: 'broken' }],
    ],
  },
  'small-team': {
    columns: [
      [box],
      [
        { ...box, holds: ['delivered'], arriving: 'flight' },
        { ...box, arriving: 'flight' },
      ],
      [{ ...hub, from: [1], arriving: 'flight' }],
      [
        { ...box, arriving: 'flight' },
        { ...box, arriving: 'flight' },
      ],
    ],
  },
  'tangled-logic': {
    columns: [
      [box],
      [
        { ...box, holds: ['delivered'], arriving: 'flight' },
        { ...box, arriving: 'flight' },
      ],
      [{ ...hub, from: [1], arriving: 'flight' }],
      [
        { ...box, arriving: 'flight' },
        { ...box, arriving: 'flight' },
        { ...box, work: 0.5 },
      ],
    ],
  },
  'no-need-to-scale': {
    columns: [
      [box],
      [
        { ...box, holds: ['delivered'], arriving: 'flight' },
        { ...box, arriving: 'flight' },
      ],
      [{ ...queue, from: [1], arriving: 'flight' }],
      [{ ...box, work: 0.6 }],
    ],
  },
  'circuit-breaker': {
    columns: [
      [box],
      [
        { ...box, holds: ['flight', 'flight', 'flight'], arriving: 'flight' },
        { ...box, holds: ['failed'], arriving: 'flight' },
      ],
      [{ ...box, look: 'broken', holds: ['flight', 'flight', 'flight', 'flight'], arriving: 'failed' }],
    ],
  },
  outbox: {
    columns: [
      [
        { ...box, look: 'broken' },
        { ...box, holds: ['flight', 'flight'] },
      ],
      [{ ...box, holds: ['delivered', 'dropped', 'delivered'], arriving: 'flight' }],
    ],
  },
  idempotency: {
    columns: [
      [box],
      [
        { ...box, holds: ['delivered', 'delivered'], arriving: 'retried' },
        { ...box, holds: ['delivered'], arriving: 'retried' },
      ],
    ],
  },
  'event-sourcing': {
    columns: [
      [box, box, box],
      [{ ...box, holds: ['delivered', 'delivered', 'delivered', 'delivered'], arriving: 'flight' }],
      [{ ...box, holds: ['replayed'], arriving: 'replayed' }],
    ],
  },
  cqrs: {
    columns: [
      [box],
      [{ ...box, holds: ['flight', 'flight', 'flight'], arriving: 'flight' }],
      [{ ...box, holds: ['replayed'], arriving: 'flight' }],
    ],
  },
};
