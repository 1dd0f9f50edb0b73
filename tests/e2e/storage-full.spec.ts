import { expect, test, type Page } from '@playwright/test';
import { button, journeyMs, patient, playheadMs, runToEnd, shownEntries } from './workbench';

// What happens when the disk is full: the browser's own limit, set low.

test.describe.configure({ timeout: journeyMs });

/** Enough for the first run and for part of the second. */
const quotaBytes = 600_000;
const shopEndMs = 60_000;

interface Piece {
  readonly firstSeq: number;
  readonly count: number;
}

/** The pieces of the newest run that are on the disk, in order. */
async function piecesOnDisk(page: Page): Promise<readonly Piece[]> {
  return page.evaluate(
    () =>
      new Promise<Piece[]>((resolve) => {
        const open = indexedDB.open('eventarium');
        open.onsuccess = () => {
          const read = open.result.transaction('segments').objectStore('segments').getAll();
          read.onsuccess = () => {
            open.result.close();
            const rows = read.result as (Piece & { run: number })[];
            const newest = Math.max(...rows.map((row) => row.run));
            const own = rows.filter((row) => row.run === newest).sort((a, b) => a.firstSeq - b.firstSeq);
            resolve(own.map(({ firstSeq, count }) => ({ firstSeq, count })));
          };
        };
      }),
  );
}

/** How many entries they hold; the pieces follow one another without a gap. */
function entriesIn(pieces: readonly Piece[]): number {
  let entries = 0;
  for (const { firstSeq, count } of pieces) {
    expect(firstSeq).toBe(entries);
    entries += count;
  }
  return entries;
}

test('a full disk stops the recording and nothing else; with room again the record is whole', async ({
  page,
  baseURL,
}) => {
  const devtools = await page.context().newCDPSession(page);
  const origin = baseURL ?? '';
  // Before anything is written: the browser looks at its limit once and remembers for a while what is left.
  await devtools.send('Storage.overrideQuotaForOrigin', { origin, quotaSize: quotaBytes });
  await page.goto('./#event-replay');
  await expect.poll(() => playheadMs(page), patient).toBeGreaterThan(0);
  await page.evaluate(() => (location.hash = 'e-commerce'));

  const notice = page.getByRole('status').filter({ hasText: 'Recording has stopped: storage is full' });
  await expect(notice).toBeVisible(patient);
  await expect(notice).toContainText(/Kept up to 00:\d\d\.\d{3}\. The run goes on in memory\./);
  const kept = entriesIn(await piecesOnDisk(page));
  expect(kept).toBeGreaterThan(0);
  await runToEnd(page, shopEndMs);
  const entries = await shownEntries(page);
  expect(entries).toBeGreaterThan(kept);
  // What was acknowledged stays, and nothing comes behind a gap.
  expect(entriesIn(await piecesOnDisk(page))).toBe(kept);

  await devtools.send('Storage.overrideQuotaForOrigin', { origin });
  await button(page, /^Delete the oldest, free /).click();
  await expect(notice).toBeHidden(patient);
  await expect.poll(async () => entriesIn(await piecesOnDisk(page)), patient).toBe(entries);
  await page.reload();
  await expect.poll(() => playheadMs(page), patient).toBe(shopEndMs);
  expect(await shownEntries(page)).toBe(entries);
});
