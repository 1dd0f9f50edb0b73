import { hostName } from '../runtime/http-ports';
import { renamedInComparison } from './parse-comparison';
import { serviceOf } from './parse-parts';
import type { Fault } from '../log/entry';
import type { FaultSpec, Scenario } from './scenario';

/**
 * The scenario with the process at `index` under another name; links and interventions that name it, or one of its
 * replicas, follow. They stay where it cannot be told whom they mean: while another process has either name.
 */
export function renamedProcess(scenario: Scenario, index: number, name: string): Scenario {
  const old = scenario.processes[index]?.name;
  if (old === undefined || old === name) return scenario;
  const processes = scenario.processes.map((each, at) => (at === index ? { ...each, name } : each));
  const isShared = scenario.processes.some((each, at) => at !== index && (each.name === old || each.name === name));
  if (isShared || old === '' || name === '') return { ...scenario, processes };
  const follow = (process: string): string => (serviceOf(process) === old ? name + process.slice(old.length) : process);
  return {
    ...scenario,
    processes,
    network: {
      ...scenario.network,
      links: scenario.network.links.map((link) => ({ ...link, from: follow(link.from), to: follow(link.to) })),
    },
    ...(scenario.comparison !== undefined && { comparison: renamedInComparison(scenario.comparison, follow) }),
    ...(scenario.faults !== undefined && {
      faults: scenario.faults.map((each): FaultSpec => ({ ...each, ...renamedFault(each, follow) })),
    }),
    interventions: scenario.interventions.map((each) => {
      switch (each.type) {
        case 'process.crash':
        case 'process.stop':
        case 'process.restart':
        case 'projection.rebuild':
        case 'receiver.pause':
        case 'receiver.resume':
        case 'receiver.retry':
        case 'receiver.issue':
          return { ...each, process: follow(each.process) };
        case 'replay.start':
          return {
            ...each,
            process: follow(each.process),
            ...(each.publisher !== undefined && { publisher: follow(each.publisher) }),
          };
        case 'process.scale':
          return { ...each, service: follow(each.service) };
        case 'link.change':
          return { ...each, from: follow(each.from), to: follow(each.to) };
        case 'http.request':
          return { ...each, url: renamedHost(each.url, old, name) };
        case 'fault.begin':
          return { ...each, fault: renamedFault(each.fault, follow) };
        case 'message.publish':
        case 'message.resend':
        case 'message.redrive':
        case 'endpoint.recover':
        case 'endpoint.disable':
        case 'endpoint.enable':
        case 'endpoint.rotate-secret':
        case 'group.set-id':
        case 'policy.set':
        case 'policy.clear':
        case 'broker.scale':
        case 'broker.stop':
        case 'broker.start':
        case 'fault.end':
        case 'experiment.switch':
        case 'file.edit':
          return each;
      }
    }),
  };
}

function renamedFault(fault: Fault, follow: (process: string) => string): Fault {
  switch (fault.type) {
    case 'crash':
    case 'slow':
    case 'skew':
      return { ...fault, process: follow(fault.process) };
    case 'partition':
      return { ...fault, groups: fault.groups.map((group) => group.map(follow)) };
    case 'link':
      return { ...fault, from: follow(fault.from), to: follow(fault.to) };
    case 'outage':
    case 'alarm':
    case 'poison':
      return fault;
  }
}

/** `http://orders:3000/` and `http://orders-2:3000/` of the service `orders`. */
function renamedHost(url: string, old: string, name: string): string {
  const [whole = '', host = '', replica = ''] = /^http:\/\/([^/?:]+?)(-\d+)?(?=[/?:]|$)/i.exec(url) ?? [];
  if (host.toLowerCase() !== hostName(old)) return url;
  return `http://${hostName(name)}${replica}${url.slice(whole.length)}`;
}
