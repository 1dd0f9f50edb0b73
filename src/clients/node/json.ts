import { parseJson, type Reviver } from '../../kernel/json-words';
import { textOf } from './node-error';

const { stringify } = JSON;

/** `JSON` for user code. */
export function createJson(): object {
  const json = {
    parse(text: unknown, reviver?: unknown): unknown {
      const source = typeof text === 'string' ? text : textOf(text);
      return parseJson(source, typeof reviver === 'function' ? (reviver as Reviver) : undefined);
    },
    stringify,
  };
  for (const name of ['parse', 'stringify'] as const) Object.defineProperty(json, name, { enumerable: false });
  return Object.defineProperty(json, Symbol.toStringTag, { value: 'JSON', configurable: true });
}
