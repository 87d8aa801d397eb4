import { liveCity } from '../../city/live.ts';
import { settingStore } from '../../city/store.ts';
import { projector } from '../../figures/project.ts';
import { figureStore } from '../../figures/store.ts';
import { dynamo } from '../../kernel/dynamo.ts';
import { readEnv } from '../../kernel/env.ts';
import { logFor } from '../../kernel/log.ts';
import { tableOf } from '../../kernel/table.ts';
import { supporterStore } from '../../people/supporters.ts';
import { streamHandler } from './stream.ts';

const setting = readEnv('casesTable');
const table = tableOf(dynamo(), setting.casesTable);

export const handler = streamHandler({
  project: projector({ store: figureStore(table), city: liveCity(settingStore(table)) }),
  support: supporterStore(table).count,
  log: logFor('project'),
});
