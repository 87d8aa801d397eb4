/**
 * Stands in for the SDK's default credential chain in bundles: Lambda gives its credentials in the environment,
 * and the chain (files, SSO, instance metadata) would double the bundle and slow the first call.
 */
export const defaultProvider = () => async () => ({
  accessKeyId: process.env['AWS_ACCESS_KEY_ID'] ?? '',
  secretAccessKey: process.env['AWS_SECRET_ACCESS_KEY'] ?? '',
  ...(process.env['AWS_SESSION_TOKEN'] === undefined
    ? {}
    : { sessionToken: process.env['AWS_SESSION_TOKEN'] }),
});
