import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { mockClient } from 'aws-sdk-client-mock';
import { afterAll, expect, test } from 'vitest';
import { viewerAddress } from './address.ts';

const secrets = mockClient(SecretsManagerClient);
secrets.on(GetSecretValueCommand).resolves({ SecretString: 'only-the-edge-knows' });
afterAll(() => secrets.restore());

const from = (headers: Record<string, string>) =>
  viewerAddress('id')({
    headers,
    requestContext: { http: { sourceIp: '198.51.100.7' } },
  } as unknown as APIGatewayProxyEventV2);

test.each([
  ['a direct caller counts by the own connection', {}, '198.51.100.7'],
  [
    'a forged forwarding header is not believed',
    { 'x-forwarded-for': '203.0.113.1, 10.0.0.1' },
    '198.51.100.7',
  ],
  [
    'nor with a guessed secret',
    { 'x-lapau-origin': 'guess', 'x-forwarded-for': '203.0.113.1, 10.0.0.1' },
    '198.51.100.7',
  ],
  [
    'through the edge the viewer counts, not what the viewer claimed before',
    { 'x-lapau-origin': 'only-the-edge-knows', 'x-forwarded-for': '1.2.3.4, 203.0.113.1, 10.0.0.1' },
    '203.0.113.1',
  ],
])('%s', async (_, headers, expected) => {
  expect(await from(headers)).toBe(expected);
});
