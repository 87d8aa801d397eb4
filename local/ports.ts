import { createServer, type RequestListener, type Server } from 'node:http';
import { CannotStart } from './template/model.ts';

const taken = (port: number): CannotStart =>
  new CannotStart(
    `Port ${port} sedang dipakai program lain; pilih yang lain: npm start -- --port ${port + 10}\n` +
      `Port ${port} is taken by another program; choose another: npm start -- --port ${port + 10}`,
  );

/** Stops now, and not after a build, when the port is taken. */
export const ensureFree = async (port: number): Promise<void> => {
  if (port === 0) return;
  const { server } = await listen(port, () => {});
  await new Promise((resolve) => server.close(resolve));
};

/** Listens on loopback. @param port 0 for any; a port that is taken is refused plainly. */
export const listen = (port: number, listener: RequestListener): Promise<{ server: Server; port: number }> =>
  new Promise((resolve, reject) => {
    const server = createServer({ keepAliveTimeout: 65_000 }, listener);
    server.once('error', (error: NodeJS.ErrnoException) => {
      reject(error.code === 'EADDRINUSE' ? taken(port) : error);
    });
    server.listen(port, '127.0.0.1', () => {
      const address = server.address();
      resolve({ server, port: typeof address === 'object' && address !== null ? address.port : port });
    });
  });
