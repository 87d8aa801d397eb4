import '../local/quiet.ts';
import { parseArgs } from 'node:util';
import { type Api, connect } from './demo/api.ts';
import { mondayStory } from './demo/monday.ts';
import { promisesStory } from './demo/promises.ts';
import { dim, line, red } from './demo/screen.ts';
import { servicesStory } from './demo/services.ts';

/** Each says at its end whether everything came out as it must. The others move time, so each starts a city of its own. */
const stories: Readonly<
  Record<string, { readonly tell: (api: Api) => Promise<boolean>; readonly ownCity: boolean }>
> = {
  monday: { tell: mondayStory, ownCity: false },
  promises: { tell: promisesStory, ownCity: true },
  services: { tell: servicesStory, ownCity: true },
};

const { values } = parseArgs({ options: { story: { type: 'string', default: 'monday' } } });
const story = stories[values.story];
if (story === undefined) {
  line(red(`--story ${Object.keys(stories).join(' | ')}`));
  process.exit(2);
}
const starting = () => line(dim('Menyalakan kota contoh … starting a city of its own …'));
const api = await connect(starting, story.ownCity);
try {
  process.exitCode = (await story.tell(api)) ? 0 : 1;
} finally {
  await api.stop();
}
