import * as z from 'zod';

export const region = 'ap-southeast-3';
export const account = '000000000000';
export const partition = 'aws';

/** What a resource is called once it exists: the value of `Ref`, and of each attribute that may be asked for. */
export interface Identity {
  readonly name: string;
  readonly ref: string;
  readonly arn: string;
  readonly atts: Readonly<Record<string, string>>;
}

export interface Naming {
  /** The physical name: the name property if written, otherwise made from stack and logical id, the same each time. */
  readonly name: string;
  /** Base of the API on this machine, `http://127.0.0.1:8787`. */
  readonly url: string;
  /** Base of every queue's URL. */
  readonly queues: string;
}

/**
 * One resource type that the local runtime knows. `run` are the properties that it executes (nested ones are listed
 * by the schema, strictly); `noted` are those that have no meaning on one machine, each with the reason. Every other
 * property stops the start.
 */
export interface Kind<S extends z.ZodType = z.ZodType> {
  readonly run: S;
  readonly noted: Readonly<Record<string, string>>;
  /** Property that holds the physical name. */
  readonly named?: string;
  readonly identify: (naming: Naming) => Identity;
}

export const kind = <const S extends z.ZodRawShape>(
  run: S,
  noted: Readonly<Record<string, string>>,
  identify: (naming: Naming) => Partial<Omit<Identity, 'name'>>,
  named?: string,
): Kind<z.ZodObject<S, z.core.$strict>> => ({
  run: z.strictObject(run),
  noted,
  identify: (naming) => ({ name: naming.name, ref: naming.name, arn: '', atts: {}, ...identify(naming) }),
  ...(named === undefined ? {} : { named }),
});

/** CloudFormation accepts numbers and truth as text too. */
export const int = z.coerce.number().int();
export const num = z.coerce.number();
export const bool = z.union([z.boolean(), z.enum(['true', 'false']).transform((v) => v === 'true')]);
export const str = z.string();
/** A nested property that the runtime reads past; say why beside its use. */
export const noted = z.unknown().optional();

export const arn = (service: string, resource: string): string =>
  `arn:${partition}:${service}:${region}:${account}:${resource}`;

/** 32 hexadecimal digits that depend on the name alone, for ids that AWS would draw. */
export const steadyHex = (name: string): string => {
  let out = '';
  for (let part = 0; part < 4; part++) {
    let h = 0x811c9dc5 ^ part;
    for (let i = 0; i < name.length; i++) h = Math.imul(h ^ name.charCodeAt(i), 0x01000193) >>> 0;
    h = Math.imul(h ^ (h >>> 15), 0x2c1b3c6d) >>> 0;
    out += (h ^ (h >>> 13)).toString(16).padStart(8, '0').slice(-8);
  }
  return out;
};

export const steadyUuid = (name: string): string =>
  steadyHex(name).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
