import { expect, test } from '@playwright/test';
import {
  button,
  codeOnShow,
  flag,
  journeyMs,
  logRows,
  openAtEnd,
  patient,
  printed,
  queueEnd,
  region,
  retype,
  runToEnd,
  stepUntil,
} from './workbench';

// The code of a run, changed while it runs.

test.describe.configure({ timeout: journeyMs });

const newListener = `import { sleep } from 'eventarium';
import { bus } from './bus';

bus.subscribe('#', async function sendEmail(event) {
  await sleep(500);
  console.log(\`new code handled \${event.id}\`);
});
`;

test('a listener edited during a run takes over at the playhead; what does not compile leaves it running', async ({
  page,
}) => {
  await openAtEnd(page, 'event-queue', queueEnd.atMs);
  await stepUntil(page, 500);
  await retype(page, newListener);
  await expect(flag(page, 'listeners.ts')).toBeVisible(patient);
  await expect(logRows(page).filter({ hasText: 'listeners went on with the new listeners.ts' })).toBeVisible(patient);
  // What was under way ends with the old code at 800 ms. Three events are left, each takes 500 ms.
  await runToEnd(page, 2_300);
  const said = await printed(page);
  expect(said).toContain('Лист користувачу 123');
  expect(said.match(/new code handled/g)).toHaveLength(3);

  await stepUntil(page, 1_000);
  await retype(page, `${newListener}const broken = ((;\n`);
  const problem = region(page, 'Editor').getByText('listeners.ts was not loaded.');
  await expect(problem).toBeVisible(patient);
  await expect(region(page, 'Editor')).toContainText(/Line 8/);
  await expect(region(page, 'Editor')).toContainText('listeners goes on with the version before.');
  await runToEnd(page, 2_300);
  await expect(logRows(page).filter({ hasText: 'listeners.ts was not loaded: line 8' })).toHaveCount(1, patient);
  expect((await printed(page)).match(/new code handled/g)).toHaveLength(3);

  await button(page, 'Undo my change').click();
  await expect(problem).toBeHidden(patient);
  await expect.poll(() => codeOnShow(page), patient).not.toContain('broken');
  await runToEnd(page, 2_300);
  expect((await printed(page)).match(/new code handled/g)).toHaveLength(3);
});
