import { createSocket, type Socket } from 'node:dgram';
import { createServer, type AddressInfo, type Server } from 'node:net';

/** Listens on one port, TCP and UDP, and remembers whoever came. */
export interface Witness {
  readonly http: string;
  readonly ws: string;
  readonly udp: string;
  /** Whether anybody came since and said something. */
  readonly heard: boolean;
  /** First line of what was sent, or `connection` for nothing, or `packet`. Empties what it returns. */
  take(): string[];
  close(): void;
}

export async function openWitness(): Promise<Witness> {
  let seen: string[] = [];
  const tcp: Server = createServer((socket) => {
    const at = seen.push('connection') - 1;
    const list = seen;
    socket.on('error', () => undefined);
    socket.on('data', (data) => {
      list[at] = data.toString('latin1').split('\r\n', 1)[0] ?? '';
      socket.end(
        'HTTP/1.1 404 Not Found\r\nAccess-Control-Allow-Origin: *\r\nContent-Length: 0\r\nConnection: close\r\n\r\n',
      );
    });
  });
  await new Promise<void>((resolve) => tcp.listen(0, '127.0.0.1', resolve));
  const { port } = tcp.address() as AddressInfo;
  const udp: Socket = createSocket('udp4', () => void seen.push('packet'));
  await new Promise<void>((resolve) => udp.bind(port, '127.0.0.1', resolve));
  const address = `127.0.0.1:${port}`;
  return {
    http: `http://${address}`,
    ws: `ws://${address}`,
    udp: address,
    get heard() {
      return seen.some((what) => what !== 'connection');
    },
    take() {
      const taken = seen;
      seen = [];
      return taken;
    },
    close() {
      tcp.close();
      udp.close();
    },
  };
}
