/**
 * Stands in for the cache of the SDK's endpoint discovery in bundles: DynamoDB's client makes one at load (8 KiB and a
 * thousand slots), and asks it only where discovery is switched on, which it is not.
 */
export function EndpointCache() {
  const missing = (): never => {
    throw new Error('endpoint discovery is left out of bundles (lib/bundle.ts)');
  };
  return { get: missing, getEndpoint: missing, set: missing, delete: missing, has: missing, clear: missing };
}
