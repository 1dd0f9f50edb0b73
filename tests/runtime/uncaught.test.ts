import { describe, expect, it } from 'vitest';
import { runScenario } from './run-scenario';

describe('an error that nobody caught', () => {
  it('is told to who only watches before it is told to who handles it, and to nobody else', async () => {
    const source = `for (const name of ['uncaughtExceptionMonitor', 'uncaughtException'])
  process.on(name, (error, origin) => console.log(name, error.message, origin));
setTimeout(() => { throw new Error('thrown'); }, 1);
setTimeout(() => Promise.reject(new Error('rejected')), 2);
try { queueMicrotask(5); } catch (error) { console.log(error.message); }`;
    const log = await runScenario({ files: { 'a.js': source } });
    expect(log.printed()).toEqual([
      'The "callback" argument must be of type function. Received type number (5)',
      'uncaughtExceptionMonitor thrown uncaughtException',
      'uncaughtException thrown uncaughtException',
      'uncaughtExceptionMonitor rejected unhandledRejection',
      'uncaughtException rejected unhandledRejection',
    ]);
  });

  it('ends the process though somebody watches', async () => {
    const source = `process.on('uncaughtExceptionMonitor', (error) => console.log('seen', error.message));
process.on('exit', (code) => console.log('exit', code));
throw new Error('fatal');`;
    const log = await runScenario({ files: { 'a.js': source } });
    expect(
      log
        .of('console.printed')
        .filter(({ stream }) => stream === 'stdout')
        .map(({ text }) => text),
    ).toEqual(['seen fatal\n', 'exit 1\n']);
  });
});
