import { CannotStart } from './model.ts';

/** What a template's functions may ask for while one of its values is resolved. */
export interface Scope {
  /** Named in a refusal: `lapau-…-app/Complaints.Environment`. */
  readonly where: string;
  readonly ref: (logicalId: string) => unknown;
  readonly getAtt: (logicalId: string, attribute: string) => unknown;
  readonly importValue: (name: string) => unknown;
  readonly condition: (name: string) => unknown;
  readonly mapping: (map: string, top: string, second: string) => unknown;
}

/** `AWS::NoValue`: the property that holds it is as if it were not written. */
export const noValue: unique symbol = Symbol('AWS::NoValue');

const isRecord = (v: unknown): v is Record<string, unknown> =>
  typeof v === 'object' && v !== null && !Array.isArray(v);

const refuse = (scope: Scope, what: string): never => {
  throw new CannotStart(`${scope.where}: ${what}`);
};

const text = (value: unknown, scope: Scope, fn: string): string =>
  typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
    ? String(value)
    : refuse(scope, `${fn} needs text`);

const list = (value: unknown, scope: Scope, fn: string): unknown[] =>
  Array.isArray(value) ? value : refuse(scope, `${fn} needs a list`);

const sub = (args: unknown, scope: Scope): string => {
  const [pattern, vars] = Array.isArray(args) ? args : [args, {}];
  const own = isRecord(vars) ? vars : {};
  return text(pattern, scope, 'Fn::Sub').replace(/\$\{([^}]+)\}/g, (_whole, inner: string) => {
    if (inner.startsWith('!')) return `\${${inner.slice(1)}}`;
    if (Object.hasOwn(own, inner)) return text(resolve(own[inner], scope), scope, 'Fn::Sub');
    const dot = inner.indexOf('.');
    const found = dot < 0 ? scope.ref(inner) : scope.getAtt(inner.slice(0, dot), inner.slice(dot + 1));
    return text(found, scope, 'Fn::Sub');
  });
};

type Fn = (args: unknown, scope: Scope) => unknown;

const resolved = (args: unknown, scope: Scope, fn: string): unknown[] =>
  list(resolve(args, scope), scope, fn);

const functions: Readonly<Record<string, Fn>> = {
  Ref: (args, scope) => scope.ref(text(args, scope, 'Ref')),
  'Fn::GetAtt': (args, scope) => {
    const [id, ...rest] = typeof args === 'string' ? args.split('.') : list(args, scope, 'Fn::GetAtt');
    return scope.getAtt(
      text(id, scope, 'Fn::GetAtt'),
      rest.map((part) => text(resolve(part, scope), scope, 'Fn::GetAtt')).join('.'),
    );
  },
  'Fn::Join': (args, scope) => {
    const [separator, parts] = resolved(args, scope, 'Fn::Join');
    return list(parts, scope, 'Fn::Join')
      .map((part) => text(part, scope, 'Fn::Join'))
      .join(text(separator, scope, 'Fn::Join'));
  },
  'Fn::Sub': sub,
  'Fn::Select': (args, scope) => {
    const [index, from] = resolved(args, scope, 'Fn::Select');
    return (
      list(from, scope, 'Fn::Select')[Number(index)] ?? refuse(scope, `Fn::Select finds no ${String(index)}`)
    );
  },
  'Fn::Split': (args, scope) => {
    const [separator, from] = resolved(args, scope, 'Fn::Split');
    return text(from, scope, 'Fn::Split').split(text(separator, scope, 'Fn::Split'));
  },
  'Fn::ImportValue': (args, scope) => scope.importValue(text(resolve(args, scope), scope, 'Fn::ImportValue')),
  'Fn::FindInMap': (args, scope) => {
    const [map, top, second] = resolved(args, scope, 'Fn::FindInMap').map((a) =>
      text(a, scope, 'Fn::FindInMap'),
    );
    return scope.mapping(map ?? '', top ?? '', second ?? '');
  },
  'Fn::If': (args, scope) => {
    const [name, yes, no] = list(args, scope, 'Fn::If');
    return resolve(scope.condition(text(name, scope, 'Fn::If')) === true ? yes : no, scope);
  },
  'Fn::Equals': (args, scope) => {
    const [a, b] = resolved(args, scope, 'Fn::Equals');
    return String(a) === String(b);
  },
  'Fn::And': (args, scope) => resolved(args, scope, 'Fn::And').every((v) => v === true),
  'Fn::Or': (args, scope) => resolved(args, scope, 'Fn::Or').some((v) => v === true),
  'Fn::Not': (args, scope) => resolved(args, scope, 'Fn::Not')[0] !== true,
  Condition: (args, scope) => scope.condition(text(args, scope, 'Condition')),
};

/**
 * Replaces every CloudFormation function in a value by what it stands for. Pure: everything it needs comes through
 * `scope`. A function that is not in the table stops with its name, since guessing would run something else than
 * what is deployed; so does a dynamic reference (`{{resolve:…}}`).
 */
export const resolve = (value: unknown, scope: Scope): unknown => {
  if (typeof value === 'string' && value.includes('{{resolve:'))
    return refuse(scope, `dynamic reference ${value} is not known here`);
  if (Array.isArray(value)) return value.map((v) => resolve(v, scope)).filter((v) => v !== noValue);
  if (!isRecord(value)) return value;
  const entries = Object.entries(value);
  const [only] = entries;
  if (entries.length === 1 && only !== undefined) {
    const [name, args] = only;
    const fn = functions[name];
    // A policy document has `Condition` objects of its own; only the text form names a template condition.
    if (fn !== undefined && (name !== 'Condition' || typeof args === 'string')) return fn(args, scope);
    if (name.startsWith('Fn::')) return refuse(scope, `intrinsic function ${name} is not known here`);
  }
  return Object.fromEntries(
    entries.map(([key, v]) => [key, resolve(v, scope)] as const).filter(([, v]) => v !== noValue),
  );
};
