import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readArguments } from './arguments.ts';
import { root } from './local.ts';
import { preflight } from './services/engine.ts';

interface Ran {
  readonly code: number | null;
  readonly said: string;
}

const run = (args: readonly string[], on?: (line: string, pid: number) => void): Promise<Ran> =>
  new Promise((resolve) => {
    const child = spawn(process.execPath, [join(root, 'local', 'start.ts'), ...args], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let said = '';
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding('utf8').on('data', (text: string) => {
        said += text;
        on?.(text, child.pid ?? 0);
      });
    child.once('exit', (code) => resolve({ code, said }));
  });

describe('npm start', () => {
  it('reads its options and names the ones that it does not know', () => {
    expect(readArguments(['--port', '9000', '--instances', '2', '--memory', '--no-seed'])).toMatchObject({
      port: 9000,
      instances: 2,
      memory: true,
      seed: false,
      city: 'padang-panjang',
    });
    expect(() => readArguments(['--prot', '1'])).toThrow("Unknown option '--prot'");
    expect(() => readArguments(['--instances', '0'])).toThrow('--instances 0');
    expect(() => readArguments(['--city', '../x'])).toThrow('--city ../x');
  });

  it('says plainly that a port is taken', async () => {
    const server = createServer();
    const port = await new Promise<number>((resolve) => {
      server.listen(0, '127.0.0.1', () => {
        const address = server.address();
        resolve(typeof address === 'object' && address !== null ? address.port : 0);
      });
    });
    const { code, said } = await run(['--memory', '--port', String(port)]);
    server.close();
    expect(code).toBe(1);
    expect(said).toContain(`Port ${port} sedang dipakai`);
    expect(said).not.toContain('    at ');
  });

  it('says plainly that a city does not exist', async () => {
    const { code, said } = await run(['--memory', '--city', 'atlantis']);
    expect(code).toBe(1);
    expect(said).toContain('cities/atlantis tidak ada');
  });

  it('stops without the engine, naming the way out', () => {
    expect(() => preflight('/nowhere')).toThrow('AWS_ENDPOINT_URL_DYNAMODB');
  });

  it('serves the city and ends with all its children on Ctrl-C', async () => {
    let engine = 0;
    let healthy = false;
    const { code } = await run(['--memory', '--port', '0', '--quiet'], (line, pid) => {
      const url = /http:\/\/\S+/.exec(line)?.[0];
      if (url === undefined || engine !== 0) return;
      engine = -1;
      const look = async (): Promise<void> => {
        const status = (await (await fetch(`${url}/__local/status`)).json()) as { engine: { pid: number } };
        healthy = (await fetch(`${url}/v1/health`)).ok;
        engine = status.engine.pid;
        process.kill(pid, 'SIGINT');
      };
      void look();
    });
    expect(code).toBe(0);
    expect(healthy).toBe(true);
    expect(existsSync(`/proc/${engine}`)).toBe(false);
  }, 60_000);
});
