import {
  cases,
  type Granting,
  identitiesContact,
  identitiesPut,
  mail,
  originSecret,
  publish,
  secret,
  staffAccounts,
  subscriptions,
} from './grants.ts';
import type { JobName } from './jobs.ts';

/** What each HTTP function may touch, and nothing else. A feature without an entry stops the synthesis. */
export const featureRights: Readonly<Record<string, readonly Granting[]>> = {
  // gsi5: a reporter's own cases.
  complaints: [
    cases(['GetItem', 'BatchGetItem', 'Query', 'PutItem', 'UpdateItem'], 'gsi5'),
    identitiesPut,
    secret,
    originSecret,
  ],
  // The inbox by unit, person, team and area. A change of state is one conditional put.
  desk: [cases(['GetItem', 'BatchGetItem', 'Query', 'PutItem'], 'gsi1', 'gsi2', 'gsi3'), secret],
  // UpdateItem counts PIN attempts.
  track: [cases(['GetItem', 'BatchGetItem', 'Query', 'PutItem', 'UpdateItem'], 'gsi5'), secret, originSecret],
  me: [cases(['GetItem', 'Query'])],
  // A person's record, sign-in binding and unit membership change together.
  staff: [
    cases(['GetItem', 'Query', 'PutItem', 'UpdateItem', 'DeleteItem', 'ConditionCheckItem'], 'gsi2'),
    staffAccounts,
    secret,
  ],
  settings: [
    cases(['GetItem', 'BatchGetItem', 'Query', 'PutItem', 'UpdateItem', 'ConditionCheckItem']),
    secret,
  ],
  // gsi1: what is overdue today, one bounded read a unit.
  metrics: [cases(['GetItem', 'BatchGetItem', 'Query'], 'gsi1')],
  notices: [cases(['GetItem', 'Query'], 'gsi2'), subscriptions, secret],
  health: [cases(['GetItem'])],
};

/** What each job may touch beside its own trigger, whose rights come with it (triggers.ts). */
export const jobRights: Readonly<Record<JobName, readonly Granting[]>> = {
  relay: [cases(['GetItem', 'UpdateItem']), publish],
  project: [cases(['GetItem', 'BatchGetItem', 'PutItem', 'UpdateItem'])],
  // gsi2: the people of a unit.
  deliver: [
    cases(['GetItem', 'BatchGetItem', 'Query', 'PutItem', 'UpdateItem'], 'gsi2'),
    identitiesContact,
    mail,
  ],
  archive: [cases(['GetItem', 'Query', 'PutItem'])],
  sweep: [cases(['GetItem', 'BatchGetItem', 'Query', 'PutItem'], 'gsi4')],
  digest: [cases(['GetItem', 'BatchGetItem', 'Query', 'PutItem'], 'gsi1', 'gsi2'), mail],
  // DeleteItem: words that no event came to name within a day.
  reconcile: [cases(['GetItem', 'Query', 'Scan', 'PutItem', 'UpdateItem', 'DeleteItem']), publish],
};
