/**
 * `npm run frames`: what a frame of the built site costs the main thread, over a run of 160,000 entries and with more than 1,000
 * messages under way. `--only NAME` measures one case; `--profile FILE` keeps a CPU profile of it for the developer tools.
 *
 * The page's clock goes on by a sixtieth of a second with each frame, however long the machine takes for it, and the time is the
 * thread's own: so the figures are those of a machine that has nothing else to do. Only the last three are the clock's on the wall.
 */
import { writeFileSync } from 'node:fs';
import { chromium } from 'playwright';
import { buildIfChanged } from './build.mjs';
import { chromiumLaunchOptions } from './chromium.mjs';
import { inProject, option } from './project.mjs';
import { listen, staticServer } from './static-server.mjs';

const framesMeasured = 180;

/** Eight services and four workers on one bus: publishing, competing for a queue, failing, trying again, printing. */
const busy = {
  eventarium: 1,
  title: 'A busy shop',
  durationMs: 120_000,
  processes: [
    { name: 'shop', file: 'shop.ts' },
    ...Array.from({ length: 8 }, (_, n) => ({ name: `service-${n}`, file: 'service.ts', args: [String(n)] })),
    { name: 'worker', file: 'worker.ts', replicas: 4 },
  ],
  network: { default: { latencyMs: 20 } },
  files: {
    'shop.ts': `import { eventBus, every } from 'eventarium';
const bus = eventBus('shop');
every(20, (n) => bus.emit(n % 3 === 0 ? 'order.paid' : 'order.created', { n, total: n * 7, customer: 'Olena' }));
`,
    'service.ts': `import { eventBus, sleep } from 'eventarium';
const bus = eventBus('shop');
const which = Number(process.argv[2]);
async function handle(event) {
  await sleep(10 + which);
  if (event.data.n % 50 === which) throw new Error('busy, try again');
  if (event.data.n % 10 === 0) console.log(\`handled \${event.data.n}\`);
}
bus.subscribe(which % 2 === 0 ? 'order.created' : 'order.*', handle, { retry: { attempts: 3, initialMs: 50 } });
`,
    'worker.ts': `import { eventBus, sleep } from 'eventarium';
const bus = eventBus('shop');
bus.subscribe('order.#', async (event) => {
  await sleep(60 + (event.data.n % 7) * 10);
}, { name: 'work', queue: 'work', retry: 2, deadLetter: true });
`,
  },
};

/** Slow links hold more than a thousand messages at once. */
const crowd = {
  eventarium: 1,
  title: 'A crowd',
  durationMs: 30_000,
  processes: [
    { name: 'source', file: 'source.ts' },
    ...Array.from({ length: 4 }, (_, n) => ({ name: `sink-${n}`, file: 'sink.ts' })),
  ],
  network: { default: { latencyMs: 2_000, jitterMs: 500 } },
  files: {
    'source.ts': `import { eventBus, every } from 'eventarium';
const bus = eventBus('crowd');
every(4, (n) => bus.emit('tick', { n }));
`,
    'sink.ts': `import { eventBus } from 'eventarium';
eventBus('crowd').subscribe('tick', () => {}, { name: 'hear' });
`,
  },
};

