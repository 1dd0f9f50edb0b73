import type { HttpModule } from '../http/module';
import type { HttpTransport } from '../http/transport';
import type { CallClasses } from '../http/exchange';
import { callClasses } from '../http/server';
import type { Emitter, EmitterClass } from '../node/event-emitter';
import { nodeError } from '../node/node-error';
import { bodyParsers } from './body-parsers';
import { lastWord, type LastWordParts } from './last-word';
import { cookieMethod, requestMethods, requestValues, responseMethods } from './message-methods';
import { createRouter, isHandler, type Router, type RouterHome, type RouterOptions } from './router';
import { Route, routeMethods } from './route';
import { change, defaultSettings, isTrustChosen } from './settings';
import type { App, Next, Request, Response } from './shapes';

/** What `express` needs of the process that imports it. */
export interface ExpressParts {
  readonly http: HttpModule;
  readonly transport: HttpTransport;
  readonly EventEmitter: EmitterClass;
  readonly console: { error(...values: unknown[]): void };
}

type Application = App &
  Emitter &
  ((request: Request, response: Response, next?: Next) => void) & {
    readonly settings: Record<string, unknown>;
    set(name: string, value: unknown): Application;
    mountpath: unknown;
    parent?: Application;
    path(): string;
  } & Record<string, unknown>;

/** The package `express`, after version 5, made for one process. */
export function createExpress(parts: ExpressParts): object {
  const classes: CallClasses = {
    IncomingMessage: nameless(class extends parts.http.IncomingMessage {}),
    ServerResponse: nameless(class extends parts.http.ServerResponse {}),
  };
  const request: object = classes.IncomingMessage.prototype;
  const response: object = classes.ServerResponse.prototype;
  Object.assign(request, requestMethods);
  for (const [name, read] of Object.entries(requestValues)) {
    Object.defineProperty(request, name, {
      configurable: true,
      get(this: Request) {
        return read(this);
      },
    });
  }
  const { node } = parts.transport;
  const unixMs = (): number => Math.floor(node.epochMs + node.nowMs());
  Object.assign(response, responseMethods, { cookie: cookieMethod(unixMs) });
  for (const [name, method] of Object.entries({ header: 'set', contentType: 'type' }))
    Reflect.set(response, name, Reflect.get(responseMethods, method));

  const home: RouterHome = {
    immediately: (job) => {
      node.immediate(node.bind(job));
    },
    isHeld: () => parts.transport.isHeld(),
  };
  const express = (): Application => createApplication(parts, classes, home);
  const refused = (): never => {
    throw nodeError(Error, 'ERR_NOT_SIMULATED', 'express.static is not simulated: there is no file system.');
  };
  Object.defineProperty(express, 'default', { value: express });
  return Object.assign(express, bodyParsers, {
    Router: function Router(options?: RouterOptions) {
      return createRouter(home, options);
    },
    Route,
    static: refused,
    request,
    response,
    application: {},
  });
}

/** It tells of an error once what is under way is done. */
function lastWordParts({ transport, console }: ExpressParts, home: RouterHome): LastWordParts {
  const complain = (error: unknown): void => {
    home.immediately(() => {
      console.error(error);
    });
  };
  return { transport, complain };
}

/** It is called what it was made of, as what express makes with `Object.create`. */
function nameless<C extends abstract new (...args: never[]) => object>(Class: C): C {
  Reflect.deleteProperty(Class.prototype as object, 'constructor');
  return Class;
}

