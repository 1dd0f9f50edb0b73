import { methodNames } from '../http/http-names';
import type { PathMatcher } from './path-pattern';
import type { Handler } from './shapes';

export const routeMethods = methodNames.map((name) => name.toLowerCase());

/** One handler of a router or a route; programs that list their routes read its fields. */
export class Layer {
  readonly handle: Handler;
  readonly name: string;
  readonly rawPath: unknown;
  readonly slash: boolean;
  /** In a router: what the handler belongs to, when that is a route. */
  readonly route: Route | undefined;
  /** In a route: the only method that the handler is for. */
  declare method?: string | undefined;
  readonly #match: PathMatcher | undefined;
  /** Handlers with four parameters are for errors. To ask a function how many it has takes its time. */
  readonly #parameters: number;

  constructor(path: unknown, match: PathMatcher | undefined, handle: Handler, route: Route | undefined) {
    this.handle = handle;
    this.name = handle.name || '<anonymous>';
    this.rawPath = path;
    this.slash = path === '/' && route === undefined && match !== undefined;
    this.route = route;
    this.#match = match;
    this.#parameters = handle.length;
  }

  get parameters(): number {
    return this.#parameters;
  }

  match(path: string): ReturnType<PathMatcher> {
    return this.#match?.(path);
  }

  isMeantFor(method: string, route: Route): boolean {
    const own = this.method;
    if (own === undefined) return true;
    const asked = method.toLowerCase();
    return own === asked || (own === 'get' && asked === 'head' && route.methods['head'] !== true);
  }
}

/** A path and the handlers of its methods: `app.route`. */
export class Route {
  readonly path: unknown;
  readonly stack: Layer[];
  /** By their names in small letters; `_all` for handlers of every method. */
  readonly methods: Record<string, true>;

  constructor(path: unknown) {
    this.path = path;
    this.stack = [];
    this.methods = Object.create(null) as Record<string, true>;
  }

  takes(method: string): boolean {
    const { methods } = this;
    const asked = method.toLowerCase();
    return Boolean(methods['_all'] ?? methods[asked] ?? (asked === 'head' ? methods['get'] : undefined));
  }

  add(method: string, given: readonly unknown[]): this {
    const handlers = flat(given);
    if (handlers.length === 0) throw new TypeError('argument handler is required');
    for (const handler of handlers) {
      checkHandler(handler);
      const layer = new Layer('/', undefined, handler, undefined);
      layer.method = method === 'all' ? undefined : method;
      this.methods[method === 'all' ? '_all' : method] = true;
      this.stack.push(layer);
    }
    return this;
  }
}

for (const method of [...routeMethods, 'all']) {
  const value = function (this: Route, ...handlers: unknown[]): Route {
    return this.add(method, handlers);
  };
  Object.defineProperty(Route.prototype, method, { value, configurable: true, writable: true });
}

export function flat(handlers: readonly unknown[]): unknown[] {
  return handlers.flatMap((each): unknown[] => (Array.isArray(each) ? flat(each as unknown[]) : [each]));
}

export function checkHandler(handler: unknown): asserts handler is Handler {
  if (typeof handler !== 'function') throw new TypeError('argument handler must be a function');
}
