import { expect, test, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import ComposerDialog from '../../src/ui/composer/ComposerDialog.svelte';
import { oneRunATest, openRun, type OpenRun } from './open-run';

// The course's curl command is pasted, understood, sent, and its answer shown: the server runs in the real sandbox.

oneRunATest();

const course = `curl -X POST http://localhost:5000/webhook/order \\
  -H "Content-Type: application/json" \\
  -d '{"order_id": 777, "status": "created"}'`;

const sentAtMs = 500;
const button = (name: string) => page.getByRole('button', { name, exact: true });
const command = () => page.getByRole('textbox', { name: /^A curl command/ });
const open = (language?: 'en' | 'uk') => openRun('webhook-server', ComposerDialog, sentAtMs, language);

const requests = ({ player }: OpenRun) =>
  player.scenario.interventions.filter((one) => one.type === 'http.request' && one.atMs === sentAtMs);

test('the course’s command of several lines is understood as it stands, with the headers that curl adds', async () => {
  await open();
  await command().fill(course);
  const understood = page.getByRole('region', { name: 'Understood as this request' });
  await expect.element(understood).toHaveTextContent('POST http://localhost:5000/webhook/order');
  await expect.element(understood).toHaveTextContent('Content-Type: application/json');
  await expect.element(understood).toHaveTextContent('User-Agent: curl/7.88.1');
  await expect.element(understood).toHaveTextContent('{"order_id": 777, "status": "created"}');
});

test('what cannot be sent is marked at its place, and the text stays', async () => {
  const run = await open();
  const bad = `${course}\nwget http://localhost:5000/`;
  await command().fill(bad);
  await expect.element(command()).toHaveAttribute('aria-invalid', 'true');
  await expect.element(page.getByText('wget is not simulated: only curl is.')).toBeVisible();
  expect(run.host.querySelector('.grave')?.textContent).toContain('wget');
  await button('line 4').first().click();
  const area = command().element() as HTMLTextAreaElement;
  await vi.waitFor(() => expect(area.value.slice(area.selectionStart, area.selectionEnd)).toContain('wget'));
  await userEvent.keyboard('{Control>}{Enter}{/Control}');
  expect(requests(run)).toEqual([]);
  await expect.element(command()).toHaveValue(bad);
});

test('sent from the keyboard it is an intervention, and its answer, timing and consequences are shown', async () => {
  const run = await open();
  await command().fill(course);
  await userEvent.keyboard('{Control>}{Enter}{/Control}');
  expect(requests(run)).toMatchObject([
    { method: 'POST', url: 'http://localhost:5000/webhook/order', body: '{"order_id": 777, "status": "created"}' },
  ]);
  const answer = page.getByRole('article');
  await expect.element(answer).toHaveTextContent('202 Accepted');
  await expect.element(answer.getByRole('list', { name: 'Timing, in virtual time' })).toHaveTextContent('in all');
  await expect.element(answer.getByText('What it caused')).toBeVisible();
  await command().fill('curl http://localhost:5000/other');
  await expect.element(answer).not.toBeInTheDocument();
});

test('several commands are sent as several requests, in their order', async () => {
  const run = await open();
  await command().fill(`${course}\n${course.replace('777', '778')}`);
  await button('Send 2 requests').click();
  expect(requests(run).map((one) => one.type === 'http.request' && one.body)).toEqual([
    '{"order_id": 777, "status": "created"}',
    '{"order_id": 778, "status": "created"}',
  ]);
  await vi.waitFor(() => expect(run.host.querySelectorAll('article strong')).toHaveLength(2));
});

test('the form shows the command, and the command follows the form', async () => {
  await open();
  await command().fill(course);
  await page.getByRole('tab', { name: 'Form' }).click();
  await expect.element(page.getByLabelText('URL')).toHaveValue('http://localhost:5000/webhook/order');
  await page.getByLabelText('Body').fill('{"order_id": 12, "status": "paid"}');
  await page.getByRole('tab', { name: 'curl command' }).click();
  await expect.element(command()).toHaveValue(expect.stringContaining('{"order_id": 12, "status": "paid"}'));
  await button('Back to the earlier text').click();
  await expect.element(command()).toHaveValue(course);
});

test('a failure is told in curl’s words, with the port that somebody listens at', async () => {
  await open();
  await command().fill(course.replace('5000', '5001'));
  await button('Send request').click();
  await expect.element(page.getByText(/curl: \(7\) Failed to connect to localhost port 5001/)).toBeVisible();
  await button('Use port 5000').click();
  await expect.element(command()).toHaveValue(course);
});

test('in Ukrainian the composer says what is wrong in Ukrainian', async () => {
  await open('uk');
  await page.getByRole('textbox').fill('wget http://localhost:5000/');
  await vi.waitFor(() => {
    const said = document.querySelector('ul[aria-live] li')?.textContent ?? '';
    expect(said).toContain('wget');
    expect(said).not.toContain('is not simulated');
  });
});