/** Done in the page with each frame `n`: text, since the page has another language than the scripts around it. */
const acts = {
  nothing: '',
  zoom: `
    const canvas = document.querySelector('[data-pane="timeline"] .lanes canvas');
    const box = canvas.getBoundingClientRect();
    const deltaY = Math.floor(n / 30) % 2 === 0 ? 60 : -60;
    const at = { clientX: box.left + box.width / 3, clientY: box.top + 20 };
    canvas.dispatchEvent(new WheelEvent('wheel', { deltaY, ...at, bubbles: true, cancelable: true }));`,
  pan: `
    const canvas = document.querySelector('[data-pane="timeline"] .lanes canvas');
    const deltaX = Math.floor(n / 60) % 2 === 0 ? -40 : 40;
    canvas.dispatchEvent(new WheelEvent('wheel', { deltaX, bubbles: true, cancelable: true }));`,
  lanes: `
    const lanes = document.querySelector('[data-pane="timeline"] .lanes');
    lanes.scrollTop = (n * 4) % Math.max(1, lanes.scrollHeight - lanes.clientHeight);`,
  scrub: `
    const axis = document.querySelector('[data-pane="timeline"] .axis');
    const box = axis.getBoundingClientRect();
    const clientX = box.left + (0.5 + 0.45 * Math.sin(n / 20)) * box.width;
    const at = { clientX, clientY: box.top + 5, button: 0, buttons: 1, pointerId: 1, bubbles: true };
    // Only a pointer that a hand holds can be captured.
    axis.setPointerCapture = () => {};
    if (n === 0) axis.dispatchEvent(new PointerEvent('pointerdown', at));
    axis.dispatchEvent(new PointerEvent('pointermove', at));`,
  log: `
    document.querySelector('#log-panel [role="listbox"]').scrollTop = 100_000 + n * 90;`,
};

/** @typedef {{ scenario: typeof busy | typeof crowd, act: keyof typeof acts, speed?: number, tab?: string, about: string }} Case */
/** @type {Readonly<Record<string, Case>>} */
const cases = {
  zoom: { scenario: busy, act: 'zoom', about: 'zooming the timeline out and in' },
  pan: { scenario: busy, act: 'pan', about: 'moving along the timeline' },
  lanes: { scenario: busy, act: 'lanes', about: 'scrolling the lanes' },
  scrub: { scenario: busy, act: 'scrub', about: 'dragging the playhead' },
  log: { scenario: busy, act: 'log', about: 'scrolling the log' },
  play: { scenario: busy, act: 'nothing', speed: 1, about: 'playing at 1×' },
  fast: { scenario: busy, act: 'nothing', speed: 25, about: 'playing at 25×' },
  console: { scenario: busy, act: 'nothing', speed: 1, tab: 'Console', about: 'playing at 1×, the console open' },
  metrics: { scenario: busy, act: 'nothing', speed: 1, tab: 'Metrics', about: 'playing at 1×, the metrics open' },
  crowd: { scenario: crowd, act: 'nothing', speed: 1, about: 'playing at 1× with more than 1,000 messages under way' },
};
const columns = ['main', 'script', 'style', 'layout', 'p50', 'p95', 'longest'];

/** A clock of the page's own that can be made to go with its frames. What runs on it notices nothing. */
const ownClock = `
  const real = { now: performance.now.bind(performance), later: setTimeout.bind(window), frame: requestAnimationFrame.bind(window) };
  const drop = clearTimeout.bind(window);
  let at; // undefined: the real clock
  const timers = new Map();
  performance.now = () => at ?? real.now();
  window.setTimeout = (call, ms = 0, ...args) => {
    if (at === undefined) return real.later(call, ms, ...args);
    const id = real.later(() => timers.delete(id), 2 ** 30);
    timers.set(id, { dueMs: at + ms, call: () => call(...args) });
    return id;
  };
  window.clearTimeout = (id) => (timers.delete(id), drop(id));
  window.requestAnimationFrame = (call) => real.frame((now) => call(at ?? now));
  window.measureFrames = async (count, act) => {
    const frame = () => new Promise((resolve) => real.frame(resolve));
    const deltas = [];
    at = real.now();
    let before = await frame();
    for (let n = 0; n < count; n++) {
      act(n);
      const now = await frame();
      deltas.push(now - before);
      before = now;
      at += 1_000 / 60;
      for (const [id, { dueMs, call }] of timers) if (dueMs <= at) (window.clearTimeout(id), call());
    }
    return deltas;
  };`;

const only = option(process.argv, 'only');
const profileFile = option(process.argv, 'profile');

