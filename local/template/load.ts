import type * as z from 'zod';
import { noValue, resolve, type Scope } from './intrinsics.ts';
import { account, type Identity, type Kind, partition, region } from './kind.ts';
import { absentKinds, type KindName, kinds } from './kinds.ts';
import { CannotStart, type Resource, type Stack, type Template } from './model.ts';

/** A resource whose every executed property is resolved and checked. */
export interface Loaded<K extends KindName = KindName> extends Identity {
  readonly stack: Stack;
  readonly logicalId: string;
  readonly type: K;
  readonly props: z.output<(typeof kinds)[K]['run']>;
}

export interface Loadout {
  /** All resources of a type, in the order of the template. */
  readonly of: <K extends KindName>(type: K) => readonly Loaded<K>[];
}

interface Place {
  readonly stack: Stack;
  readonly logicalId: string;
  readonly resource: Resource;
}

const isKind = (type: string): type is KindName => Object.hasOwn(kinds, type);

const shorten = (name: string): string =>
  name.length <= 64 ? name : `${name.slice(0, 40)}-${name.slice(-23)}`;

const pseudo = (stack: string): Readonly<Record<string, unknown>> => ({
  'AWS::Region': region,
  'AWS::AccountId': account,
  'AWS::Partition': partition,
  'AWS::URLSuffix': 'amazonaws.com',
  'AWS::StackName': stack,
  'AWS::StackId': `arn:aws:cloudformation:${region}:${account}:stack/${stack}/local`,
  'AWS::NoValue': noValue,
});

const conditionsOf =
  (template: Template, scope: () => Scope) =>
  (name: string): unknown => {
    const body = template.Conditions?.[name];
    if (body === undefined) throw new CannotStart(`${scope().where}: condition ${name} is not defined`);
    return resolve(body, scope());
  };

/**
 * Reads the stacks as CloudFormation would: conditions, references within and between stacks, names.
 * Everything unknown is collected and reported at once; nothing starts before all of it is known.
 * @param at what the API's endpoint attribute and the queues' URLs begin with on this machine
 */
export const load = (
  stacks: readonly Stack[],
  at: { readonly url: string; readonly queues: string },
): Loadout => {
  const problems: string[] = [];
  const identities = new Map<string, Identity>();
  const resolving = new Set<string>();

  const scopeOf = (stack: Stack, where: string): Scope => {
    const scope: Scope = {
      where: `${stack.name}/${where}`,
      ref: (id) => {
        const known = pseudo(stack.name);
        if (Object.hasOwn(known, id)) return known[id];
        const parameter = stack.template.Parameters?.[id];
        if (parameter !== undefined) return parameter.Default ?? '';
        return identityOf(stack, id, scope.where).ref;
      },
      getAtt: (id, attribute) => {
        const found = identityOf(stack, id, scope.where).atts[attribute];
        if (found === undefined)
          throw new CannotStart(`${scope.where}: attribute ${attribute} of ${id} is not known here`);
        return found;
      },
      importValue: (name) => {
        for (const other of stacks)
          for (const [id, output] of Object.entries(other.template.Outputs ?? {}))
            if (output.Export !== undefined) {
              const within = scopeOf(other, `Outputs.${id}`);
              if (resolve(output.Export.Name, within) === name) return resolve(output.Value, within);
            }
        throw new CannotStart(`${scope.where}: no stack exports ${name}`);
      },
      condition: (name) => conditionsOf(stack.template, () => scope)(name),
      mapping: (map, top, second) => {
        const found = stack.template.Mappings?.[map]?.[top]?.[second];
        if (found === undefined)
          throw new CannotStart(`${scope.where}: mapping ${map}.${top}.${second} is not defined`);
        return found;
      },
    };
    return scope;
  };

  const identityOf = (stack: Stack, logicalId: string, from: string): Identity => {
    const path = `${stack.name}/${logicalId}`;
    const known = identities.get(path);
    if (known !== undefined) return known;
    const resource = stack.template.Resources[logicalId];
    if (resource === undefined)
      throw new CannotStart(`${from}: refers to ${logicalId}, which is not in the template`);
    if (resolving.has(path)) throw new CannotStart(`${from}: ${logicalId} refers to itself`);
    resolving.add(path);
    const type = resource.Type;
    const kind: Kind | undefined = isKind(type) ? kinds[type] : undefined;
    const written = kind?.named === undefined ? undefined : resource.Properties?.[kind.named];
    const name =
      written === undefined
        ? shorten(`${stack.name}-${logicalId}`)
        : String(resolve(written, scopeOf(stack, `${logicalId}.${kind?.named ?? ''}`)));
    const made = kind?.identify({ name, ...at }) ?? absentKinds[type]?.identify({ name, ...at });
    if (made === undefined)
      throw new CannotStart(`${stack.name}/${logicalId}: resource type ${type} is not known here`);
    const identity: Identity = { name, arn: '', ...made };
    resolving.delete(path);
    identities.set(path, identity);
    return identity;
  };

  const loadOne = ({ stack, logicalId, resource }: Place, type: KindName): Loaded => {
    const kind: Kind = kinds[type];
    const written = Object.entries(resource.Properties ?? {}).filter(([p]) => !Object.hasOwn(kind.noted, p));
    const props: Record<string, unknown> = {};
    for (const [property, value] of written) {
      const found = resolve(value, scopeOf(stack, `${logicalId}.${property}`));
      if (found !== noValue) props[property] = found;
    }
    const parsed = kind.run.safeParse(props);
    if (!parsed.success) {
      for (const issue of parsed.error.issues) {
        const names = issue.code === 'unrecognized_keys' ? issue.keys : [''];
        for (const unknown of names) {
          const path = [...issue.path.map(String), unknown].filter((p) => p !== '').join('.');
          problems.push(
            `${stack.name}/${logicalId} (${type}): property ${path} ${unknown === '' ? `cannot be run: ${issue.message}` : 'is not known here'}`,
          );
        }
      }
    }
    const identity = identityOf(stack, logicalId, logicalId);
    return { ...identity, stack, logicalId, type, props: parsed.data as Loaded['props'] };
  };

  const loaded: Loaded[] = [];
  for (const stack of stacks)
    for (const [logicalId, resource] of Object.entries(stack.template.Resources)) {
      const { Type: type, Condition: only } = resource;
      try {
        if (only !== undefined && scopeOf(stack, logicalId).condition(only) !== true) continue;
        if (isKind(type)) loaded.push(loadOne({ stack, logicalId, resource }, type));
        else if (!Object.hasOwn(absentKinds, type))
          problems.push(`${stack.name}/${logicalId}: resource type ${type} is not known here`);
      } catch (error) {
        if (!(error instanceof CannotStart)) throw error;
        problems.push(error.message);
      }
    }
  if (problems.length > 0)
    throw new CannotStart(
      `The template has parts that the local runtime does not know:\n${[...new Set(problems)].map((p) => `  ${p}`).join('\n')}`,
    );
  return {
    of: <K extends KindName>(type: K) => loaded.filter((r): r is Loaded<K> => (r.type as KindName) === type),
  };
};
