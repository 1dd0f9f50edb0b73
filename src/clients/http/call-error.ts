import { nodeError } from '../node/node-error';
import type { CallFailure } from './transport';

/** The system's error when a call does not come about or ends early, as Node words it. */
export function callError({ type, address }: CallFailure, to: { hostname: string; port: number }): Error {
  const { hostname, port } = to;
  switch (type) {
    case 'not found':
      return systemError(`getaddrinfo ENOTFOUND ${hostname}`, -3008, 'ENOTFOUND', 'getaddrinfo', { hostname });
    case 'refused':
      return systemError(`connect ECONNREFUSED ${address}:${String(port)}`, -111, 'ECONNREFUSED', 'connect', {
        address,
        port,
      });
    case 'no connection':
      return systemError(`connect ETIMEDOUT ${address}:${String(port)}`, -110, 'ETIMEDOUT', 'connect', {
        address,
        port,
      });
    case 'silence':
      return systemError('read ETIMEDOUT', -110, 'ETIMEDOUT', 'read', {});
    case 'reset':
      return systemError('read ECONNRESET', -104, 'ECONNRESET', 'read', {});
  }
}

export function hangUp(): Error {
  return Object.assign(new Error('socket hang up'), { code: 'ECONNRESET' });
}

/** What `new URL` throws, in Node's words whatever the engine's are. */
export function invalidUrl(input: string): Error {
  return nodeError(TypeError, 'ERR_INVALID_URL', 'Invalid URL', { input });
}

function systemError(message: string, errno: number, code: string, syscall: string, details: object): Error {
  return Object.assign(new Error(message), { errno, code, syscall, ...details });
}
