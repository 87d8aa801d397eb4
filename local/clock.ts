import './quiet.ts';
import { ask, command } from './ask.ts';

command(async ([to]) => {
  const answer =
    to === undefined
      ? await ask('clock')
      : await ask('clock', { method: 'POST', body: JSON.stringify({ to }) });
  return String(answer['now']);
});
