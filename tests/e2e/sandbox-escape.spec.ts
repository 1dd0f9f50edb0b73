import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { chromium, expect, test, type Browser, type Frame, type Page } from '@playwright/test';
import { build } from 'vite';
import { chromiumLaunchOptions } from '../../scripts/chromium.mjs';
import type { Entry } from '../../src/log/entry';
import { decodeText } from '../../src/log/utf8';
import type { SandboxEvent } from '../../src/sandbox/host';
import { simulationSource } from '../../src/sandbox/vite-plugin';
import { documentProbes, navigationProbes, workerProbes, type Probe } from './sandbox/probes';
import { openWitness, type Witness } from './sandbox/witness';

/**
 * Every way out of the sandbox, tried in a real browser against a server that must see nothing, and the same ways where
 * nothing forbids them, to see that they are ways at all.
 */
test.describe.configure({ mode: 'serial', timeout: 180_000 });

let site: Server;
let siteUrl: string;
let folder: string;
let witness: Witness;
let browser: Browser;
let page: Page;

const types: Record<string, string> = { '.html': 'text/html', '.js': 'text/javascript' };

test.beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'eventarium-sandbox-'));
  await build({
    configFile: false,
    logLevel: 'error',
    plugins: [simulationSource()],
    build: {
      outDir: folder,
      emptyOutDir: true,
      rolldownOptions: { input: { harness: 'tests/e2e/sandbox/harness.html', sandbox: 'sandbox.html' } },
    },
  });
  site = createServer((request, response) => {
    const path = new URL(request.url ?? '/', 'http://site').pathname;
    readFile(join(folder, path)).then(
      (body) => {
        response.setHeader('Content-Type', types[extname(path)] ?? 'text/plain');
        // Of the page's own policy only what the page's policy has to do for the sandbox.
        if (request.url?.endsWith('?guarded')) response.setHeader('Content-Security-Policy', "frame-src 'self'");
        response.end(body);
      },
      () => response.writeHead(404).end(),
    );
  });
  await new Promise<void>((resolve) => site.listen(0, '127.0.0.1', resolve));
  siteUrl = `http://127.0.0.1:${(site.address() as AddressInfo).port}`;
  witness = await openWitness();
  browser = await chromium.launch({
    ...chromiumLaunchOptions,
    args: chromiumLaunchOptions.args.filter((arg) => arg !== '--disable-quic'),
  });
});

test.afterAll(async () => {
  await browser.close();
  witness.close();
  site.close();
  await rm(folder, { recursive: true, force: true });
});

async function openHarness(query = ''): Promise<void> {
  // What an earlier page still has under way must not be taken for this one's.
  const earlier = browser.contexts();
  page = await (await browser.newContext()).newPage();
  for (const context of earlier) await context.close();
  await page.goto(`${siteUrl}/tests/e2e/sandbox/harness.html${query}`);
  await page.waitForFunction(() => 'runIn' in window);
  witness.take();
}

const addresses = () => `const http = '${witness.http}', ws = '${witness.ws}', udp = '${witness.udp}';`;
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** Where it must leave, it gets time for it; elsewhere what comes late is held against the next probe. */
async function settle(mustLeave: boolean): Promise<void> {
  await pause(100);
  for (let waited = 0; mustLeave && !witness.heard && waited < 3_000; waited += 100) await pause(100);
}

/** What each probe answered and what the witness saw of it. */
async function tryAll(
  probes: readonly Probe[],
  run: (script: string) => Promise<unknown>,
  { free } = { free: false },
): Promise<Record<string, { answer: unknown; seen: string[] }>> {
  const results: Record<string, { answer: unknown; seen: string[] }> = {};
  for (const { name, code, leaves } of probes) {
    const script = `async () => { ${addresses()}
      const late = typeof setTimeout === 'function' ? new Promise((resolve) => setTimeout(resolve, 1500, 'late')) : new Promise(() => {});
      try { return await Promise.race([(async () => ${code.trim()})(), late]).then((answer) => (typeof answer === 'string' ? answer : 'done')) }
      catch (error) { return String(error) } }`;
    const answer = await Promise.race([run(script), pause(3_000)]);
    await settle(free && leaves);
    results[name] = { answer, seen: witness.take() };
  }
  return results;
}

const inWorker = (kind: 'locked' | 'bare' | 'free') => (script: string) =>
  page.evaluate(
    ([kind, script]) =>
      (window as unknown as { runIn(kind: string, script: string): Promise<unknown> }).runIn(kind, script),
    [kind, script] as const,
  );

const inDocument = (frame: Frame | Page) => async (script: string) => {
  try {
    return await frame.evaluate(`(${script})()`);
  } catch (error) {
    return String(error);
  }
};

function expectNothingOut(results: Record<string, { answer: unknown; seen: string[] }>): void {
  const out = Object.entries(results).filter(([, { answer, seen }]) => seen.length > 0 || answer === 'in');
  expect(out).toEqual([]);
}

