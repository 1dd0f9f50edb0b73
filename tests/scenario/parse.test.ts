import fc from 'fast-check';
import { expect, test, vi } from 'vitest';
import { limits } from '../../src/scenario/limits';
import { checkScenario, parseScenario } from '../../src/scenario/parse';
import { describeProblem } from '../../src/scenario/problem';
import { serializeScenario } from '../../src/scenario/serialize';
import { scenarios } from './arbitraries';

// Properties try hundreds of cases, and a busy machine tries them slowly.
vi.setConfig({ testTimeout: 60_000 });

const files = { 'worker.js': 'console.log(1);', 'shop.ts': 'export {};' };
const minimal = { title: 'Shop', processes: [{ name: 'worker', file: 'worker.js' }] };

/** The problems, each in one sentence. */
function problemsOf(value: unknown, given: Record<string, string> | 'inside' = files): string[] {
  const parsed = parseScenario(value, given === 'inside' ? undefined : given);
  return parsed.type === 'problems' ? parsed.problems.map(describeProblem) : [];
}

function warningsOf(value: unknown): string[] {
  const parsed = parseScenario(value, files);
  return parsed.type === 'scenario' ? parsed.warnings.map(describeProblem) : ['not even a scenario'];
}

test('gives every default to a folder that says the least', () => {
  expect(parseScenario(minimal, files)).toEqual({
    type: 'scenario',
    warnings: [],
    scenario: {
      title: 'Shop',
      about: '',
      durationMs: 60_000,
      seed: 1,
      speed: 1,
      startedAt: '2026-01-01T00:00:00.000Z',
      processes: [{ name: 'worker', file: 'worker.js', args: [], env: {}, startAtMs: 0, replicas: 1 }],
      network: { default: { latencyMs: 0, jitterMs: 0, loss: 0, cut: false }, links: [] },
      interventions: [],
      files,
      note: '',
    },
  });
});

test('what begins after the end of the run is read with a warning', () => {
  const late = { ...minimal.processes[0], startAtMs: 20_001 };
  const fault = { type: 'outage', broker: 'bus' };
  const faults = [
    { ...fault, fromMs: 20_000 },
    { ...fault, name: 'late', fromMs: 50_000 },
  ];
  expect(warningsOf({ ...minimal, durationMs: 20_000, processes: [late], faults })).toEqual([
    'processes[0].startAtMs lies after the end of the run, which lasts 20000 ms: it never begins',
    'faults[1].fromMs lies after the end of the run, which lasts 20000 ms: it never begins',
  ]);
});

test('reads an exported scenario, whose files are inside, like the folder', () => {
  expect(parseScenario({ ...minimal, files })).toEqual(parseScenario(minimal, files));
});

test('comes back from its document as it was', () => {
  fc.assert(
    fc.property(scenarios, (scenario) => {
      const document: unknown = JSON.parse(JSON.stringify(serializeScenario(scenario)));
      const parsed = parseScenario(document);
      expect(parsed).toMatchObject({ type: 'scenario' });
      if (parsed.type === 'scenario') {
        expect(parsed.scenario).toEqual(scenario);
        expect(Object.keys(parsed.scenario.files)).toEqual(Object.keys(scenario.files));
      }
    }),
  );
});

test('leaves defaults out of the document', () => {
  const parsed = parseScenario(minimal, files);
  expect(parsed.type === 'scenario' && serializeScenario(parsed.scenario)).toEqual({ ...minimal, files });
});

test('names the file that is not there', () => {
  const processes = [minimal.processes[0], { name: 'mail', file: 'mail.js' }];
  expect(problemsOf({ ...minimal, processes })).toEqual([
    'processes[1].file names mail.js, which is not among the files',
  ]);
  expect(problemsOf(minimal, 'inside')).toEqual([
    'files is missing',
    'processes[0].file names worker.js, which is not among the files',
  ]);
});

