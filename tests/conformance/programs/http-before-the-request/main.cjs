const http = require('http');

for (const o of [{ host: 5 }, { hostname: {} }, { method: 5 }, { timeout: 'x' }, { timeout: NaN }, { timeout: -1 }, { agent: 5 }, { port: 'x' }, { port: -1 }]) {
  try {
    http.request({ port: 1, ...o });
  } catch (e) {
    console.log(Object.keys(o)[0], e.name, e.code, e.message);
  }
}
for (const o of [{ hostname: '' }, { hostname: null, host: 'localhost' }, { path: 5 }, { method: 'put' }, { agent: null }, { headers: 5 }]) {
  // None of them is ever sent.
  http.request({ port: 1, ...o }).on('error', (e) => console.log('refused', JSON.stringify(o), e.code));
}

const server = http.createServer((req, res) => {
  console.log('asked', req.method, req.url, req.headers.cookie, req.rawHeaders.filter((h) => h === 'Cookie').length);
  req.on('data', (chunk) => console.log('data', String(chunk)));
  req.on('end', () => {
    if (req.url === '/late') res.setHeader('A', 'early');
    res.writeHead(200, ['A', '1', 'a', '2', 'B', '3', 'Set-Cookie', 'x=1', 'Set-Cookie', 'y=2']);
    res.end('ok');
  });
});

server.listen(0, () => {
  const { port } = server.address();
  http.get({ port, path: '/got', headers: { Cookie: ['a=1', 'b=2'] } }, (res) => {
    res.resume();
    console.log('got', res.headers.a, res.headers.b, res.headers['set-cookie']);
  });
  const late = http.request({ port, path: '/late', method: 'POST' }, (res) => {
    res.resume();
    res.on('end', () => console.log('late', res.statusCode, res.headers.a, res.headers['set-cookie']));
  });
  setTimeout(() => { late.setHeader('Cookie', 'late=1'); late.write('x'); }, 100);
  setTimeout(() => late.end('y'), 200);
  // end() is forgotten: it is connected, and keeps the process alive.
  const never = http.request({ port, path: '/never', timeout: 400 }, () => console.log('impossible'));
  never.on('timeout', () => {
    console.log('still waiting', never.headersSent);
    never.destroy();
  });
  never.on('error', (e) => {
    console.log('never', e.code, e.message);
    server.close(() => console.log('closed'));
  });
});
