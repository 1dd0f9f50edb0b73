import { type PathMatch, pathMatcher } from './path-pattern';
import { checkHandler, flat, Layer, Route, routeMethods } from './route';
import type { Handler, Next, Request, Response } from './shapes';

export interface RouterOptions {
  readonly caseSensitive?: boolean;
  readonly strict?: boolean;
  readonly mergeParams?: boolean;
}

/** A router as a function, with a method for each verb, `use`, `all`, `route` and `param`. */
export type Router = Handler & {
  use(...args: unknown[]): unknown;
  handle(request: Request, response: Response, done: Next): void;
} & Record<string, (...args: unknown[]) => unknown>;

/** What a router asks of its process. */
export interface RouterHome {
  /** Calls a job in the same instant, after what is under way, as `setImmediate` does. */
  immediately(job: () => void): void;
  /** Whether what the code that runs would do is held back: a shadow passes no request on. */
  isHeld(): boolean;
}

/** `express.Router`, for one process. */
export function createRouter(home: RouterHome, options: RouterOptions = {}): Router {
  const stack: Layer[] = [];
  const params = new Map<string, Handler[]>();
  const settings = { strict: options.strict === true, caseSensitive: options.caseSensitive === true };
  const walked: Walked = { stack, params, mergeParams: options.mergeParams === true, home };

  const addRoute = (path: unknown): Route => {
    const route = new Route(path);
    stack.push(new Layer(path, pathMatcher(path, true, settings), routeHandler(route, home), route));
    return route;
  };
  const router = ((request: Request, response: Response, next: Next) => {
    handle(request, response, next);
  }) as unknown as Router;

  const handle = (request: Request, response: Response, done: Next): void => {
    new Walk(walked, request, response, done).next();
  };
  const methods: Record<string, unknown> = {
    stack,
    handle,
    use(...args: unknown[]) {
      const hasPath = args.length > 0 && !isHandler(args[0]);
      const handlers = flat(hasPath ? args.slice(1) : args);
      if (handlers.length === 0) throw new TypeError('argument handler is required');
      for (const each of handlers) {
        checkHandler(each);
        const path = hasPath ? args[0] : '/';
        stack.push(new Layer(path, pathMatcher(path, false, { ...settings, strict: false }), each, undefined));
      }
      return router;
    },
    route: addRoute,
    param(...args: unknown[]) {
      const { name, handler } = checkedParam(args[0], args[1]);
      params.set(name, [...(params.get(name) ?? []), handler]);
      return router;
    },
  };
  for (const method of [...routeMethods, 'all']) {
    methods[method] = (path: unknown, ...handlers: unknown[]) => {
      addRoute(path).add(method, handlers);
      return router;
    };
  }
  return Object.assign(router, methods);
}

/** Whether it is a handler, or a list that begins with one: otherwise it is a path. */
export function isHandler(value: unknown): boolean {
  return typeof value === 'function' || (Array.isArray(value) && value.length > 0 && isHandler(value[0]));
}

function checkedParam(name: unknown, handler: unknown): { name: string; handler: Handler } {
  if (!name) throw new TypeError('argument name is required');
  if (typeof name !== 'string') throw new TypeError('argument name must be a string');
  if (!handler) throw new TypeError('argument fn is required');
  if (typeof handler !== 'function') throw new TypeError('argument fn must be a function');
  return { name, handler: handler as Handler };
}

/** The handlers of a route, one after the other. */
function routeHandler(route: Route, home: RouterHome): Handler {
  return (...args) => {
    const [request, response, done] = args as [Request, Response, Next];
    let index = 0;
    const next = (error?: unknown): void => {
      if (home.isHeld()) return;
      if (error === 'route') return done();
      if (error === 'router') return done(error);
      const entry = route.stack[index++];
      if (entry === undefined) return done(error);
      if (!entry.isMeantFor(request.method, route)) return next(error);
      call(entry, error, request, response, next);
    };
    request.route = route;
    next();
  };
}

