import type { BatchLine } from '../broker';
import { AssertionFailure } from '../../kernel/assert';
import type { Frame } from './protocol';

/** The line of a client that asks and listens to nothing: what it is answered comes to `told`, at once. */
export function askingLine(told: (frame: Frame) => void): BatchLine {
  const nobody = (): never => {
    throw new AssertionFailure('A message goes to a client that listens to nothing');
  };
  return {
    process: '',
    send: (frame) => {
      told(frame as Frame);
    },
    deliver: nobody,
    deliverAll: nobody,
    hangUp: () => undefined,
  };
}
