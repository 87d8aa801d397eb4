/** What a log line may carry: ids of requests, codes of errors, counts. Never words, names, addresses or bodies. */
export type LogFields = Readonly<Record<string, string | number | boolean | undefined>>;

export interface Log {
  readonly info: (event: string, fields?: LogFields) => void;
  readonly warn: (event: string, fields?: LogFields) => void;
  /** For our own failures; the error's stack goes along, its message never comes from a caller's input. */
  readonly error: (event: string, error: unknown, fields?: LogFields) => void;
}

type Level = 'INFO' | 'WARN' | 'ERROR';

const levels: readonly Level[] = ['INFO', 'WARN', 'ERROR'];
/** Longest stack that is written; the rest repeats the runtime. */
const stackLength = 2000;

const errorOf = (error: unknown) =>
  error instanceof Error
    ? { name: error.name, message: error.message, stack: (error.stack ?? '').slice(0, stackLength) }
    : { name: 'NotAnError', message: String(error) };

/**
 * One JSON line per event on standard output, which Lambda takes to CloudWatch as it is. A library costs a tenth of a
 * cold start for the same line (docs/adr/0002). `LOG_LEVEL` (INFO, WARN, ERROR, SILENT) silences the lower ones.
 */
export const logFor = (service: string): Log => {
  const least = levels.indexOf((process.env['LOG_LEVEL'] ?? 'INFO') as Level);
  const silent = process.env['LOG_LEVEL'] === 'SILENT';
  const write = (level: Level, message: string, fields: object): void => {
    if (silent || levels.indexOf(level) < least) return;
    const line = { level, message, service, timestamp: new Date().toISOString(), ...fields };
    process.stdout.write(`${JSON.stringify(line)}\n`);
  };
  return {
    info: (event, fields = {}) => write('INFO', event, fields),
    warn: (event, fields = {}) => write('WARN', event, fields),
    error: (event, error, fields = {}) => write('ERROR', event, { ...fields, error: errorOf(error) }),
  };
};
