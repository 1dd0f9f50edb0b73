import { describe, expect, test } from 'vitest';
import { isIntervention } from '../../../src/log/check-intervention';
import { checkScenario } from '../../../src/scenario/parse';
import { badgesOf } from '../../../src/ui/faults/fault-badges';
import {
  draftProblem,
  faultChoices,
  faultRules,
  requestsOf,
  usualSpanMs,
  type FaultChoice,
  type FaultDraft,
} from '../../../src/ui/faults/fault-draft';
import { willWords } from '../../../src/ui/faults/fault-words';
import { enFaults } from '../../../src/ui/text/en-faults';
import { ukFaults } from '../../../src/ui/text/uk-faults';
import { runScenario, scenarioOf } from '../../runtime/run-scenario';

const shop = `
  import { eventBus, every } from 'eventarium';
  every(100, (n) => eventBus('shop').emit('order.created', { id: n }), { times: 20 });
`;
const mail = `
  import { eventBus } from 'eventarium';
  eventBus('shop').subscribe('order.*', (event) => console.log(event.data.id ?? 'broken'));
`;
const jobs = `
  import amqp from 'amqplib';
  await amqp.connect('amqp://localhost');
`;
const files = { 'shop.ts': shop, 'mail.ts': mail, 'jobs.ts': jobs, 'bus.ts': '' };

const draft = (choice: FaultChoice, over: Partial<FaultDraft> = {}): FaultDraft => ({
  choice,
  process: 'mail',
  broker: faultRules[choice].kind === 'rabbitmq' ? 'rabbitmq' : 'shop',
  from: 'mail',
  to: 'shop',
  side: ['mail'],
  others: ['shop'],
  isNamesake: false,
  event: 'order.created',
  amount: faultRules[choice].amount?.usual ?? NaN,
  restartAfterMs: 200,
  forMs: 500,
  ...over,
});

describe('a fault chosen in the form', () => {
  test.each(faultChoices)('%s is taken by the scenario and by the run with its usual values', async (choice) => {
    expect(draftProblem(draft(choice))).toBeUndefined();
    const interventions = requestsOf(draft(choice), ['mail']).map((request) => ({ ...request, atMs: 450 }));
    expect(interventions.every(isIntervention)).toBe(true);
    const given = { files, interventions, durationMs: 4_000 };
    expect(checkScenario(scenarioOf(given))).toEqual([]);
    const log = await runScenario(given);
    expect(log.of('intervention.refused')).toEqual([]);
    expect(log.of('intervention.applied')).toHaveLength(1);
    // What has begun ends when the form said so.
    const endsAtMs = faultRules[choice].once === true ? 450 : 950;
    const began = log.of('fault.began').map(({ name }) => ({ name, atMs: endsAtMs }));
    expect(log.of('fault.ended').map(({ name, atMs }) => ({ name, atMs }))).toEqual(began);
    expect(began).toHaveLength(choice === 'crash-once' ? 0 : 1);
  });

  test('says what will happen in both languages, with whom, how long and what comes after', () => {
    for (const choice of faultChoices) {
      for (const t of [enFaults, ukFaults]) {
        const said = willWords(draft(choice), t);
        expect(said).toMatch(/mail|shop|rabbitmq/);
        expect(said).not.toMatch(/NaN|undefined/);
      }
    }
    expect(willWords(draft('crash-every', { restartAfterMs: undefined, forMs: undefined }), enFaults)).toBe(
      'mail crashes at every 5th message it handles, before it can answer. It stays down. It stays so until it is ended.',
    );
  });

  test('says what is missing', () => {
    expect(draftProblem(draft('crash-every', { amount: 1.5 }))).toBe('amount');
    expect(draftProblem(draft('loss', { amount: 101 }))).toBe('amount');
    expect(draftProblem(draft('loss', { amount: NaN }))).toBe('amount');
    expect(draftProblem(draft('cut', { to: 'mail' }))).toBe('same-ends');
    expect(draftProblem(draft('partition', { others: [] }))).toBe('side');
    expect(draftProblem(draft('poison-every', { event: ' ' }))).toBe('event');
    expect(draftProblem(draft('outage', { broker: '' }))).toBe('nobody');
    expect(draftProblem(draft('outage', { forMs: 0 }))).toBe('interval');
    expect(draftProblem(draft('crash-once', { restartAfterMs: -1 }))).toBe('restart');
    // A crash here and now does not last, so how long does not matter.
    expect(draftProblem(draft('crash-once', { forMs: -1 }))).toBeUndefined();
  });

  test('lasts a fifth of the run in round figures', () => {
    expect([5_000, 60_000, 7_300, 3].map(usualSpanMs)).toEqual([1_000, 10_000, 1_000, 1]);
  });
});

test('a process that crashed by hand starts again when it was said to, and not when it runs already', async () => {
  const crash = { type: 'process.crash', atMs: 450, process: 'mail', restartAfterMs: 200 } as const;
  const log = await runScenario({ files, interventions: [crash], durationMs: 4_000 });
  const lives = (of: typeof log) => of.of('process.started').flatMap((e) => (e.process === 'mail' ? [e.atMs] : []));
  expect(lives(log)).toEqual([0, 650]);
  const restart = { type: 'process.restart', atMs: 500, process: 'mail' } as const;
  expect(lives(await runScenario({ files, interventions: [crash, restart], durationMs: 4_000 }))).toEqual([0, 500]);
});

test('badges tell of the faults that mean a process, by its service too, and of no other', () => {
  const faults = new Map([
    ['a', { type: 'skew', process: 'mail', skewMs: -90_000 }],
    ['b', { type: 'slow', process: 'mail#2', factor: 5 }],
    ['c', { type: 'outage', broker: 'shop' }],
    ['d', { type: 'crash', process: '*', every: 2 }],
  ] as const);
  const texts = (process: string) => badgesOf(faults, process, enFaults.badge).map(({ type }) => type);
  expect(texts('mail#1')).toEqual(['skew', 'crash']);
  expect(texts('mail#2')).toEqual(['skew', 'slow', 'crash']);
  expect(texts('mailer')).toEqual(['crash']);
});
