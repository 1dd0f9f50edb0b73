import { deflateRawSync } from 'node:zlib';
import { expect, test, type Page } from '@playwright/test';
import {
  busEnd,
  button,
  expectPlayhead,
  flag,
  journeyMs,
  openAtEnd,
  patient,
  playheadMs,
  queueEnd,
  region,
  runToEnd,
  scenario,
  sharedLink,
  shownEntries,
  stageNode,
  stepUntil,
} from './workbench';

// Links that cannot be opened, ways back and forth, and a second tab.

test.describe.configure({ timeout: journeyMs });

function crc32(bytes: Uint8Array): number {
  let crc = -1;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return ~crc >>> 0;
}

/** A link of version 1 whose length and checksum are right, whatever it unpacks to. */
function linkOf(text: string | Buffer): string {
  const body = deflateRawSync(text, { level: 9 });
  const header = Buffer.alloc(7);
  header.writeUIntBE(body.length, 0, 3);
  header.writeUInt32BE(crc32(body), 3);
  return `1.${Buffer.concat([header, body]).toString('base64url')}`;
}

async function follow(page: Page, fragment: string): Promise<void> {
  await page.evaluate((hash) => (location.hash = hash), fragment);
}

test('a link that cannot be opened says why, and what was open stays', async ({ page }) => {
  await openAtEnd(page, 'event-queue', queueEnd.atMs);
  await stepUntil(page, 800);
  const entries = await shownEntries(page);
  const good = new URL(await sharedLink(page)).hash.slice(1).split('&')[0] ?? '';
  const middle = Math.floor(good.length / 2);
  const damaged = good.slice(0, middle) + (good[middle] === 'A' ? 'B' : 'A') + good.slice(middle + 1);
  const bad = [
    { link: good.slice(0, middle), title: 'This link is cut short', says: 'It should hold' },
    { link: '1.AAAA', title: 'This link is cut short', says: 'ends too early' },
    { link: damaged, title: 'This link is damaged', says: 'Ask the sender' },
    { link: '1.%%%/?', title: /This link is (damaged|cut short)/, says: 'Ask the sender' },
    { link: '7.AAAABBBB', title: 'This link is too new', says: 'link version 7' },
    { link: linkOf(Buffer.alloc(64_000_000)), title: 'This link unpacks to too much', says: '4 MB' },
    {
      link: linkOf('{"title":5}'),
      title: 'The scenario in this link cannot be opened',
      says: 'files is missing, and 2 more',
    },
    { link: linkOf('no JSON'), title: 'This link is damaged', says: 'Ask the sender' },
    { link: 'no-such-scenario', title: 'There is no such scenario', says: 'no-such-scenario' },
  ];
  for (const { link, title, says } of bad) {
    await follow(page, link);
    const dialog = page.getByRole('dialog', { name: title });
    await expect(dialog).toBeVisible(patient);
    await expect(dialog).toContainText(says);
    await expect(dialog).toContainText('nothing of yours was changed');
    await page.keyboard.press('Escape');
    await expect(dialog).toBeHidden();
    await expect(page).toHaveURL(/#event-queue$/);
  }
  await expect(scenario(page)).toHaveText('Event queue');
  expect(await playheadMs(page)).toBe(800);
  expect(await shownEntries(page)).toBe(entries);
  await page.reload();
  await expectPlayhead(page, 800);
  await follow(page, 'event-queue&at=1200');
  await expectPlayhead(page, 1_200);
  await expect(scenario(page)).toHaveText('Event queue');

  await test.step('as the first thing that is opened', async () => {
    const stranger = await page.context().browser()!.newContext({ locale: 'en-US' });
    const first = await stranger.newPage();
    await first.goto(`./#${damaged}`);
    await expect(first.getByRole('dialog', { name: 'This link is damaged' })).toBeVisible(patient);
    await first.keyboard.press('Escape');
    await scenario(first).click();
    await first.getByRole('option', { name: 'Event bus' }).click();
    await runToEnd(first, busEnd.atMs);
    await stranger.close();
  });
});

test('back and forward bring back what was left as it was left, and a second tab minds its own business', async ({
  page,
  context,
}) => {
  await openAtEnd(page, 'event-queue', queueEnd.atMs);
  await stepUntil(page, 800);
  await button(region(page, 'Stage'), 'Add a worker to events').click();
  await expect(flag(page, 'events × 2')).toBeVisible(patient);
  await scenario(page).click();
  await page.getByRole('option', { name: 'Event bus' }).click();
  await expect(scenario(page)).toHaveText('Event bus', patient);
  await expect(page).toHaveURL(/#eventbus-basic$/);
  await runToEnd(page, busEnd.atMs);

  await page.goBack();
  await expect(scenario(page)).toHaveText('Event queue', patient);
  await expectPlayhead(page, 800);
  await expect(flag(page, 'events × 2')).toBeVisible(patient);
  await page.goForward();
  await expect(scenario(page)).toHaveText('Event bus', patient);
  await expectPlayhead(page, busEnd.atMs);
  expect(await shownEntries(page)).toBe(busEnd.entries);
  await page.goBack();
  await expectPlayhead(page, 800);

  await test.step('a second tab goes on where the first is, and from there on by itself', async () => {
    const second = await context.newPage();
    await second.goto('./');
    await expect(scenario(second)).toHaveText('Event queue', patient);
    await expectPlayhead(second, 800);
    await expect(flag(second, 'events × 2')).toBeVisible(patient);
    await button(region(second, 'Stage'), 'Crash listeners').click();
    await expect(stageNode(second, /^Process listeners, crashed/)).toBeVisible(patient);
    await expect(flag(page, 'Crash listeners')).toHaveCount(0);

    await page.bringToFront();
    await page.reload();
    await expect(flag(page, 'events × 2')).toBeVisible(patient);
    await expectPlayhead(page, 800);
    await expect(flag(page, 'Crash listeners')).toHaveCount(0);
    await runToEnd(page, 2_100);
    await second.reload();
    await expect(flag(second, 'Crash listeners')).toBeVisible(patient);
    await expect(stageNode(second, /^Process listeners, crashed/)).toBeVisible(patient);
  });
});

test('what did not come over the network is told, and comes when it is asked for again', async ({ page }) => {
  const readers = /\/assets\/(parse|link)-[^/]*\.js$/;
  await page.route(readers, (route) => route.abort());
  await page.goto('./#eventbus-basic');
  const toast = page.getByRole('status').filter({ hasText: 'The network or the server did not answer.' });
  await expect(toast).toBeVisible(patient);
  await page.unroute(readers);
  await button(toast, 'Load it again').click();
  await expect(scenario(page)).toHaveText('Event bus', patient);
  await runToEnd(page, busEnd.atMs);

  const link = linkOf(JSON.stringify({ title: 'From afar', durationMs: 100, processes: [], files: { 'a.js': '' } }));
  await page.reload();
  await expectPlayhead(page, busEnd.atMs);
  await page.route(readers, (route) => route.abort());
  await follow(page, link);
  const dialog = page.getByRole('dialog', { name: 'The link could not be read yet' });
  await expect(dialog).toContainText('did not answer', patient);
  await page.unroute(readers);
  await button(dialog, 'Load it again').click();
  await expect(scenario(page)).toHaveText('From afar', patient);
  await expect(dialog).toBeHidden();
});
