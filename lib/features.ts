import type { Contract, Operation } from '../functions/kernel/contract.ts';
import { routeKey } from '../functions/kernel/contract.ts';

/** Memory buys CPU, which is what a cold start waits for. */
export interface Size {
  readonly memory: number;
  readonly timeoutSeconds: number;
}

const usual: Size = { memory: 1024, timeoutSeconds: 10 };

/** Features that need more than the usual. The gateway gives up after 30 seconds. */
const sizes: Readonly<Record<string, Size>> = {
  // A document is fetched, signed by a service that takes seconds, and kept.
  products: { memory: 1024, timeoutSeconds: 28 },
  // A preview walks the open cases that a draft would move.
  settings: { memory: 1024, timeoutSeconds: 28 },
};

export const sizeOf = (feature: string): Size => sizes[feature] ?? usual;

/** Features that answer in a stack of their own beside the reports': what a city gives rather than what it is told. */
const services: ReadonlySet<string> = new Set([
  'announcements',
  'applications',
  'appointments',
  'exports',
  'information',
  'newsroom',
  'products',
  'receipts',
  'services',
  'subscriptions',
  'verify',
]);

/** Stacks of HTTP functions. CloudFormation takes 500 resources a stack; a feature needs five, an operation one. */
export const httpParts = ['reports', 'services'] as const;
export type HttpPart = (typeof httpParts)[number];

/** Once deployed, a feature stays where it is: a route cannot be made in one stack while another still has it. */
export const partOf = (feature: string): HttpPart => (services.has(feature) ? 'services' : 'reports');

export interface NamedOperation {
  readonly id: string;
  readonly feature: string;
  readonly operation: Operation;
}

/**
 * The operations of all contracts. Ids and routes are checked here, since CloudFormation would only say that a
 * logical id is taken.
 */
export const operationsOf = (contracts: readonly Contract[]): readonly NamedOperation[] => {
  const all = contracts.flatMap(({ feature, operations }) =>
    Object.entries(operations).map(([id, operation]) => ({ id, feature, operation })),
  );
  const seen = new Map<string, string>();
  for (const { id, feature, operation } of all) {
    // `{code}` and `{id}` at one place are one route to the gateway.
    const route = routeKey(operation).replaceAll(/\{[^}]+\}/g, '{}');
    for (const key of [`operation ${id}`, `route ${route}`]) {
      const other = seen.get(key);
      if (other !== undefined) throw new Error(`${key} is declared by ${other} and by ${feature}`);
      seen.set(key, feature);
    }
  }
  return all;
};
