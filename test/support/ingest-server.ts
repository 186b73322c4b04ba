import { createIntake } from '@assay/server/intake/http';
import { openEmbeddedEvents } from '@assay/server/store/events/embedded/open';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A process of its own that takes events over HTTP into a folder; prints its port. Made to be killed. */
const folder = process.argv[2];
if (folder === undefined) throw new Error('usage: ingest-server <folder>');

const store = await openEmbeddedEvents({ folder });
const intake = createIntake({
  store,
  authenticate: () => ({ environment: 'production', kind: 'client' }),
  clock: Date.now,
  chance: Math.random,
  knows: { experiment: () => true, event: () => true },
  bug: (error) => {
    console.error(error);
  },
});
const server = createServer((req, res) => {
  if (!intake.handle(req, res)) res.writeHead(404).end();
});
server.listen({ host: '127.0.0.1', port: 0, backlog: 4_096 }, () => {
  console.log(JSON.stringify({ port: (server.address() as AddressInfo).port }));
});
process.on('SIGTERM', () => {
  server.close();
  server.closeAllConnections();
  void intake
    .close()
    .then(() => store.close())
    .then(() => process.exit(0));
});