function createApplication(parts: ExpressParts, classes: CallClasses, home: RouterHome): Application {
  const env = parts.transport.node.env['NODE_ENV'] ?? 'development';
  const settings = defaultSettings(env);
  const last = lastWordParts(parts, home);
  let router: Router | undefined;
  const routerOf = (): Router =>
    (router ??= createRouter(home, {
      caseSensitive: settings['case sensitive routing'] === true,
      strict: settings['strict routing'] === true,
    }));

  const app = ((given: Request, answer: Response, next?: Next) => {
    handle(given, answer, next);
  }) as Application;

  const handle = (given: Request, answer: Response, next?: Next): void => {
    const done = next ?? ((error?: unknown) => lastWord(last, settings['env'], given, answer, error));
    if (settings['x-powered-by']) answer.setHeader('X-Powered-By', 'Express');
    const giveBack = adopt(app, given, answer, next);
    given.res = answer;
    if ((answer.locals as unknown) === undefined) answer.locals = Object.create(null) as Record<string, unknown>;
    routerOf().handle(given, answer, giveBack ?? done);
  };

  const methods: Record<string, unknown> = {
    handle,
    locals: Object.assign(Object.create(null) as object, { settings }),
    mountpath: '/',
    // As express has it: several paths are told as one text.
    path: (): string => (app.parent === undefined ? '' : `${app.parent.path()}${String(app.mountpath)}`),
    settings,
    ...settingMethods(app, settings),
    listen: (...args: unknown[]) => listen(parts, app, args),
    use(...args: unknown[]) {
      const [path, handlers] = isHandler(args[0]) ? ['/', args] : [args[0], args.slice(1)];
      const all = handlers.flat(Infinity);
      if (all.length === 0) throw new TypeError('app.use() requires a middleware function');
      for (const each of all) {
        routerOf().use(path, each);
        if (isApplication(each)) mount(each, app, path);
      }
      return app;
    },
  };
  Object.assign(methods, routingMethods(app, settings, routerOf));
  Object.defineProperty(app, 'router', { get: routerOf });
  // Messages are made with the application's own prototypes. To give them these when they are there, as express does, makes a
  // new shape for each of them, and everything that is asked of them slow.
  const own: CallClasses = {
    IncomingMessage: nameless(class extends classes.IncomingMessage {}),
    ServerResponse: nameless(class extends classes.ServerResponse {}),
  };
  const [request, response] = [own.IncomingMessage.prototype, own.ServerResponse.prototype];
  Object.assign(request, { app });
  Object.assign(response, { app });
  Object.defineProperty(app, callClasses, { value: own });
  for (const [name, property] of Object.entries(Object.getOwnPropertyDescriptors(parts.EventEmitter.prototype)))
    if (name !== 'constructor') Object.defineProperty(app, name, property);
  return Object.assign(app, methods, { request, response });
}

/** What an application hands to its router. */
function routingMethods(app: Application, settings: Record<string, unknown>, routerOf: () => Router): object {
  const methods: Record<string, unknown> = {};
  for (const name of ['all', 'route', 'param', ...routeMethods]) {
    methods[name] = (...args: unknown[]) => {
      if (name === 'get' && args.length === 1) return settings[String(args[0])];
      if (name === 'param' && Array.isArray(args[0])) {
        for (const each of args[0] as unknown[]) routerOf().param?.(each, args[1]);
        return app;
      }
      const result = routerOf()[name]?.(...args);
      return name === 'route' ? result : app;
    };
  }
  return methods;
}

/**
 * Gives the messages of a request the application's own prototypes. Mostly they are made with them, which is known by what these
 * tell. For a `next` above, they get back there what they had.
 */
function adopt(app: Application, given: Request, answer: Response, next: Next | undefined): Next | undefined {
  if (next === undefined && given.app === app && answer.app === app) return undefined;
  const outer = [Object.getPrototypeOf(given) as object, Object.getPrototypeOf(answer) as object] as const;
  Object.setPrototypeOf(given, app['request'] as object);
  Object.setPrototypeOf(answer, app['response'] as object);
  if (next === undefined) return undefined;
  return (error) => {
    Object.setPrototypeOf(given, outer[0]);
    Object.setPrototypeOf(answer, outer[1]);
    next(error);
  };
}

const isApplication = (value: unknown): value is Application =>
  typeof value === 'function' && Reflect.has(value, 'handle') && Reflect.has(value, 'set');

/** What the inner application was not set to itself it has from the outer one. */
function mount(inner: Application, outer: Application, path: unknown): void {
  inner.mountpath = path;
  inner.parent = outer;
  if (!isTrustChosen(inner.settings)) {
    delete inner.settings['trust proxy'];
    delete inner.settings['trust proxy fn'];
  }
  Object.setPrototypeOf(inner.settings, outer.settings);
  inner.emit('mount', outer);
}

/** `set` and its like. */
function settingMethods(app: Application, settings: Record<string, unknown>): object {
  return {
    set(...args: unknown[]) {
      const name = String(args[0]);
      if (args.length === 1) return settings[name];
      change(settings, name, args[1]);
      return app;
    },
    enable: (name: string) => app.set(name, true),
    disable: (name: string) => app.set(name, false),
    enabled: (name: string) => Boolean(settings[name]),
    disabled: (name: string) => !settings[name],
    engine() {
      throw nodeError(Error, 'ERR_NOT_SIMULATED', 'app.engine is not simulated: there are no template files.');
    },
    render() {
      throw nodeError(Error, 'ERR_NOT_SIMULATED', 'app.render is not simulated: there are no template files.');
    },
  };
}

function listen({ http }: ExpressParts, app: Application, args: unknown[]): object {
  const server = http.createServer(app);
  // As express 5 does, the callback hears of a failure too.
  const callback = args.at(-1);
  if (typeof callback === 'function') {
    let called = false;
    const once = (error?: unknown): void => {
      if (!called) (callback as (error?: unknown) => void)(error);
      called = true;
    };
    args[args.length - 1] = once;
    server.once('error', once);
  }
  return server.listen(...args);
}