test('finds all problems at once and says where', () => {
  const value = {
    about: 7,
    durationMs: -1,
    seed: 1.5,
    speed: 0,
    startedAt: 'yesterday',
    processes: [
      { name: 'a#1', file: 'worker.js', args: [1], env: { 'A-B': 2 }, startAtMs: '9', replicas: 65 },
      { name: 'you', file: 'worker.js' },
      { name: 'w', file: 'worker.js' },
      { name: 'w', file: 'worker.js' },
      { file: 'worker.js' },
      'worker.js',
    ],
    network: { default: { loss: 2 }, links: [{ from: 'a', cut: 'yes' }] },
    interventions: [{ type: 'process.crush' }, { type: 'process.crash', process: 'w' }],
    note: null,
  };
  expect(problemsOf(value)).toEqual([
    'processes[0].name: "a#1" cannot be the name of a process (no "#", no "/", not "you", no spaces around it)',
    'processes[0].args[0] should be a text',
    'processes[0].env["A-B"] should be a text',
    'processes[0].startAtMs should be a number',
    'processes[0].replicas should be from 1 to 64',
    'processes[1].name: "you" cannot be the name of a process (no "#", no "/", not "you", no spaces around it)',
    'processes[4].name is missing',
    'processes[5] should be an object',
    'processes[3].name: the name w is taken',
    'interventions[0].type should be one of message.publish, message.resend, endpoint.recover, endpoint.disable, endpoint.enable, endpoint.rotate-secret, group.set-id, policy.set, policy.clear, replay.start, projection.rebuild, message.redrive, http.request, process.crash, process.stop, process.restart, process.scale, broker.scale, file.edit, link.change, broker.stop, broker.start, fault.begin, fault.end, experiment.switch, receiver.pause, receiver.resume, receiver.retry, receiver.issue',
    'interventions[1].atMs is missing',
    'title is missing',
    'about should be a text',
    'durationMs should be from 0 to 2592000000',
    'seed should be a whole number',
    'speed should be from 0.05 to 100000',
    'startedAt should be an instant like 2026-01-01T00:00:00.000Z',
    'network.default.loss should be from 0 to 1',
    'network.links[0].to is missing',
    'network.links[0].cut should be true or false',
    'note should be a text',
  ]);
});

test('reads anything that is no scenario without an exception', () => {
  for (const value of [undefined, null, 7, 'text', [], [{}]]) expect(problemsOf(value)).not.toEqual([]);
  fc.assert(
    fc.property(fc.anything(), fc.anything(), fc.string(), (a, b, key) => {
      parseScenario(a);
      parseScenario({ ...minimal, files, [key]: b });
      for (const known of Object.keys(minimal)) parseScenario({ ...minimal, files, [known]: a });
      parseScenario({ ...minimal, files: { 'worker.js': a }, network: b, interventions: [a, b], seed: a });
    }),
  );
});

test('goes on without what it does not know, and says so', () => {
  const value = {
    ...minimal,
    colour: 'red',
    processes: [{ name: 'worker', file: 'worker.js', cwd: '/' }],
    interventions: [
      { type: 'process.crash', atMs: 1, process: 'nobody', hard: true },
      { type: 'file.edit', atMs: 1, file: 'gone.ts', source: '' },
    ],
  };
  expect(warningsOf(value)).toEqual([
    'colour is not known and was left out',
    'processes[0].cwd is not known and was left out',
    'interventions[0].hard is not known and was left out',
    'interventions[0].process names nobody, which is not among the processes',
    'interventions[1].file names gone.ts, which is not among the files',
  ]);
});

test('takes the replicas of a process for that process', () => {
  const interventions = [{ type: 'process.crash', atMs: 3_300, process: 'worker#2' }];
  expect(warningsOf({ ...minimal, interventions })).toEqual([]);
});

test('puts interventions in order of time and keeps the order of equal instants', () => {
  const at = (atMs: number, process: string): object => ({ type: 'process.stop', atMs, process });
  const interventions = [at(5, 'worker'), at(1, 'worker#1'), at(5, 'worker#2'), at(1, 'worker#3')];
  const parsed = parseScenario({ ...minimal, interventions }, files);
  expect(parsed.type === 'scenario' && parsed.scenario.interventions).toEqual([
    at(1, 'worker#1'),
    at(1, 'worker#3'),
    at(5, 'worker'),
    at(5, 'worker#2'),
  ]);
});

