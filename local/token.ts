import './quiet.ts';
import { ask, command } from './ask.ts';
import { CannotStart } from './template/model.ts';

command(async ([person]) => {
  if (person === undefined)
    throw new CannotStart('npm run token -- <orang · person>, misalnya · such as koordinator, warga-1');
  return String((await ask(`token?person=${encodeURIComponent(person)}`))['token']);
});
