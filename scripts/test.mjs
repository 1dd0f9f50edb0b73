/**
 * `npm test`: everything that must hold, in order from quick to thorough. A failing step does not stop the next one.
 * `npm test -- --only unit,lint` runs a part. The last line is always `N passed, N failed`.
 */
import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { ensureChromium, ensureInstalled } from './install.mjs';
import { inProject, option, root } from './project.mjs';

/**
 * @typedef {{ passed: number, failed: number, skipped: number }} Count
 * @typedef {(text: string | Buffer) => void} Say Takes what would have been printed.
 * @typedef {{ count: Count, seconds: number }} Outcome
 * @typedef {{
 *   name: string, title: string, needsChromium?: boolean,
 *   oneCore?: boolean, prepare?: (say: Say) => Promise<boolean>, run: (say?: Say) => Promise<Count>,
 * }} Step `oneCore`: it keeps a single core busy, so that another such step can run beside it. `prepare`: what it needs
 *   before it runs and says whether it got; done beside the first of those steps.
 */

/**
 * Room for young objects, in MB: compilers and linters make more of them than any program this default was chosen for,
 * and a fifth of their time was collecting them again and again.
 */
const youngMb = 64;

/**
 * Runs a tool of node_modules and passes on what it prints.
 * @param {string} script
 * @param {readonly string[]} args
 * @param {{ env?: Record<string, string>, say?: Say | undefined }} [options]
 * @returns {Promise<boolean>} whether it was content
 */
function tool(script, args, { env = {}, say } = {}) {
  return new Promise((resolve) => {
    const output = say ? 'pipe' : 'inherit';
    const child = spawn(process.execPath, [`--max-semi-space-size=${String(youngMb)}`, inProject(script), ...args], {
      cwd: root,
      stdio: ['ignore', output, output],
      env: { ...process.env, ...env },
    });
    if (say) for (const stream of [child.stdout, child.stderr]) stream?.on('data', say);
    child.on('error', () => resolve(false));
    child.on('close', (code) => resolve(code === 0));
  });
}

/**
 * Several tools that count as one test.
 * @param {readonly (readonly [string, readonly string[]])[]} checks
 * @returns {(say?: Say) => Promise<Count>}
 */
function oneTest(checks) {
  return async (say) => {
    let failed = 0;
    for (const [script, args] of checks) if (!(await tool(script, args, { say }))) failed = 1;
    return { passed: 1 - failed, failed, skipped: 0 };
  };
}

/**
 * The parts of the reports of Vitest and Playwright that are counted.
 * @typedef {{
 *   numPassedTests?: number, numFailedTests?: number, numPendingTests?: number, numTodoTests?: number,
 *   testResults?: { status: string, assertionResults: unknown[] }[],
 *   stats?: { expected?: number, unexpected?: number, flaky?: number, skipped?: number },
 * }} Report
 */

/**
 * @param {string} file
 * @returns {Report} empty when the runner did not get as far as writing one
 */
function readReport(file) {
  try {
    /** @type {unknown} */
    const report = JSON.parse(readFileSync(file, 'utf8'));
    return /** @type {Report} */ (report);
  } catch {
    return {};
  }
}

/** @param {string} name */
function freshReport(name) {
  const file = inProject('.cache', 'test', `${name}.json`);
  mkdirSync(inProject('.cache', 'test'), { recursive: true });
  rmSync(file, { force: true });
  return file;
}

/**
 * What a runner reported, made honest: a runner that is not content although no test failed, and a step that found
 * nothing to run, are failures too.
 * @param {Count} count
 * @param {boolean} content
 * @returns {Count}
 */
function settle(count, content) {
  if (count.passed + count.failed === 0) {
    console.error('No tests ran in this step, although it should have some.');
    return { ...count, failed: 1 };
  }
  return content || count.failed > 0 ? count : { ...count, failed: 1 };
}

/**
 * @param {readonly string[]} projects
 * @param {{ workers?: number, say?: Say | undefined }} [options] without `workers`, as many as `vitest.config.ts` says
 * @returns {Promise<Count>}
 */
async function vitest(projects, { workers, say } = {}) {
  const file = freshReport(projects.join('-'));
  const args = projects.flatMap((name) => ['--project', name]);
  args.push('--reporter=default', '--reporter=json', `--outputFile.json=${file}`);
  if (workers) args.push(`--maxWorkers=${String(workers)}`);
  const content = await tool('node_modules/vitest/vitest.mjs', ['run', ...args], { say });
  const report = readReport(file);
  const files = report.testResults ?? [];
  const unloadable = files.filter((one) => one.status === 'failed' && one.assertionResults.length === 0).length;
  const count = {
    passed: report.numPassedTests ?? 0,
    failed: (report.numFailedTests ?? 0) + unloadable,
    skipped: (report.numPendingTests ?? 0) + (report.numTodoTests ?? 0),
  };
  return settle(count, content);
}

/** @returns {Promise<Count>} */
async function endToEnd() {
  const file = freshReport('e2e');
  const content = await tool('node_modules/@playwright/test/cli.js', ['test'], { env: { E2E_REPORT: file } });
  const { expected = 0, unexpected = 0, flaky = 0, skipped = 0 } = readReport(file).stats ?? {};
  return settle({ passed: expected, failed: unexpected + flaky, skipped }, content);
}

