import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { liveCity } from '../../city/live.ts';
import { settingStore } from '../../city/store.ts';
import { projector } from '../../figures/project.ts';
import { figureStore } from '../../figures/store.ts';
import { readEnv } from '../../kernel/env.ts';
import { logFor } from '../../kernel/log.ts';
import { tableOf } from '../../kernel/table.ts';
import { streamHandler } from './stream.ts';

const setting = readEnv('casesTable');
const table = tableOf(new DynamoDBClient({}), setting.casesTable);

export const handler = streamHandler({
  project: projector({ store: figureStore(table), city: liveCity(settingStore(table)) }),
  log: logFor('project'),
});
