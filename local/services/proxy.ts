import { type IncomingMessage, request, type ServerResponse } from 'node:http';

/** Hands a request on to another port of this machine, with the path given, and its answer back. */
export const handOn = (req: IncomingMessage, res: ServerResponse, at: string, path: string): void => {
  const { hostname, port } = new URL(at);
  const onward = request({ hostname, port, path, method: req.method, headers: req.headers }, (answer) => {
    res.writeHead(answer.statusCode ?? 500, answer.headers);
    answer.pipe(res);
  });
  onward.on('error', () => {
    if (!res.headersSent) res.writeHead(503);
    res.end();
  });
  req.pipe(onward);
};