/** @type {readonly Step[]} */
const steps = [
  {
    name: 'format',
    title: 'formatting',
    oneCore: true,
    run: oneTest([['node_modules/oxfmt/bin/oxfmt', ['--check']]]),
  },
  {
    name: 'lint',
    title: 'lint',
    oneCore: true,
    run: oneTest([
      ['node_modules/oxlint/bin/oxlint', []],
      ['node_modules/eslint/bin/eslint.js', ['.', '--max-warnings', '0']],
    ]),
  },
  {
    name: 'types',
    title: 'type check',
    oneCore: true,
    run: oneTest([
      // All but the page's own folders, which svelte-check reads whole, components and modules.
      [
        'node_modules/@typescript/native/bin/tsc',
        ['--build', 'tsconfig.pure.json', 'tsconfig.node.json', 'tsconfig.tests.json'],
      ],
      [
        'node_modules/svelte-check/bin/svelte-check',
        ['--tsconfig', 'tsconfig.dom.json', '--output', 'human', '--fail-on-warnings', '--tsgo-experimental-api'],
      ],
    ]),
  },
  { name: 'unit', title: 'unit', run: () => vitest(['unit', 'storage']) },
  { name: 'properties', title: 'property', oneCore: true, run: (say) => vitest(['properties'], { workers: 1, say }) },
  {
    name: 'conformance',
    title: 'conformance',
    oneCore: true,
    run: (say) => vitest(['conformance'], { workers: 1, say }),
  },
  { name: 'browser', title: 'browser component', needsChromium: true, run: () => vitest(['browser']) },
  {
    name: 'e2e',
    title: 'end-to-end',
    needsChromium: true,
    prepare: (say) => tool('scripts/build.mjs', ['--if-changed'], { say }),
    run: endToEnd,
  },
];

/** @param {readonly string[]} argv */
function chosenSteps(argv) {
  const only = option(argv, 'only')?.split(',');
  const unknown = only?.filter((name) => !steps.some((step) => step.name === name)) ?? [];
  if (unknown.length > 0) {
    console.error(`There is no step ${unknown.join(', ')}; there are ${steps.map(({ name }) => name).join(', ')}.`);
    process.exit(1);
  }
  return only ? steps.filter((step) => only.includes(step.name)) : steps;
}

/**
 * @param {() => Promise<Count>} run
 * @returns {Promise<Outcome>}
 */
async function outcome(run) {
  const startedMs = performance.now();
  const count = await run();
  return { count, seconds: (performance.now() - startedMs) / 1000 };
}

/**
 * Lets two jobs run at a time; the others wait for their turn in the order in which they came.
 * @returns {<T>(job: () => Promise<T>) => Promise<T>}
 */
function twoAtATime() {
  let free = 2;
  /** @type {(() => void)[]} */
  const waiting = [];
  return async (job) => {
    if (free > 0) free--;
    else await new Promise((resolve) => waiting.push(() => resolve(undefined)));
    try {
      return await job();
    } finally {
      const next = waiting.shift();
      if (next) next();
      else free++;
    }
  };
}

/**
 * Begins what is read later: what it says is held back until its end is asked for.
 * @template T
 * @param {(say: Say) => Promise<T>} run
 * @param {ReturnType<typeof twoAtATime>} turn
 * @returns {() => Promise<T>}
 */
function begin(run, turn) {
  /** @type {Buffer[]} */
  const said = [];
  const ended = turn(() => run((text) => said.push(Buffer.from(text))));
  return async () => {
    const result = await ended;
    process.stdout.write(Buffer.concat(said));
    return result;
  };
}

const chosen = chosenSteps(process.argv.slice(2));
ensureInstalled();
if (chosen.some((step) => step.needsChromium) && !ensureChromium()) process.exit(1);

const startedMs = performance.now();
const turn = twoAtATime();
const begun = new Map(
  chosen.filter(({ oneCore }) => oneCore).map(({ name, run }) => [name, begin((say) => outcome(() => run(say)), turn)]),
);
const prepared = new Map(chosen.flatMap(({ name, prepare }) => (prepare ? [[name, begin(prepare, turn)]] : [])));

/** @param {Step} step */
async function inItsTurn({ name, run }) {
  if ((await prepared.get(name)?.()) === false) return { count: { passed: 0, failed: 1, skipped: 0 }, seconds: 0 };
  return (begun.get(name) ?? (() => outcome(run)))();
}

const total = { passed: 0, failed: 0 };
const lines = [];
for (const step of chosen) {
  console.log(`\n── ${step.title} ──`);
  const { count, seconds } = await inItsTurn(step);
  const { passed, failed, skipped } = count;
  total.passed += passed;
  total.failed += failed;
  const note = skipped > 0 ? `, ${skipped} skipped` : '';
  lines.push(
    `${step.title.padEnd(18)} ${seconds.toFixed(1).padStart(7)} s   ${passed} passed, ${failed} failed${note}`,
  );
}

const minutes = (performance.now() - startedMs) / 60_000;
console.log(`\n${lines.join('\n')}\n${'all'.padEnd(18)} ${minutes.toFixed(1).padStart(7)} min\n`);
console.log(`${total.passed} passed, ${total.failed} failed`);
process.exitCode = total.failed > 0 || total.passed === 0 ? 1 : 0;