if (!(await buildIfChanged())) process.exit(1);
const server = staticServer({ folder: inProject('dist') });
const port = await listen(server, { port: 0, host: '127.0.0.1', exact: true });
const browser = await chromium.launch(chromiumLaunchOptions);
try {
  console.log(`${'ms a frame'.padEnd(12)}${columns.map((name) => name.padStart(9)).join('')}`);
  for (const [name, one] of Object.entries(cases)) {
    if (only !== undefined && only !== name) continue;
    const figures = await measure(one);
    console.log(`${name.padEnd(12)}${figures.map((figure) => figure.toFixed(1).padStart(9)).join('')}   ${one.about}`);
  }
} finally {
  await browser.close();
  server.close();
}

/** @param {Case} one */
async function measure(one) {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: 'en-US' });
  const page = await context.newPage();
  page.on('pageerror', (error) => console.error(error));
  page.setDefaultTimeout(120_000);
  await page.addInitScript(ownClock);
  await open(page, one.scenario);
  await prepare(page, one);
  const client = await context.newCDPSession(page);
  await client.send('Performance.enable', { timeDomain: 'threadTicks' });
  if (profileFile !== undefined) {
    await client.send('Profiler.enable');
    await client.send('Profiler.start');
  }
  const before = await durations(client);
  /** @type {number[]} */
  const deltas = await page.evaluate(`measureFrames(${framesMeasured}, (n) => {${acts[one.act]}})`);
  const after = await durations(client);
  if (profileFile !== undefined) {
    const { profile } = await client.send('Profiler.stop');
    writeFileSync(profileFile, JSON.stringify(profile));
  }
  await context.close();
  const perFrame = ['TaskDuration', 'ScriptDuration', 'RecalcStyleDuration', 'LayoutDuration'].map(
    (name) => (((after[name] ?? NaN) - (before[name] ?? NaN)) * 1_000) / framesMeasured,
  );
  const sorted = deltas.toSorted((first, second) => first - second);
  return [...perFrame, ...[0.5, 0.95, 1].map((share) => sorted[Math.ceil(share * sorted.length) - 1] ?? NaN)];
}

/**
 * Opens a scenario as a reader opens a file, and goes to its end.
 * @param {import('playwright').Page} page
 * @param {object} scenario
 */
async function open(page, scenario) {
  await page.goto(`http://127.0.0.1:${port}/#event-queue`);
  await page.getByRole('combobox', { name: 'Scenario' }).click();
  await page.getByRole('button', { name: 'Import file…' }).click();
  const buffer = Buffer.from(JSON.stringify(scenario));
  const file = { name: 'frames.json', mimeType: 'application/json', buffer };
  await page.getByRole('dialog').locator('input[type=file]').setInputFiles(file);
  await page.locator('.monaco-editor .view-line').first().waitFor();
  // What comes from a file waits for Run.
  await page.getByRole('button', { name: 'Run', exact: true }).click();
  await page.getByRole('button', { name: 'Run to end' }).click();
  await page.locator('button[aria-label="Run to end"]:not([aria-disabled])').waitFor({ state: 'detached' });
  // The count stands still once all is computed and shown.
  const log = page.getByRole('tab', { name: /^Log/ });
  for (let counted = '', now = '…'; counted !== now; counted = now, now = (await log.textContent()) ?? '')
    await page.waitForTimeout(3_000);
}

/**
 * @param {import('playwright').Page} page
 * @param {Case} one
 */
async function prepare(page, { tab, speed }) {
  const timeline = page.getByRole('region', { name: 'Timeline' });
  if (tab !== undefined) await page.getByRole('tab', { name: new RegExp(`^${tab}`) }).click();
  if (speed === undefined) return;
  await timeline.getByRole('slider', { name: 'Playhead' }).focus();
  await page.keyboard.press('Home');
  for (let steps = 0; steps < 12; steps++) await page.keyboard.press('PageUp');
  await page.getByRole('combobox', { name: 'Speed' }).selectOption(String(speed));
  await page.getByRole('button', { name: 'Run', exact: true }).click();
}

/**
 * Seconds of the main thread so far.
 * @param {import('playwright').CDPSession} client
 * @returns {Promise<Record<string, number>>}
 */
async function durations(client) {
  const { metrics } = await client.send('Performance.getMetrics');
  return Object.fromEntries(metrics.map(({ name, value }) => [name, value]));
}
