import { Logger } from '@aws-lambda-powertools/logger';

/** What a log line may carry: ids of requests, codes of errors, counts. Never words, names, addresses or bodies. */
export type LogFields = Readonly<Record<string, string | number | boolean | undefined>>;

export interface Log {
  readonly info: (event: string, fields?: LogFields) => void;
  readonly warn: (event: string, fields?: LogFields) => void;
  /** For our own failures; the error's stack goes along, its message never comes from a caller's input. */
  readonly error: (event: string, error: unknown, fields?: LogFields) => void;
}

export const logFor = (service: string): Log => {
  const logger = new Logger({ serviceName: service });
  return {
    info: (event, fields = {}) => logger.info(event, { ...fields }),
    warn: (event, fields = {}) => logger.warn(event, { ...fields }),
    error: (event, error, fields = {}) =>
      logger.error(event, { ...fields, error: error instanceof Error ? error : new Error(String(error)) }),
  };
};
