import { amqplibModules } from '../clients/amqplib/module';
import { createEventarium } from '../clients/eventarium/module';
import { createExpress, type ExpressParts } from '../clients/express/module';
import { createHttp, type HttpModule } from '../clients/http/module';
import type { HttpTransport } from '../clients/http/transport';
import { createIoredis } from '../clients/ioredis/module';
import { kitOf } from '../clients/node/globals';
import { createSvix } from '../clients/svix/module';
import type { StandardWebhooks } from '../clients/svix/webhook-class';
import { clientEnvironment } from './client-environment';
import type { Life } from './life';

export interface ClientParts {
  readonly life: Life;
  readonly transport: HttpTransport;
  readonly globals: Record<string, unknown>;
  /** Another module of the same life. */
  module(name: string): unknown;
}

/** A module that talks to brokers or to other processes, made for one life of a process; undefined when there is none of this name. */
export function createClient(name: string, { life, transport, globals, module }: ClientParts): unknown {
  const environment = () => life.world.connections.environment(life);
  const { EventEmitter } = kitOf(globals);
  switch (name) {
    case 'eventarium':
      return createEventarium(clientEnvironment(life));
    case 'ioredis':
      return createIoredis(environment(), EventEmitter);
    case 'svix': {
      const standardWebhooks = module('standardwebhooks') as StandardWebhooks;
      return createSvix({ environment: environment(), Date: globals['Date'] as DateConstructor, standardWebhooks });
    }
    case 'express': {
      const console = globals['console'] as ExpressParts['console'];
      return createExpress({ http: module('http') as HttpModule, transport, EventEmitter, console });
    }
    case 'http':
      return createHttp(transport, EventEmitter);
    default:
      return Object.hasOwn(amqplibModules, name) ? amqplibModules[name]?.(environment(), EventEmitter) : undefined;
  }
}
