import { afterAll, beforeAll, expect, it } from 'vitest';
import { configuredChannels } from '../../functions/events/channels/configured.ts';
import { type Local, startLocal } from '../local.ts';
import { createBench } from '../testing.ts';

const bench = createBench();
let local: Local;

beforeAll(async () => {
  local = await startLocal({
    stacks: [
      bench.stack({
        Api: { Type: 'AWS::ApiGatewayV2::Api', Properties: { Name: 'x', ProtocolType: 'HTTP' } },
        Deliver: bench.fn('deliver', 'return 0;', {
          Environment: {
            Variables: {
              TELEGRAM_URL: 'https://api.telegram.org/bot{token}/sendMessage',
              CHANNELS_SECRET_ID: 'arn:aws:secretsmanager:ap-southeast-3:000000000000:secret:by-hand',
            },
          },
        }),
        Other: bench.fn('other', 'return 0;'),
      }),
    ],
  });
});

afterAll(async () => {
  await local.stop();
  bench.remove();
});

const environmentOf = (name: string) => local.runtime.functions.find(name)?.spec.environment ?? {};

it('what deliver sends by Telegram and WhatsApp is in the outbox, and nothing leaves the machine', async () => {
  const channels = configuredChannels({
    environment: environmentOf('deliver'),
    ses: { send: () => Promise.reject(new Error('no mail here')) } as never,
    mailFrom: 'lapau@city.id',
  });
  const notice = {
    subject: 's',
    text: 'Ada laporan baru',
    template: 'case',
    parameters: ['ABC', 'baru'],
  } as const;
  for (const channel of channels.filter(({ name }) => name !== 'email'))
    expect(
      await channel.send(channel.name === 'telegram' ? '0000000001' : '+62000000001', notice),
    ).toMatchObject({
      state: 'sent',
      messageId: expect.stringMatching(/^\d+$/),
    });
  const [whatsapp, telegram] = local.runtime.outbox.list(5);
  expect(telegram).toMatchObject({ channel: 'telegram', to: ['0000000001'], text: 'Ada laporan baru' });
  expect(whatsapp).toMatchObject({ channel: 'whatsapp', to: ['62000000001'], text: 'ABC\nbaru' });
  expect(environmentOf('other')).not.toHaveProperty('TELEGRAM_URL');
});
