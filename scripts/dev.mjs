/** `npm run dev`: the development server. */
import { option, root } from './project.mjs';
import { ensureInstalled } from './install.mjs';

ensureInstalled();
const { createServer } = await import('vite');
const port = option(process.argv.slice(2), 'port') ?? process.env.PORT;
const server = await createServer({ root, server: port === undefined ? {} : { port: Number(port) } });
await server.listen();
server.printUrls();
