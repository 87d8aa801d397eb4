import '../../local/quiet.ts';
import { startLocal } from '../../local/local.ts';
import { seed } from '../../local/seed.ts';

/** A city in a process of its own, so that a test can end it without warning. Says where it is, then serves. */
const [stateDir] = process.argv.slice(2);
const noisy = process.env['LAPAU_LOG'] !== undefined;
const local = await startLocal({
  seed,
  instances: Number(process.env['INSTANCES'] ?? 2),
  ...(stateDir === undefined ? {} : { stateDir }),
  ...(noisy ? { log: (source: string, line: string) => process.stderr.write(`${source} ${line}\n`) } : {}),
});
process.stdout.write(`${JSON.stringify({ url: local.url, engine: local.runtime.engine.pid })}\n`);
process.on('SIGTERM', () => void local.stop().then(() => process.exit(0)));
