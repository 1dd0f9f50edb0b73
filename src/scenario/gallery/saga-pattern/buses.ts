import { eventBus } from 'eventarium';

export interface Order {
  readonly id: string;
  readonly flow: 'orchestrated' | 'choreographed' | 'careless';
  /** The step that is going to fail; none with most orders. */
  readonly fails?: 'reserve' | 'charge' | 'ship';
}

/** The orchestrator tells the services what to do, and they answer. */
export const commands = eventBus('commands');
/** Nobody tells anybody: each service reacts to what another one has done. */
export const events = eventBus('events');
