import { createServer } from 'node:net';
import { expect, test } from 'vitest';
import { portOwner } from './port-owner.js';

test.runIf(process.platform === 'linux')(
  'names the process that listens on a port, and none on a free one',
  async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    const address = server.address();
    const port = typeof address === 'object' && address ? address.port : 0;
    expect(portOwner(port)?.pid).toBe(process.pid);
    await new Promise((resolve) => server.close(resolve));
    expect(portOwner(port)).toBeUndefined();
  },
);
