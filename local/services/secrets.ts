import { randomInt } from 'node:crypto';
import type { State } from '../state.ts';
import { steadyUuid } from '../template/kind.ts';
import type { Loaded } from '../template/load.ts';
import { type Operations, ServiceError } from './protocol.ts';

type Secret = Loaded<'AWS::SecretsManager::Secret'>;
type Recipe = NonNullable<Secret['props']['GenerateSecretString']>;

const punctuation = '!"#$%&\'()*+,-./:;<=>?@[\\]^_`{|}~';

const draw = (from: string): string => from.charAt(randomInt(from.length));

/** A random password as GenerateSecretString describes it. */
const password = (recipe: Recipe): string => {
  const classes = [
    recipe.ExcludeUppercase ? '' : 'ABCDEFGHIJKLMNOPQRSTUVWXYZ',
    recipe.ExcludeLowercase ? '' : 'abcdefghijklmnopqrstuvwxyz',
    recipe.ExcludeNumbers ? '' : '0123456789',
    recipe.ExcludePunctuation ? '' : punctuation,
    recipe.IncludeSpace ? ' ' : '',
  ]
    .map((c) => [...c].filter((x) => !recipe.ExcludeCharacters.includes(x)).join(''))
    .filter((c) => c !== '');
  const all = classes.join('');
  const must = recipe.RequireEachIncludedType ? classes : [];
  const out = must.map(draw);
  while (out.length < recipe.PasswordLength) out.push(draw(all));
  for (let i = out.length - 1; i > 0; i--) {
    const j = randomInt(i + 1);
    [out[i], out[j]] = [out[j] ?? '', out[i] ?? ''];
  }
  return out.join('');
};

const value = ({ props }: Secret): string => {
  if (props.SecretString !== undefined) return props.SecretString;
  const recipe = props.GenerateSecretString;
  if (recipe === undefined) return '';
  const made = password(recipe);
  if (recipe.SecretStringTemplate === undefined || recipe.GenerateStringKey === undefined) return made;
  const template = JSON.parse(recipe.SecretStringTemplate) as Record<string, unknown>;
  return JSON.stringify({ ...template, [recipe.GenerateStringKey]: made });
};

/** GetSecretValue; a secret is generated once and kept. */
export const secretsManager = (secrets: readonly Secret[], state: State): Operations => {
  for (const secret of secrets)
    if (state.get('secrets', secret.ref) === undefined) state.set('secrets', secret.ref, value(secret));
  return {
    GetSecretValue: (input) => {
      const id = input.text('SecretId');
      const secret = secrets.find((s) => s.ref === id || s.name === id);
      if (secret === undefined)
        throw new ServiceError(
          'ResourceNotFoundException',
          "Secrets Manager can't find the specified secret.",
        );
      return {
        ARN: secret.arn,
        Name: secret.name,
        VersionId: steadyUuid(secret.ref),
        VersionStages: ['AWSCURRENT'],
        SecretString: state.get('secrets', secret.ref),
        CreatedDate: 0,
      };
    },
  };
};
