import type { Fault } from './entry-fault';
import type { PolicyRule } from './entry-topology';

/** Anything done to a run from outside. It happens at the end of the instant `atMs`, after all that the run itself does then. */
export type Intervention =
  | {
      readonly type: 'message.publish';
      readonly atMs: number;
      readonly broker: string;
      readonly event: string;
      readonly data?: unknown;
    }
  /** Webhooks: sends a message once more, to one endpoint or, without `queue`, to all to which it went. */
  | {
      readonly type: 'message.resend';
      readonly atMs: number;
      readonly broker: string;
      readonly message: string;
      readonly queue?: string;
    }
  /**
   * Webhooks, as Svix calls it: sends an endpoint once more all that failed for good (`failed`), or for the first time all that it would have
   * got and did not, for example while it was disabled (`missing`).
   */
  | {
      readonly type: 'endpoint.recover';
      readonly atMs: number;
      readonly broker: string;
      /** The endpoint. */
      readonly queue: string;
      readonly which: 'failed' | 'missing';
      /** Only what was created since. Default: the beginning. */
      readonly sinceMs?: number;
    }
  /** Webhooks: an endpoint gets nothing from now on, and what waited for it is not sent any more. */
  | { readonly type: 'endpoint.disable'; readonly atMs: number; readonly broker: string; readonly queue: string }
  /** It gets again what is created from now on, however it was disabled. */
  | { readonly type: 'endpoint.enable'; readonly atMs: number; readonly broker: string; readonly queue: string }
  /** What it is sent is signed with a new secret from now on, and for a day with the one before as well. */
  | {
      readonly type: 'endpoint.rotate-secret';
      readonly atMs: number;
      readonly broker: string;
      readonly queue: string;
      /** `whsec_` and 24 to 64 bytes in base64. Default: a random one. */
      readonly secret?: string;
    }
  /** Redis, XGROUP SETID: what the group's consumers ask for next follows this entry of the stream. */
  | {
      readonly type: 'group.set-id';
      readonly atMs: number;
      readonly broker: string;
      /** The stream, in database 0. */
      readonly queue: string;
      readonly group: string;
      /** `0`: all of it again. `$`: only what comes from now on. Otherwise `1735689600000-0`. */
      readonly id: string;
    }
  /** RabbitMQ, `rabbitmqctl set_policy`: also for queues and exchanges that are there already. One of the same name is replaced. */
  | {
      readonly type: 'policy.set';
      readonly atMs: number;
      readonly broker: string;
      readonly name: string;
      readonly policy: PolicyRule;
    }
  | { readonly type: 'policy.clear'; readonly atMs: number; readonly broker: string; readonly name: string }
  /** Feeds events that a bus has kept to listeners of a process: to build its state, or to see what another text makes of them. */
  | {
      readonly type: 'replay.start';
      readonly atMs: number;
      readonly broker: string;
      readonly process: string;
      /** Default: every listener of the process. */
      readonly listener?: string;
      /** Default `#`, all. */
      readonly pattern?: string;
      /** Published within this span of virtual time. Default: all of it. */
      readonly fromMs?: number;
      readonly toMs?: number;
      readonly correlation?: string;
      /** Published by this process. */
      readonly publisher?: string;
      /** What the listeners emit is held back; the log tells of it. Default false. */
      readonly suppressEffects?: boolean;
    }
  /** Has a projection made anew from the first event of its event store; it answers as before until that has caught up. */
  | {
      readonly type: 'projection.rebuild';
      readonly atMs: number;
      /** The event store. */
      readonly broker: string;
      readonly process: string;
      readonly projection: string;
    }
  /** Sends dead letters back to where they died; without `messages` all of the queue, with `data` with that payload. */
  | {
      readonly type: 'message.redrive';
      readonly atMs: number;
      readonly broker: string;
      /** The dead-letter queue. */
      readonly queue: string;
      readonly messages?: readonly string[];
      /** Only those that this listener gave up. */
      readonly listener?: string;
      readonly data?: unknown;
    }
  /** An HTTP request from outside, as `curl` sends one, to whoever listens there. */
  | {
      readonly type: 'http.request';
      readonly atMs: number;
      readonly method: string;
      /** `http://localhost:5000/orders?page=2`: sent as it is spelled, so percent-encoded where that is needed. */
      readonly url: string;
      /** Names and values in turn. `Host`, and `Content-Length` of a body, are added when they are not among them. */
      readonly headers: readonly string[];
      readonly body?: string;
    }
  | {
      readonly type: 'process.crash';
      readonly atMs: number;
      readonly process: string;
      /** Starts again after so long, unless somebody has started it before. Default: stays down. */
      readonly restartAfterMs?: number;
    }
  | { readonly type: 'process.stop'; readonly atMs: number; readonly process: string }
  | { readonly type: 'process.restart'; readonly atMs: number; readonly process: string }
  /** Number of replicas of a service. */
  | { readonly type: 'process.scale'; readonly atMs: number; readonly service: string; readonly replicas: number }
  /** Number of workers of a bus in queue mode. */
  | { readonly type: 'broker.scale'; readonly atMs: number; readonly broker: string; readonly workers: number }
  | { readonly type: 'file.edit'; readonly atMs: number; readonly file: string; readonly source: string }
  | {
      readonly type: 'link.change';
      readonly atMs: number;
      readonly from: string;
      readonly to: string;
      readonly link: Partial<LinkSettings>;
    }
  /** Stops a broker in full, as its operator would, and starts it again. */
  | { readonly type: 'broker.stop'; readonly atMs: number; readonly broker: string }
  | { readonly type: 'broker.start'; readonly atMs: number; readonly broker: string }
  /** Begins a fault; one of the same name that is there ends. `forMs`: ends it after so long. Default: it stays. */
  | { readonly type: 'fault.begin'; readonly atMs: number; readonly fault: Fault; readonly forMs?: number }
  /** Ends the fault of this name, be it of the scenario or begun by hand. */
  | { readonly type: 'fault.end'; readonly atMs: number; readonly name: string }
  /** One version of an experiment handles everything from now on; without `version` messages are shared out again. */
  | {
      readonly type: 'experiment.switch';
      readonly atMs: number;
      readonly experiment: string;
      readonly version?: string;
    }
  /** A receiver of webhooks accepts as before, and hands nothing to its handler until it is resumed. */
  | { readonly type: 'receiver.pause'; readonly atMs: number; readonly process: string; readonly receiver: string }
  | { readonly type: 'receiver.resume'; readonly atMs: number; readonly process: string; readonly receiver: string }
  /** Queues failed events of a receiver again, for one attempt each. `events`: only those. Default: all that have failed. */
  | {
      readonly type: 'receiver.retry';
      readonly atMs: number;
      readonly process: string;
      readonly receiver: string;
      readonly events?: readonly string[];
    }
  /** Acknowledges or resolves an issue of a receiver. What is resolved is opened again when it recurs. */
  | {
      readonly type: 'receiver.issue';
      readonly atMs: number;
      readonly process: string;
      readonly receiver: string;
      readonly issue: string;
      readonly as: 'acknowledged' | 'resolved';
    };

