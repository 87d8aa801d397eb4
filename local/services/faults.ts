import { ServiceError } from './protocol.ts';

export const faultyServices = [
  'dynamodb',
  'sqs',
  's3',
  'sns',
  'ses',
  'kms',
  'secretsmanager',
  'cognito',
  'lambda',
  // Providers that are no AWS services, each with the operation `send`.
  'telegram',
  'whatsapp',
  'push',
  // What the apps of a city answer: the operation is the name of the host.
  'links',
] as const;
export type FaultyService = (typeof faultyServices)[number];

export interface Fault {
  readonly service: FaultyService;
  /** Only this operation (for `lambda` the function); undefined is every one. */
  readonly action: string | undefined;
  readonly mode: 'down' | 'throttle';
  /** So many calls fail; undefined until it is switched off. */
  left: number | undefined;
}

export interface Faults {
  readonly set: (
    service: FaultyService,
    action: string | undefined,
    mode: 'down' | 'throttle' | 'off',
    count: number | undefined,
  ) => void;
  /** The fault that this call meets, which counts it. */
  readonly hit: (service: FaultyService, action: string) => Fault['mode'] | undefined;
  readonly list: () => readonly Fault[];
  /** One flag a service in the order of `faultyServices`, read by the workers before a call leaves them. */
  readonly flags: SharedArrayBuffer;
}

export const createFaults = (): Faults => {
  const flags = new SharedArrayBuffer(4 * faultyServices.length);
  const cells = new Int32Array(flags);
  let faults: Fault[] = [];
  const mark = (): void => {
    for (const [i, service] of faultyServices.entries())
      Atomics.store(cells, i, faults.some((f) => f.service === service) ? 1 : 0);
  };
  return {
    flags,
    list: () => faults,
    set: (service, action, mode, count) => {
      faults = faults.filter((f) => f.service !== service || (action !== undefined && f.action !== action));
      if (mode !== 'off') faults.push({ service, action, mode, left: count });
      mark();
    },
    hit: (service, action) => {
      const fault = faults.find(
        (f) => f.service === service && (f.action === undefined || f.action === action),
      );
      if (fault === undefined) return undefined;
      if (fault.left !== undefined) {
        fault.left--;
        if (fault.left <= 0) {
          faults = faults.filter((f) => f !== fault);
          mark();
        }
      }
      return fault.mode;
    },
  };
};

const throttling: Readonly<Partial<Record<FaultyService, string>>> = {
  dynamodb: 'ProvisionedThroughputExceededException',
  sns: 'Throttled',
  ses: 'TooManyRequestsException',
  cognito: 'TooManyRequestsException',
};

export const isFaulty = (name: string): name is FaultyService =>
  (faultyServices as readonly string[]).includes(name);

/** The error that the service itself would give. */
export const faultError = (service: FaultyService, mode: Fault['mode']): ServiceError =>
  mode === 'down'
    ? new ServiceError('ServiceUnavailable', 'The service is down (a fault was asked for)', 503)
    : new ServiceError(
        throttling[service] ?? 'ThrottlingException',
        'Rate exceeded (a fault was asked for)',
        service === 'ses' ? 429 : 400,
      );
