// Runs inside the workers too, from stripped text as bootstrap.ts does, so it imports no more than types.

import type { Need, needsOf, Outgoing } from './needs.ts';

/** One `Allow` of a role: each of the actions on each of the resources, where every condition holds. */
export interface Statement {
  readonly actions: readonly string[];
  readonly resources: readonly string[];
  /** `StringEquals`: condition key → values, one of which the call must have. */
  readonly equals: Readonly<Record<string, readonly string[]>>;
}

/** What the service itself answers to a caller without the right. */
export interface Denial {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export interface Policy {
  readonly statements: readonly Statement[];
  /** ARN of the caller, as denials name it. */
  readonly user: string;
  readonly region: string;
  readonly account: string;
}

const escaped = (text: string): string => text.replace(/[.+^${}()|[\]\\]/g, '\\$&');
/** `*` and `?` as IAM reads them; actions compare without regard to case. */
const pattern = (written: readonly string[], flags: string): RegExp =>
  new RegExp(
    `^(?:${written.map((w) => escaped(w).replaceAll('*', '.*').replaceAll('?', '.')).join('|')})$`,
    flags,
  );

/** Whether the statements allow something; nothing is allowed that none of them names. */
export const allows = (statements: readonly Statement[]): ((need: Need) => boolean) => {
  const compiled = statements.map(({ actions, resources, equals }) => ({
    action: pattern(actions, 'i'),
    resource: pattern(resources, ''),
    equals: Object.entries(equals),
  }));
  return ({ action, resource, context = {} }) =>
    compiled.some(
      (s) =>
        s.action.test(action) &&
        s.resource.test(resource) &&
        s.equals.every(([key, values]) => values.includes(context[key] ?? '')),
    );
};

const xml = (text: string): string => text.replace(/[<>&'"]/g, (c) => `&#${c.charCodeAt(0)};`);

/** The refusal in the service's own shape. */
export const denial = (service: string, { action, resource }: Need, user: string): Denial => {
  const message = `User: ${user} is not authorized to perform: ${action} on resource: ${resource} because no identity-based policy allows the ${action} action`;
  if (service === 'sns')
    return {
      status: 403,
      headers: { 'content-type': 'text/xml' },
      body: `<ErrorResponse><Error><Type>Sender</Type><Code>AuthorizationError</Code><Message>${xml(message)}</Message></Error><RequestId>denied</RequestId></ErrorResponse>`,
    };
  if (service === 's3')
    return {
      status: 403,
      headers: { 'content-type': 'application/xml' },
      body: `<Error><Code>AccessDenied</Code><Message>${xml(message)}</Message></Error>`,
    };
  if (service === 'ses')
    return {
      status: 403,
      headers: { 'content-type': 'application/json', 'x-amzn-errortype': 'AccessDeniedException' },
      body: JSON.stringify({ message }),
    };
  return {
    status: service === 'sqs' ? 403 : 400,
    headers: {
      'content-type': 'application/x-amz-json-1.0',
      ...(service === 'sqs' ? { 'x-amzn-query-error': 'AccessDenied;Sender' } : {}),
    },
    body: JSON.stringify({
      __type: 'com.amazon.coral.service#AccessDeniedException',
      Message: message,
      message,
    }),
  };
};

/**
 * Judges the calls of one function.
 * @param needs what a call needs: handed in, since this file imports nothing
 * @param told once for each action and resource, allowed or not
 * @returns the denial of a call that the policy does not allow; undefined lets it go
 */
export const createGuard = (
  { statements, user, region, account }: Policy,
  needs: typeof needsOf,
  told: (need: Need, allowed: boolean) => void,
): ((call: Outgoing) => Denial | undefined) => {
  const allowed = allows(statements);
  const arn = (service: string, resource: string): string =>
    `arn:aws:${service}:${region}:${account}:${resource}`;
  const conditions = [...new Set(statements.flatMap(({ equals }) => Object.keys(equals)))];
  // By action, resource and those values that a condition asks for: as many as the code has, never one a citizen.
  const known = new Map<string, boolean>();
  const judge = (need: Need): boolean => {
    const { context } = need;
    const asked = context === undefined ? '' : conditions.map((name) => context[name] ?? '').join('\n');
    const key = `${need.action} ${need.resource} ${asked}`;
    const before = known.get(key);
    if (before !== undefined) return before;
    const fine = allowed(need);
    known.set(key, fine);
    told(need, fine);
    return fine;
  };
  return (call) => {
    const missing = needs(call, arn).find((need) => !judge(need));
    return missing === undefined ? undefined : denial(call.service, missing, user);
  };
};