export type InterventionType = Intervention['type'];

export interface LinkSettings {
  /** One-way latency in milliseconds. Default 0. */
  readonly latencyMs: number;
  /** Added to the latency, evenly drawn from 0 to this. Default 0. */
  readonly jitterMs: number;
  /** Share of messages lost, 0 to 1. Default 0. */
  readonly loss: number;
  /** A cut link holds nothing and delivers nothing: what is sent over it is lost. Default false. */
  readonly cut: boolean;
  /**
   * Shares of messages, 0 to 1. Default 0. What runs over a connection (RabbitMQ, Redis, HTTP) is a stream in order, as TCP is: there
   * nothing is doubled or overtaken, what is lost is sent again, and only `delayed` counts of these.
   */
  /** Arrive a second time, after another latency. */
  readonly duplicated?: number;
  /** Arrive `delayedMs` late, and hold up what was sent after them. */
  readonly delayed?: number;
  /** Arrive `delayedMs` late alone, so that what was sent after them overtakes them. */
  readonly reordered?: number;
  /** Default 1 000. */
  readonly delayedMs?: number;
}

const ownReplays: ReadonlySet<string> = new Set(['message.resend', 'endpoint.recover', 'group.set-id']);

/** Whether it has a broker give again, in its own way, what it once had. */
export function isOwnReplay({ type }: Intervention): boolean {
  return ownReplays.has(type);
}

/** Whether messages are handled again because of it, so that there is something to compare. */
export function isReplay(intervention: Intervention): boolean {
  return intervention.type === 'replay.start' || isOwnReplay(intervention);
}
