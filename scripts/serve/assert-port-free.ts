/** Finds out in a millisecond what would otherwise show only after a film is packaged: that the port is taken. */
import { once } from 'node:events';
import { createServer } from 'node:net';

/** @throws the system's error when nobody can listen there now. */
export async function assertPortFree(address: {
  readonly host: string;
  readonly port: number;
}): Promise<void> {
  const server = createServer();
  await once(server.listen(address), 'listening');
  await once(server.close(), 'close');
}
