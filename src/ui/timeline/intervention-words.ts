import { requestTarget } from '../../clients/http/request-url';
import type { Intervention } from '../../log/entry';
import type { Text } from '../text/text';

/** An intervention's name on its flag: `Crash sms`. */
export function interventionWords(intervention: Intervention, t: Text['timeline']): string {
  switch (intervention.type) {
    case 'message.publish':
      return t.what.publish(intervention.event);
    case 'message.resend':
      return t.what.resend(intervention.message);
    case 'endpoint.recover':
      return t.what.recover(intervention.queue);
    case 'endpoint.disable':
    case 'endpoint.enable':
    case 'endpoint.rotate-secret':
      return t.what.endpoint[intervention.type](intervention.queue);
    case 'policy.set':
    case 'policy.clear':
      return t.what.policy[intervention.type](intervention.name);
    case 'group.set-id':
      return t.what.moveGroup(intervention.group, intervention.id);
    case 'replay.start':
      return t.what.replay(intervention.process, intervention.listener, intervention.pattern ?? '#');
    case 'projection.rebuild':
      return t.what.rebuild(intervention.projection);
    case 'message.redrive':
      return t.what.redrive(intervention.messages, intervention.queue);
    case 'http.request':
      return t.what.send(intervention.method, requestTarget(intervention.url)?.path ?? intervention.url);
    case 'process.crash':
      return t.what.crash(intervention.process);
    case 'process.stop':
      return t.what.stop(intervention.process);
    case 'process.restart':
      return t.what.restart(intervention.process);
    case 'process.scale':
      return t.what.scale(intervention.service, intervention.replicas);
    case 'broker.scale':
      return t.what.scale(intervention.broker, intervention.workers);
    case 'file.edit':
      return t.what.edit(intervention.file);
    case 'link.change':
      return intervention.link.cut === true
        ? t.what.cut(intervention.from, intervention.to)
        : t.what.link(intervention.from, intervention.to);
    case 'broker.stop':
      return t.what.stop(intervention.broker);
    case 'broker.start':
      return t.what.start(intervention.broker);
    case 'fault.begin':
      return t.what.fault(intervention.fault);
    case 'fault.end':
      return t.what.endFault(intervention.name);
    case 'experiment.switch':
      return t.what.switchTo(intervention.experiment, intervention.version);
    case 'receiver.pause':
    case 'receiver.resume':
      return t.what.receiver[intervention.type](intervention.receiver);
    case 'receiver.retry':
      return t.what.receiver[intervention.type](intervention.receiver, intervention.events);
    case 'receiver.issue':
      return t.what.receiver[intervention.type](intervention.issue, intervention.as);
  }
}
