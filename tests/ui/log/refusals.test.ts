import { expect, it } from 'vitest';
import type { PlannedIntervention } from '../../../src/scenario/scenario';
import { en } from '../../../src/ui/text/en';
import { uk } from '../../../src/ui/text/uk';
import { runScenario } from '../../runtime/run-scenario';

const given: readonly PlannedIntervention[] = [
  { type: 'process.crash', atMs: 1, process: 'nobody' },
  { type: 'process.scale', atMs: 2, service: 'nothing', replicas: 2 },
  { type: 'process.stop', atMs: 3, process: 'gone' },
  { type: 'broker.start', atMs: 4, broker: 'shop' },
  { type: 'broker.scale', atMs: 5, broker: 'shop', workers: 2 },
  { type: 'broker.stop', atMs: 6, broker: 'rabbitmq' },
  { type: 'message.redrive', atMs: 7, broker: 'shop', queue: 'mail', messages: ['m_1'] },
  { type: 'projection.rebuild', atMs: 8, broker: 'shop', process: 'app', projection: 'totals' },
  { type: 'replay.start', atMs: 9, broker: 'shop', process: 'app', pattern: '#' },
  { type: 'experiment.switch', atMs: 10, experiment: 'mail', version: 'new' },
  { type: 'receiver.pause', atMs: 11, process: 'app', receiver: 'bank' },
  { type: 'fault.end', atMs: 12, name: 'flood' },
  { type: 'http.request', atMs: 13, method: 'GET', url: 'ftp://app', headers: [] },
  { type: 'message.resend', atMs: 14, broker: 'shop', message: 'm_1' },
  { type: 'endpoint.recover', atMs: 15, broker: 'shop', queue: '/hooks', which: 'failed' },
  { type: 'group.set-id', atMs: 16, broker: 'shop', queue: 'orders', group: 'g', id: '0' },
  { type: 'policy.clear', atMs: 17, broker: 'shop', name: 'limits' },
];

it('why something was not done is said in the language of the reader', async () => {
  const log = await runScenario({
    files: {
      'app.ts': `import { eventBus, every } from 'eventarium'; eventBus('shop'); every(1_000, () => {});`,
      'gone.ts': '',
    },
    interventions: given,
  });
  const refused = log.of('intervention.refused');
  expect(refused.map(({ atMs }) => atMs)).toEqual(given.map(({ atMs }) => atMs));
  const why = refused.map((entry) => {
    const said = uk.log.sentence['intervention.refused'](entry);
    expect(en.log.sentence['intervention.refused'](entry)).toContain(entry.reason);
    expect(said).not.toContain(entry.reason);
    return said.slice(said.indexOf('відхилено, ') + 'відхилено, '.length);
  });
  expect(why.slice(0, 5)).toEqual([
    'процесу nobody немає',
    'сервісу nothing немає',
    'gone не працює',
    'shop не зупинено',
    'shop не має воркерів, бо не в режимі черги',
  ]);
});
