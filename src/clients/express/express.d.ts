/** Express 5: an HTTP server of routes and middleware. */
declare module 'express' {
  interface Request {
    readonly method: string;
    readonly url: string;
    readonly originalUrl: string;
    readonly baseUrl: string;
    readonly path: string;
    readonly hostname: string;
    readonly ip: string | undefined;
    readonly headers: Readonly<Record<string, any>>;
    readonly params: Record<string, any>;
    readonly query: Record<string, any>;
    /** What a body parser has read; undefined without one. */
    body: any;
    get(name: string): string | undefined;
    header(name: string): string | undefined;
    is(...types: string[]): string | false | null;
    /** The one of the types that the caller likes best, by its header `Accept`; false for none. */
    accepts(...types: string[]): string | false;
    /** `https` when a proxy that is believed says so (setting `trust proxy`). */
    readonly protocol: string;
    readonly ips: readonly string[];
    on(event: string, listener: (...args: any[]) => void): this;
    [more: string]: any;
  }
  interface Response {
    statusCode: number;
    readonly headersSent: boolean;
    readonly locals: Record<string, any>;
    status(code: number): this;
    /** The status's own words are the body. */
    sendStatus(code: number): this;
    send(body?: unknown): this;
    json(body: unknown): this;
    set(name: string | Record<string, string>, value?: string | string[]): this;
    get(name: string): string | undefined;
    type(type: string): this;
    append(name: string, value: string | string[]): this;
    vary(name: string | string[]): this;
    location(url: string): this;
    links(links: Record<string, string | string[]>): this;
    attachment(filename?: string): this;
    /** Calls the handler of the type that the caller likes best; 406 when there is none. */
    format(handlers: Record<string, (request: Request, response: Response, next: NextFunction) => void>): this;
    /** As `json`, or as a call of the function that the query names as `callback`. */
    jsonp(body: unknown): this;
    /** `maxAge` in milliseconds. */
    cookie(name: string, value: unknown, options?: Record<string, unknown>): this;
    clearCookie(name: string, options?: Record<string, unknown>): this;
    redirect(statusOrUrl: number | string, url?: string): void;
    write(chunk: string | Uint8Array): boolean;
    end(chunk?: string | Uint8Array): this;
    on(event: string, listener: (...args: any[]) => void): this;
    [more: string]: any;
  }
  type NextFunction = (error?: any) => void;
  type Handler = (request: Request, response: Response, next: NextFunction) => unknown;
  /** Known by its four parameters. */
  type ErrorHandler = (error: any, request: Request, response: Response, next: NextFunction) => unknown;
  type Handlers = readonly (Handler | ErrorHandler | readonly Handler[])[];
  type Path = string | RegExp | readonly (string | RegExp)[];
  interface Router {
    (request: Request, response: Response, next: NextFunction): void;
    use(...handlers: readonly Handler[]): this;
    use(path: Path, ...handlers: readonly Handler[]): this;
    use(...handlers: Handlers): this;
    use(path: Path, ...handlers: Handlers): this;
    get(path: Path, ...handlers: readonly Handler[]): this;
    post(path: Path, ...handlers: readonly Handler[]): this;
    put(path: Path, ...handlers: readonly Handler[]): this;
    patch(path: Path, ...handlers: readonly Handler[]): this;
    delete(path: Path, ...handlers: readonly Handler[]): this;
    all(path: Path, ...handlers: readonly Handler[]): this;
    /** One path for several methods: `route('/orders').get(list).post(create)`. */
    route(path: Path): Record<string, (...handlers: readonly Handler[]) => any>;
    param(
      name: string,
      handler: (request: Request, response: Response, next: NextFunction, value: string) => void,
    ): this;
    [more: string]: any;
  }
  interface Application extends Router {
    readonly locals: Record<string, any>;
    /** Where `use` of another application has put it; `on('mount', listener)` tells when. */
    readonly mountpath: Path;
    set(setting: string, value: unknown): this;
    on(event: string, listener: (...args: any[]) => void): this;
    get(path: Path, ...handlers: readonly Handler[]): this;
    get(setting: string): any;
    /** Takes requests at the port, on `localhost` and under the process's name. */
    listen(port: number, listening?: (error?: Error) => void): { close(closed?: () => void): void; address(): any };
    listen(port: number, host: string, listening?: (error?: Error) => void): { close(closed?: () => void): void };
  }
  interface BodyOptions {
    limit?: number | string;
    type?: string | readonly string[] | ((request: Request) => unknown);
    [more: string]: unknown;
  }
  /** An application of its own. */
  function express(): Application;
  namespace express {
    export { Application, ErrorHandler, Handler, NextFunction, Request, Response };
    export function Router(options?: { mergeParams?: boolean; caseSensitive?: boolean; strict?: boolean }): Router;
    /** Reads bodies of JSON into `request.body`. */
    export function json(options?: BodyOptions): Handler;
    export function urlencoded(options?: BodyOptions & { extended?: boolean; parameterLimit?: number }): Handler;
    export function raw(options?: BodyOptions): Handler;
    export function text(options?: BodyOptions): Handler;
  }
  export = express;
}
