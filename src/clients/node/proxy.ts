/**
 * `Proxy` that remembers what it wraps, so that printing one shows its target without springing its traps, as Node does.
 */
export interface ProxyDetails {
  readonly target: object | null;
  readonly handler: object | null;
}

const known = new WeakMap<object, ProxyDetails>();

export const proxyDetails = (value: object): ProxyDetails | undefined => known.get(value);

const RealProxy = Proxy;

function makeProxy(target: object, handler: ProxyHandler<object>): object {
  const proxy = new RealProxy(target, handler);
  known.set(proxy, { target, handler });
  return proxy;
}

function revocable(target: object, handler: ProxyHandler<object>): { proxy: object; revoke: () => void } {
  const { proxy, revoke } = RealProxy.revocable(target, handler);
  known.set(proxy, { target, handler });
  return {
    proxy,
    revoke() {
      known.set(proxy, { target: null, handler: null });
      revoke();
    },
  };
}

/** `Proxy` for user code. */
export const ObservedProxy = Object.assign(
  function Proxy(target: object, handler: ProxyHandler<object>): object {
    if ((new.target as unknown) === undefined) throw new TypeError("Constructor Proxy requires 'new'");
    return makeProxy(target, handler);
  },
  { revocable },
);
