/** `npm start`: installs what is missing, builds if the sources changed, serves the site and prints its address. */
import { inProject, option } from './project.mjs';
import { buildIfChanged } from './build.mjs';
import { ensureInstalled } from './install.mjs';
import { listen, staticServer } from './static-server.mjs';

const defaultPort = 4173;

const argv = process.argv.slice(2);
const wanted = option(argv, 'port') ?? process.env.PORT;
const port = wanted === undefined ? defaultPort : Number(wanted);
if (!Number.isInteger(port) || port < 0 || port > 65_535) {
  console.error(`--port takes a number from 0 to 65535, not ${String(wanted)}.`);
  process.exit(1);
}
// Others on the network see the page only when asked for: --host 0.0.0.0
const host = option(argv, 'host') ?? '127.0.0.1';

ensureInstalled();
if (!(await buildIfChanged())) process.exit(1);

const server = staticServer({ folder: inProject('dist') });
try {
  const got = await listen(server, { port, host, exact: wanted !== undefined });
  console.log(`Eventarium is at http://${host === '127.0.0.1' ? 'localhost' : host}:${got}/`);
} catch (error) {
  console.error(`Cannot listen at ${host}:${port}: ${error instanceof Error ? error.message : String(error)}`);
  process.exit(1);
}

for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM'])) {
  process.on(signal, () => {
    server.close();
    server.closeAllConnections();
    process.exit(0);
  });
}
