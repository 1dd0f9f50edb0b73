/** What Redis answers a command with that it refuses. The message begins with the error's code. */
export class RedisError extends Error {}

export const syntaxError = (): RedisError => new RedisError('ERR syntax error');
export const wrongType = (): RedisError =>
  new RedisError('WRONGTYPE Operation against a key holding the wrong kind of value');
export const notAnInteger = (): RedisError => new RedisError('ERR value is not an integer or out of range');
export const wrongArity = (command: string): RedisError =>
  new RedisError(`ERR wrong number of arguments for '${command}' command`);
export const noGroup = (key: string, group: string, where = ''): RedisError =>
  new RedisError(`NOGROUP No such key '${key}' or consumer group '${group}'${where}`);
