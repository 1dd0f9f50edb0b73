import { describe, expect, it } from 'vitest';
import { readCurl } from '../../src/clients/curl/curl-command';
import { sentBy } from '../../src/clients/curl/write-curl';
import { galleryAbout } from '../../src/scenario/gallery/about';
import { type Log, runScenario } from '../runtime/run-scenario';
import { loadGallery, runGallery } from './run-gallery';

const eventsOf = (log: Log) => log.of('message.published').map(({ message }) => message.type);

/** Listeners in the order in which they ran for the first event of a kind. */
function ranFor(log: Log, event: string): string[] {
  const first = log.of('message.published').find(({ message }) => message.type === event)?.message.id;
  return log
    .of('delivery.started')
    .filter(({ message }) => message === first)
    .map(({ listener }) => listener);
}

describe('eventbus-basic', () => {
  it('has three kinds of event with several listeners each, which run in the order of subscription', async () => {
    const log = await runGallery('eventbus-basic');
    expect([...new Set(eventsOf(log))]).toEqual(['user.registered', 'order.created', 'payment.received']);
    expect(ranFor(log, 'user.registered')).toEqual(['sendWelcomeEmail', 'saveUser']);
    expect(ranFor(log, 'order.created')).toEqual(['confirmOrder', 'reserveStock', 'tellManager']);
    expect(ranFor(log, 'payment.received')).toEqual(['sendReceipt', 'countRevenue']);
  });

  it('goes on with the next listener when one throws', async () => {
    const log = await runGallery('eventbus-basic');
    expect(log.of('delivery.failed').map(({ listener }) => listener)).toEqual(['reserveStock', 'reserveStock']);
    expect(log.printed('orders')).toContain('Менеджеру: нове замовлення на 1500 грн');
    expect(log.of('delivery.succeeded')).toHaveLength(12);
  });

  it('keeps every event in the log of the bus', async () => {
    const log = await runGallery('eventbus-basic');
    const printed = log.printed('app');
    expect(printed[0]).toBe('Подій у журналі: 6');
    expect(printed.slice(1).map((line) => line.split(' ')[1])).toEqual(eventsOf(log));
  });
});

describe('shop-simulation', () => {
  it('brings one order to every service', async () => {
    const log = await runGallery('shop-simulation');
    expect(ranFor(log, 'order.created')).toEqual(['sendEmail', 'sendSms', 'countOrder']);
    expect(log.printed('analytics-service').at(-1)).toBe('Замовлень: 6, виторг 48000 грн');
  });

  it('lets a listener be added while it runs: it hears what comes from then on', async () => {
    const log = await runGallery('shop-simulation');
    expect(log.of('process.started').find(({ process }) => process === 'loyalty-service')?.atMs).toBe(2_500);
    expect(log.printed('loyalty-service')).toEqual([
      'Богдан, бонуси: +95',
      'Соломія, бонуси: +24',
      'Назар, бонуси: +14',
    ]);
  });

  it('leaves the producer as it was, file and output, whoever listens', async () => {
    const { processes, files } = await loadGallery('shop-simulation');
    const alone = await runGallery('shop-simulation', { processes: processes.slice(0, 1) });
    const together = await runGallery('shop-simulation');
    expect(together.printed('order-service')).toEqual(alone.printed('order-service'));
    for (const { name } of processes.slice(1)) expect(files['order-service.ts']).not.toContain(name);
  });
});

describe('event-queue', () => {
  const handledAt = (log: Log) =>
    log
      .of('delivery.succeeded')
      .filter(({ listener }) => listener === 'countHandled')
      .map(({ atMs }) => atMs);

  it('publishes users 123 and 456, order 789 for 1500 and user 999, and returns at once', async () => {
    const log = await runGallery('event-queue');
    expect(log.of('message.published').map(({ message, atMs }) => [message.type, message.data, atMs])).toEqual([
      ['user.registered', { userId: 123 }, 0],
      ['user.registered', { userId: 456 }, 0],
      ['order.created', { orderId: 789, total: 1500 }, 0],
      ['user.registered', { userId: 999 }, 0],
    ]);
    expect(log.of('process.exited')).toMatchObject([{ process: 'producer', code: 0, atMs: 0 }]);
  });

  it('finishes the four events at 0.8, 1.6, 2.1 and 2.9 s with one worker', async () => {
    expect(handledAt(await runGallery('event-queue'))).toEqual([800, 1_600, 2_100, 2_900]);
  });

  it('outlives the three throws, with 4 events handled and 0 left', async () => {
    const log = await runGallery('event-queue');
    expect(log.of('delivery.failed').map(({ listener }) => listener)).toEqual(Array(3).fill('alwaysFails'));
    expect(log.printed('listeners').at(-1)).toBe('Оброблено: 4, залишилося: 0');
    expect(log.of('delivery.stalled')).toEqual([]);
  });

  it.each([
    [2, 1_600],
    [4, 800],
  ])('is done sooner with %i workers', async (workers, lastMs) => {
    const scenario = await loadGallery('event-queue');
    const bus = scenario.files['bus.ts']!.replace('workers: 1', `workers: ${workers}`);
    const log = await runGallery('event-queue', { files: { ...scenario.files, 'bus.ts': bus } });
    expect(handledAt(log).at(-1)).toBe(lastMs);
  });
});

