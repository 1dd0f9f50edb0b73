import { notSimulated } from '../clients/node/not-simulated';

/** What an import fails with that leads nowhere: why, and what there is instead. */
export function missingModule(specifier: string, from: string): Error {
  const bare = specifier.replace(/^node:/, '');
  const reason = notSimulated[bare];
  if (reason !== undefined) return Object.assign(new Error(reason), { code: 'ERR_NOT_SIMULATED' });
  const message = /^[./]/.test(specifier)
    ? `Cannot find '${specifier}', imported from ${from}. The scenario has no such file.`
    : `Cannot find package '${specifier}', imported from ${from}. What can be imported: eventarium, amqplib, ioredis, svix, express, node built-ins, cockatiel, standardwebhooks.`;
  return Object.assign(new Error(message), { code: 'MODULE_NOT_FOUND' });
}
