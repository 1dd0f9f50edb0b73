import { nodeError } from '../node/node-error';
import { define } from './asked';

/** What ioredis has and the simulation has not, and what there is instead. */
const groups: readonly (readonly [sentence: string, names: string])[] = [
  [
    'Lua scripts and functions are not simulated. Use multi(), or commands with conditions such as SET NX.',
    'eval eval_ro evalsha evalsha_ro defineCommand script fcall fcall_ro function',
  ],
  [
    'The simulation does not have this command of sorted sets. Use zpopmin, zpopmax and zrange.',
    'bzmpop zintercard zmpop zrandmember',
  ],
  [
    'Places on a map are not simulated. Keep them as fields of a hash.',
    'geoadd geodist geohash geopos georadius georadius_ro georadiusbymember georadiusbymember_ro geosearch geosearchstore',
  ],
  [
    'Bits are not simulated. Use a set, or fields of a hash.',
    'bitcount bitfield bitfield_ro bitop bitpos getbit setbit',
  ],
  ['HyperLogLogs are not simulated. Use a set and SCARD.', 'pfadd pfcount pfdebug pfmerge pfselftest'],
  ['Sorting on the server is not simulated. Sort in your code.', 'sort sort_ro lcs'],
  ['Users and their rights are not simulated: there is the user `default`, without a password.', 'acl'],
  [
    'There is one server with its defaults, and no look inside it. The log tells of every message, and get() and its like of every key.',
    'config object memory debug latency slowlog lolwut command module monitor lastsave hotkeys trimslots',
  ],
  [
    'The data of the server are in memory only, and live as long as it does.',
    'save bgsave bgrewriteaof dump restore restore-asking migrate backup himport',
  ],
  [
    'There is one server, without replicas or a cluster.',
    'cluster asking readonly readwrite replicaof slaveof role failover sentinel sync psync replconf wait waitaof',
  ],
  ['The server is stopped and started as a fault of the scenario.', 'shutdown'],
  ['The server is Redis 7.0, where each command is asked as it was then.', 'hello swapdb'],
  [
    'The simulation does not have this command. Use get, set, and the commands of hashes, sets, sorted sets, lists and streams.',
    'blmpop hrandfield lmpop move randomkey substr',
  ],
  [
    'Commands are made by their methods. Use call().',
    'sendCommand send_command createBuiltinCommand addBuiltinCommand',
  ],
  [
    'It came after Redis 7.0, which is simulated.',
    'ardel ardelrange arcount arget argetrange argrep arinfo arinsert arlastitems arlen armget armset arnext arop arring arscan arseek ' +
      'arset blmovem delex digest hexpire hexpireat hexpiretime hgetdel hgetex hpersist hpexpire hpexpireat hpexpiretime hpttl hsetex ' +
      'httl increx lmovem msetex sdiffcard sunioncard vadd vcard vdim vemb vgetattr vinfo vismember vlinks vrandmember vrange vrem ' +
      'vsetattr vsim xackdel xcfgset xdelex xidmprecord xnack',
  ],
];

const sentences = new Map(groups.flatMap(([sentence, names]) => names.split(' ').map((name) => [name, sentence])));

/** Gives a prototype a method that says so for each that is not there, and for its twin that answers in buffers. */
export function refuseOthers(prototype: object, owner: string): void {
  for (const [absent, sentence] of sentences)
    for (const name of [absent, `${absent}Buffer`])
      if (!(name in prototype))
        define(prototype, name, () => {
          throw notSimulated(`${owner}.${name}`, sentence);
        });
}

/** Refuses what `call()` is asked for, as its method would. */
export function refuseCallOf(command: string, owner: string): void {
  const sentence = sentences.get(command.toLowerCase());
  if (sentence !== undefined) throw notSimulated(`${owner}.call('${command}')`, sentence);
}

function notSimulated(what: string, sentence: string): Error {
  return nodeError(Error, 'ERR_NOT_SIMULATED', `${what} is not simulated: ${sentence}`);
}