describe('event-replay', () => {
  it('takes the account from 1000 to 2000 by two deposits and two withdrawals', async () => {
    const log = await runGallery('event-replay');
    expect(log.of('message.published').map(({ message }) => [message.type, message.data])).toEqual([
      ['money.deposited', { amount: 500 }],
      ['money.withdrawn', { amount: 200 }],
      ['money.deposited', { amount: 1000 }],
      ['money.withdrawn', { amount: 300 }],
    ]);
    expect(log.printed('account').map((line) => line.split(', ')[1])).toEqual([
      'на рахунку 1500 грн',
      'на рахунку 1300 грн',
      'на рахунку 2300 грн',
      'на рахунку 2000 грн',
    ]);
  });

  it('builds the second account by a replay, 2000 too, and appends nothing to the log', async () => {
    const log = await runGallery('event-replay');
    expect(log.printed('second-account')).toEqual([
      'Відтворено подій: 4, на другому рахунку 2000 грн',
      'У журналі було 4, стало 4',
    ]);
    expect(log.of('replay.started')).toMatchObject([{ process: 'second-account', messages: 4 }]);
    expect(log.of('delivery.succeeded').filter(({ replayed }) => replayed)).toHaveLength(4);
  });

  it('reports the corrupt line of the imported log with its number and replays the rest', async () => {
    const log = await runGallery('event-replay');
    const problem = log.of('console.printed').filter(({ stream }) => stream === 'stderr');
    expect(problem.map(({ text }) => text)).toEqual(['bank-log.ndjson, рядок 3: This line is not JSON.\n']);
    expect(log.printed('imported-account').at(-1)).toBe('З файлу відтворено подій: 4, на рахунку 2000 грн');
  });
});

describe('webhook-server', () => {
  const course = `curl -X POST http://localhost:5000/webhook/order \\
  -H "Content-Type: application/json" \\
  -d '{"order_id": 777, "status": "created"}'`;

  it('takes the course’s own command: a 2xx answer before the listeners are done, and all of them run', async () => {
    const scenario = await loadGallery('webhook-server');
    const [request] = readCurl(course).requests.map(sentBy);
    const sent = { type: 'http.request' as const, atMs: 5_000, ...request! };
    const log = await runScenario({ ...scenario, interventions: [...scenario.interventions, sent] });
    const answers = log.of('http.completed').map(({ status, atMs }) => [status, atMs]);
    expect(answers).toEqual([
      [202, 1_080],
      [202, 5_080],
    ]);
    expect(log.printed('server')).toContain('Вебхук: замовлення №777, created');
    expect(log.printed('warehouse')).toContain('Склад: товар для №777 відкладено');
    expect(log.printed('notifications')).toContain('Лист: №777, order.created');
    expect(log.of('delivery.succeeded').filter(({ atMs }) => atMs > 5_080)).toHaveLength(3);
    // The scenario offers this very command to try.
    const [offered] = galleryAbout('webhook-server').tries.en;
    expect(readCurl(/curl .*$/s.exec(offered!)![0]).requests.map(sentBy)).toEqual([request]);
  });
});

describe('saga-pattern', () => {
  const charged = (log: Log): string | undefined =>
    log.of('process.showed').findLast(({ name }) => name === 'charged without a delivery')?.value;
  const ends = (log: Log, process: string) => log.of('saga.ended').filter((entry) => entry.process === process);

  it('undoes in reverse what was done before each step that can fail, and loses no saga in the crash', async () => {
    const log = await runGallery('saga-pattern');
    const mine = ends(log, 'orchestrator');
    expect(mine).toHaveLength(16);
    expect(mine.filter(({ outcome }) => outcome === 'completed')).toHaveLength(10);
    for (const { instance, outcome, step } of mine.filter(({ outcome }) => outcome !== 'completed')) {
      const undone = log.of('saga.compensation-succeeded').filter((entry) => entry.instance === instance);
      expect(outcome).toBe('compensated');
      expect(undone.map((entry) => entry.step)).toEqual(
        { reserve: [], charge: ['reserve'], ship: ['charge', 'reserve'] }[step ?? ''],
      );
    }
    expect(log.of('saga.resumed').length).toBeGreaterThan(1);
    expect(log.of('invariant.failed')).toEqual([]);
  });

  it('charges for what nobody delivers where compensations are left out', async () => {
    expect(charged(await runGallery('saga-pattern'))).toBe('{ orchestrated: 0, choreographed: 0, careless: 2 }');
    const { processes } = await loadGallery('saga-pattern');
    const without = processes.map((spec) =>
      spec.name === 'orchestrator' ? { ...spec, args: ['orchestrated', 'without-undo'] } : spec,
    );
    const log = await runGallery('saga-pattern', { processes: without });
    expect(charged(log)).toBe('{ orchestrated: 2, choreographed: 0, careless: 2 }');
    expect(log.of('invariant.failed')).not.toEqual([]);
  });

  it('is stuck at the pivot when the service goes away that alone knows', async () => {
    const log = await runGallery('saga-pattern', {
      interventions: [{ type: 'process.crash', atMs: 8_000, process: 'delivery' }],
    });
    const reasons = new Set(ends(log, 'orchestrator').map(({ stuck }) => stuck));
    expect(reasons).toContain('pivot-unknown');
  });
});
