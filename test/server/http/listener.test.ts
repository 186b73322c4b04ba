import { createConnection, type Socket } from 'node:net';
import { listen } from '@assay/server/http/listener';
import { describe, expect, it, onTestFinished } from 'vitest';

const patience = { headers: 300, body: 300 };

async function listening() {
  const listener = await listen('127.0.0.1', 0, patience);
  onTestFinished(() => listener.stop(0));
  listener.serve((req, res) => {
    let size = 0;
    req.on('data', (chunk: Buffer) => (size += chunk.length));
    req.on('end', () => res.end(`got ${size}`));
  });
  return listener;
}
function connect(port: number): { socket: Socket; ended: Promise<string> } {
  const socket = createConnection(port, '127.0.0.1');
  let text = '';
  socket.on('data', (chunk: Buffer) => (text += chunk.toString()));
  socket.on('error', () => {});
  const ended = new Promise<string>((resolve) => {
    socket.once('close', () => {
      resolve(text);
    });
  });
  return { socket, ended };
}
const head = (path: string, length: number) =>
  `POST ${path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: ${length}\r\n\r\n`;

describe('a listener', () => {
  it.each([
    ['headers', 'GET / HTTP/1.1\r\nHost: x\r\nX-Slow: '],
    ['a body', head('/sdk/v1/events', 1_000)],
    ['a body that looks like an import', head('/api/imports', 1_000)],
  ])('cuts a client that drips %s', async (_what, begin) => {
    const { port } = await listening();
    const { socket, ended } = connect(port);
    socket.write(begin);
    const drip = setInterval(() => socket.write('x'), 50);
    const started = performance.now();
    expect(await ended).not.toContain('got');
    clearInterval(drip);
    expect(performance.now() - started).toBeLessThan(3_000);
  });

  it.each(['/api/import', '/api/import?format=csv'])(
    'lets a file take its time at %s',
    async (path) => {
      const { port } = await listening();
      const { socket, ended } = connect(port);
      socket.write(head(path, 10));
      for (let i = 0; i < 10; i++) {
        await new Promise((resolve) => setTimeout(resolve, 80));
        socket.write('x');
      }
      expect(await ended).toContain('got 10');
    },
  );

  it('asks to come back until it serves', async () => {
    const listener = await listen('127.0.0.1', 0);
    onTestFinished(() => listener.stop(0));
    const response = await fetch(`http://127.0.0.1:${listener.port}/healthz`);
    expect(response.status).toBe(503);
    expect(response.headers.get('retry-after')).toBe('1');
  });

  it('answers what is in flight when it stops, and cuts what takes too long', async () => {
    const listener = await listening();
    const quick = connect(listener.port);
    quick.socket.write(`${head('/api/import', 2)}x`);
    const stuck = connect(listener.port);
    stuck.socket.write(`${head('/api/import', 2)}x`);
    await new Promise((resolve) => setTimeout(resolve, 50));
    const stopped = listener.stop(400);
    quick.socket.write('x');
    expect(await quick.ended).toContain('got 2');
    await stopped;
    expect(await stuck.ended).toBe('');
  });
});