type Thenable = Pick<Promise<unknown>, 'then'>;

function isThenable(value: unknown): value is Thenable {
  if (value === undefined || value === null || (typeof value !== 'object' && typeof value !== 'function')) return false;
  return typeof (value as Partial<Thenable>).then === 'function';
}

const nothing = (): void => undefined;

/** Calls a handler when it is meant for how things stand: those with four parameters are for errors. */
function call({ handle, parameters }: Layer, error: unknown, request: Request, response: Response, next: Next): void {
  const hasError = Boolean(error);
  if (hasError ? parameters !== 4 : parameters > 3) return next(error);
  try {
    const result = hasError ? handle(error, request, response, next) : handle(request, response, next);
    if (isThenable(result))
      result.then(nothing, (reason: unknown) => {
        next(reason || new Error('Rejected promise'));
      });
  } catch (thrown) {
    next(thrown);
  }
}

interface Walked {
  readonly stack: readonly Layer[];
  readonly params: ReadonlyMap<string, readonly Handler[]>;
  readonly mergeParams: boolean;
  readonly home: RouterHome;
}

/** What a request is given back when a router is done with it. */
/** What the handlers of a parameter have made of it. */
interface CalledParam {
  readonly given: string | string[];
  value: string | string[];
  error: unknown;
}

interface Before {
  baseUrl: Request['baseUrl'] | undefined;
  next?: Next | undefined;
  params: Request['params'] | undefined;
}

/** One request on its way through a router. */
class Walk {
  readonly next: Next;
  readonly #router: Walked;
  readonly #request: Request;
  readonly #response: Response;
  readonly #done: Next;
  readonly #baseUrl: string | undefined;
  readonly #outerNext: Next | undefined;
  readonly #outerParams: Request['params'] | undefined;
  #called: Map<string, CalledParam> | undefined;
  #allowed: Set<string> | undefined;
  #index: number;
  #removed: string;
  #addedSlash: boolean;

  constructor(router: Walked, request: Request, response: Response, done: Next) {
    const { baseUrl, next, params, originalUrl } = request as Partial<Request>;
    this.#router = router;
    this.#request = request;
    this.#response = response;
    this.#done = done;
    this.#baseUrl = baseUrl;
    this.#outerNext = next;
    this.#outerParams = params;
    this.#called = undefined;
    this.#allowed = undefined;
    this.#index = 0;
    this.#removed = '';
    this.#addedSlash = false;
    this.next = (error) => {
      if (!router.home.isHeld()) this.#goOn(error);
    };
    request.baseUrl = baseUrl ?? '';
    request.originalUrl = originalUrl ?? request.url;
  }