test('holds limits and says them with their unit', () => {
  const big = 'я'.repeat(limits.fileBytesMax / 2 + 1);
  expect(problemsOf(minimal, { 'worker.js': big })).toEqual([
    'files["worker.js"] takes 1000002 bytes, at most 1000000 are possible',
  ]);
  const large = Object.fromEntries(Array.from({ length: 4 }, (_, n) => [`f${n}.js`, 'x'.repeat(900_000)]));
  expect(problemsOf({ title: '', processes: [] }, large)).toEqual([
    'files takes 3600000 bytes, at most 3000000 are possible',
  ]);
  const many = Object.fromEntries(Array.from({ length: 65 }, (_, n) => [`f${n}.js`, '']));
  expect(problemsOf({ title: '', processes: [] }, many)).toEqual(['files has 65 items, at most 64 are possible']);
  expect(problemsOf({ ...minimal, title: 'x'.repeat(201) })).toEqual(['title is longer than 200 characters']);
  const processes = Array.from({ length: 65 }, (_, n) => ({ name: `p${n}`, file: 'worker.js' }));
  expect(problemsOf({ ...minimal, processes })).toEqual(['processes has 65 items, at most 64 are possible']);
  expect(problemsOf({ ...minimal, interventions: Array.from({ length: 10_001 }, () => 1) })).toHaveLength(1);
  expect(problemsOf({ ...minimal, interventions: Array.from({ length: 10_000 }, () => 1) })).toHaveLength(100);
});

test.each(['worker', '../x.js', '/x.js', 'a//b.js', 'a\\b.js', '__proto__', '1', 'a.1', ' a.js', '..js/..', ''])(
  'refuses "%s" as the name of a file',
  (name) => {
    const value: unknown = JSON.parse(`{ "title": "", "processes": [], "files": { ${JSON.stringify(name)}: "" } }`);
    expect(problemsOf(value, 'inside')).toHaveLength(1);
  },
);

test('keeps a variable with the name of a prototype a variable', () => {
  const parsed = parseScenario(
    JSON.parse('{ "title": "", "processes": [{ "name": "w", "file": "worker.js", "env": { "__proto__": "1" } }] }'),
    files,
  );
  expect(parsed.type === 'scenario' && Object.entries(parsed.scenario.processes[0]!.env)).toEqual([['__proto__', '1']]);
});

test('says before sending that a scenario could not be opened', () => {
  const parsed = parseScenario(minimal, files);
  if (parsed.type !== 'scenario') throw new Error('unreadable');
  expect(checkScenario(parsed.scenario)).toEqual([]);
  expect(checkScenario({ ...parsed.scenario, files: {} }).map(describeProblem)).toEqual([
    'processes[0].file names worker.js, which is not among the files',
  ]);
});

test('keeps where the nodes of the stage were put, and takes nothing else for a place', () => {
  const layout = { 'service:worker': { x: -12, y: 40 }, 'broker:not-there-yet': { x: 0, y: 0 } };
  const parsed = parseScenario({ ...minimal, layout }, files);
  expect(parsed).toMatchObject({ type: 'scenario', scenario: { layout }, warnings: [] });
  expect(parseScenario({ ...minimal, layout: {} }, files)).toEqual(parseScenario(minimal, files));
  expect(problemsOf({ ...minimal, layout: [] })).toEqual(['layout should be an object']);
  expect(problemsOf({ ...minimal, layout: { a: { x: 1.5, y: 1e9 }, b: { x: 0 } } })).toEqual([
    'layout.a.x should be a whole number',
    `layout.a.y should be from -${limits.placePxMax} to ${limits.placePxMax}`,
    'layout.b.y is missing',
  ]);
  const crowd = Object.fromEntries(Array.from({ length: limits.layoutMax + 1 }, (_, n) => [`n${n}`, { x: 0, y: 0 }]));
  expect(problemsOf({ ...minimal, layout: crowd })).toEqual([
    `layout has ${limits.layoutMax + 1} items, at most ${limits.layoutMax} are possible`,
  ]);
});

test('says what is wrong with a request from outside, and where', () => {
  const request = { type: 'http.request', atMs: 0, url: 'http://localhost:5000/' };
  const wrong = (more: object) => problemsOf({ ...minimal, interventions: [{ ...request, ...more }] });
  const header = 'should be the name or the value of a header, in turn, without line breaks';
  expect(wrong({})).toEqual([]);
  expect(wrong({ url: 'https://localhost/' })).toEqual([
    'interventions[0].url should be an address like http://localhost:5000/orders (https is not simulated)',
  ]);
  expect(wrong({ method: 'GET /' })).toEqual(['interventions[0].method should be a method like POST']);
  expect(wrong({ headers: ['X-A', 'one\r\nX-B: two'] })).toEqual([`interventions[0].headers[1] ${header}`]);
  expect(wrong({ headers: ['X-A'] })).toEqual([`interventions[0].headers ${header}`]);
});