function expectWaysOut(probes: readonly Probe[], results: Record<string, { seen: string[] }>): void {
  const silent = probes
    .filter(({ name, leaves }) => leaves && results[name]?.seen.length === 0)
    .map(({ name }) => name);
  expect(silent).toEqual([]);
}

const heard = () => page.evaluate(() => (window as unknown as { heard: string[] }).heard);

test('the ways out of a worker are ways out where nothing forbids them', async () => {
  await openHarness();
  const results = await tryAll(workerProbes, inWorker('free'), { free: true });
  expectWaysOut(workerProbes, results);
});

test('nothing gets out of the simulation worker with raw code in it', async () => {
  await openHarness();
  expect(workerProbes.length).toBeGreaterThan(50);
  const results = await tryAll(workerProbes, inWorker('locked'));
  expectNothingOut(results);
  expect(await heard()).toEqual([]);
});

test('nothing gets out of a worker in the frame even if nothing was locked away in it', async () => {
  await openHarness();
  const results = await tryAll(workerProbes, inWorker('bare'));
  if (process.env.PROBES) console.log(JSON.stringify(results, null, 1));
  expectNothingOut(results);
  expect(await heard()).toEqual([]);
});

test('nothing gets out of user code in the runtime', async () => {
  await openHarness();
  const attempts = workerProbes.map(({ name, code }) => `  [${JSON.stringify(name)}, async () => ${code.trim()}],`);
  // The last line tells that every attempt was made and had virtual time to come back.
  const source = `${addresses()}
const attempts = [
${attempts.join('\n')}
];
for (const [name, attempt] of attempts) {
  attempt().then((answer) => answer === 'in' && console.log('in:', name), () => {});
}
setTimeout(() => console.log('tried', attempts.length), 5000);`;
  const events = await page.evaluate(
    (text) => (window as unknown as { runFile(source: string): Promise<SandboxEvent[]> }).runFile(text),
    source,
  );
  await pause(1_000);
  expect(witness.take()).toEqual([]);
  expect(await heard()).toEqual([]);
  const log = events.flatMap((event) =>
    event.type === 'segment' ? decodeText(event.ndjson).trimEnd().split('\n') : [],
  );
  const printed = log
    .map((line) => JSON.parse(line) as Entry)
    .flatMap((entry) => (entry.type === 'console.printed' ? [entry.text] : []));
  expect(printed).toEqual([`tried ${workerProbes.length}\n`]);
});

test('the ways out of a document are ways out where nothing forbids them', async () => {
  await openHarness();
  const results = await tryAll(
    documentProbes.filter(({ name }) => !/navigation/.test(name)),
    inDocument(page),
    { free: true },
  );
  expectWaysOut(documentProbes, results);
});

test('nothing is sent out of the document of the frame either', async () => {
  await openHarness('?guarded');
  await inWorker('bare')('() => 1');
  const frame = page.frames().find((each) => each.url().endsWith('/sandbox.html'))!;
  const results = await tryAll(documentProbes, inDocument(frame));
  if (process.env.PROBES) console.log(JSON.stringify(results, null, 1));
  // It is still the document that was tried, not an error page in its place.
  expect(frame.url()).toMatch(/sandbox\.html(#x)?$/);
  // For a frame, Chromium connects before it asks the policy, and then sends nothing.
  expect(results.frame?.seen.filter((what) => what !== 'connection')).toEqual([]);
  delete results.frame;
  expectNothingOut(results);
  expect(page.context().pages()).toHaveLength(1);
  expect(page.url()).toContain('harness.html');
});

test('the frame cannot send itself elsewhere under the policy of the page', async () => {
  for (const query of ['', '?guarded']) {
    await openHarness(query);
    const left: string[] = [];
    for (const probe of navigationProbes) {
      await page.goto(`${siteUrl}/tests/e2e/sandbox/harness.html${query}`);
      await page.waitForFunction(() => 'runIn' in window);
      await inWorker('bare')('() => 1');
      const frame = page.frames().find((each) => each.url().endsWith('/sandbox.html'))!;
      await Promise.race([inDocument(frame)(`() => { ${addresses()} ${probe.code} }`), pause(150)]);
      await settle(query === '' && probe.leaves);
      if (witness.take().some((what) => what !== 'connection')) left.push(probe.name);
    }
    const expected = query === '' ? navigationProbes.filter(({ leaves }) => leaves).map(({ name }) => name) : [];
    expect(left).toEqual(expected);
  }
});

test('opened by itself the frame page says what it is and does nothing', async () => {
  const context = await browser.newContext();
  const alone = await context.newPage();
  await alone.goto(`${siteUrl}/sandbox.html`);
  await expect(alone.locator('body')).toHaveText(/part of Eventarium and does nothing/);
  await alone.evaluate(() => window.postMessage({ source: 'fetch("/started")', port: null }, '*'));
  await alone.waitForTimeout(200);
  expect(alone.workers()).toEqual([]);
  await context.close();
});