  #goOn(given: unknown): void {
    let error: unknown = given === 'route' || !given ? undefined : given;
    const request = this.#request;
    request.next = this.next;
    this.#restore();
    if (error === 'router') return this.#doneLater(undefined);
    const { stack } = this.#router;
    if (this.#index >= stack.length) return this.#doneLater(error);
    const path = pathOf(request.url);
    while (this.#index < stack.length) {
      const layer = stack[this.#index++];
      if (layer === undefined) break;
      let match: PathMatch | undefined;
      try {
        match = layer.match(path);
      } catch (thrown) {
        error ??= thrown;
        continue;
      }
      if (match === undefined) continue;
      if (layer.route !== undefined && (error !== undefined || !layer.route.takes(request.method))) {
        if (error === undefined && request.method === 'OPTIONS') this.#allow(layer.route);
        continue;
      }
      request.params = this.#router.mergeParams ? { ...this.#outerParams, ...match.params } : match.params;
      this.#enter(layer, error, match, path);
      return;
    }
    this.#end(error);
  }

  #enter(layer: Layer, error: unknown, match: PathMatch, path: string): void {
    if (this.#router.params.size === 0) return this.#go(layer, error, match, path);
    this.#runParams(Object.keys(match.params), (problem) => {
      if (problem !== undefined) return this.next(error ?? problem);
      this.#go(layer, error, match, path);
    });
  }

  #go(layer: Layer, error: unknown, match: PathMatch, path: string): void {
    if (layer.route === undefined) this.#trim(match.path, path);
    call(layer, error, this.#request, this.#response, this.next);
  }

  #allow(route: Route): void {
    this.#allowed ??= new Set();
    for (const method of Object.keys(route.methods)) {
      if (method === '_all') continue;
      this.#allowed.add(method.toUpperCase());
      if (method === 'get') this.#allowed.add('HEAD');
    }
  }

  /** As `router` does when nothing is left to be asked: what comes next waits until this is through. */
  #doneLater(error: unknown): void {
    this.#router.home.immediately(() => {
      this.#end(error);
    });
  }

  #end(error: unknown): void {
    if (error === undefined && this.#allowed !== undefined) this.#answerOptions(this.#allowed);
    else {
      const before: Before = this.#request;
      before.baseUrl = this.#baseUrl;
      before.next = this.#outerNext;
      before.params = this.#outerParams;
      this.#done(error);
    }
  }

  #restore(): void {
    const request = this.#request;
    if (this.#addedSlash) request.url = request.url.slice(1);
    this.#addedSlash = false;
    if (this.#removed !== '') {
      request.baseUrl = this.#baseUrl ?? '';
      request.url = this.#removed + request.url;
      this.#removed = '';
    }
  }

  /** What a router below sees is the rest of the path. */
  #trim(matched: string, path: string): void {
    if (matched === '' || matched === '/') return;
    const removed = path.slice(0, matched.length).replace(/\/$/, '');
    const request = this.#request;
    this.#removed = removed;
    request.url = request.url.slice(removed.length);
    if (!request.url.startsWith('/')) {
      request.url = `/${request.url}`;
      this.#addedSlash = true;
    }
    request.baseUrl = (this.#baseUrl ?? '') + removed;
  }

  /** Each once for a value: what became of it holds for every route with that name. */
  #runParams(names: readonly string[], done: Next): void {
    const [name, ...others] = names;
    if (name === undefined) return done();
    const { params } = this.#request;
    const handlers = this.#router.params.get(name) ?? [];
    if (handlers.length === 0 || params[name] === undefined) return this.#runParams(others, done);
    const given = params[name];
    const known = this.#called?.get(name);
    const goOn = (called: CalledParam): void => {
      if (called.error) done(called.error);
      else this.#runParams(others, done);
    };
    if (known !== undefined && (known.given === given || (known.error && known.error !== 'route'))) {
      params[name] = known.value;
      return goOn(known);
    }
    const called: CalledParam = { given, value: given, error: undefined };
    (this.#called ??= new Map()).set(name, called);
    const left = [...handlers];
    const step = (error?: unknown): void => {
      called.value = params[name] ?? given;
      called.error = error;
      const handler = error ? undefined : left.shift();
      if (handler === undefined) return goOn(called);
      try {
        const result = handler(this.#request, this.#response, step, given, name);
        if (isThenable(result))
          result.then(nothing, (reason: unknown) => {
            step(reason || new Error('Rejected promise'));
          });
      } catch (thrown) {
        step(thrown);
      }
    };
    step();
  }

  #answerOptions(allowed: ReadonlySet<string>): void {
    const response = this.#response;
    const body = [...allowed].sort().join(', ');
    response.statusCode = 200;
    response.setHeader('Allow', body);
    response.setHeader('Content-Length', String(body.length));
    response.setHeader('Content-Type', 'text/plain');
    response.setHeader('X-Content-Type-Options', 'nosniff');
    response.end(body);
  }
}

export function pathOf(url: string): string {
  const end = url.search(/[?#]/);
  return end < 0 ? url : url.slice(0, end);
}
