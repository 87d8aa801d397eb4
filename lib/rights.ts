import { answers, sealAnswers } from './answer-grants.ts';
import {
  channelsSecret,
  chosenAddresses,
  citizenChoices,
  citizenContacts,
  closedAddresses,
  texts,
  trackedMail,
} from './citizen-grants.ts';
import { exportFiles, exportLinks, requesters } from './export-grants.ts';
import {
  cases,
  channels,
  filingQuota,
  type Granting,
  identitiesPut,
  inspectedFiles,
  mail,
  originSecret,
  publish,
  secret,
  servedFiles,
  staffAccounts,
  subscriptions,
  type TableAction,
  uploads,
} from './grants.ts';
import type { JobName } from './jobs.ts';
import { certifiedSigning, documentFiles, paperPublicKey, paperSigning } from './paper-grants.ts';

/** Settings as they are live: the pointers are one query, the versions one batch (functions/city/store.ts). */
const liveCity: readonly TableAction[] = ['Query', 'BatchGetItem'];

/** What each HTTP function may touch, and nothing else. A feature without an entry stops the synthesis. */
export const featureRights: Readonly<Record<string, readonly Granting[]>> = {
  about: [cases(liveCity)],
  // Settings of any version by GetItem; a case with its answers, which it may seal and open. UpdateItem counts filings.
  applications: [
    cases([...liveCity, 'GetItem', 'PutItem', 'UpdateItem']),
    identitiesPut,
    answers,
    filingQuota,
    secret,
    originSecret,
  ],
  // gsi3: open cases of an area, for similar ones; gsi5: a reporter's own cases. UpdateItem counts filings and looks.
  complaints: [
    cases([...liveCity, 'GetItem', 'PutItem', 'UpdateItem'], 'gsi3', 'gsi5'),
    identitiesPut,
    filingQuota,
    secret,
    originSecret,
  ],
  // Requests, their books and receipts, the public list with its uploads and links; who asks is sealed, and opened with a reason.
  information: [
    cases([...liveCity, 'GetItem', 'PutItem', 'UpdateItem']),
    identitiesPut,
    sealAnswers,
    requesters,
    paperSigning,
    uploads,
    servedFiles,
    secret,
  ],
  // One put for who joins; gsi5: what an account joined. UpdateItem counts joins.
  joins: [
    cases(['BatchGetItem', 'GetItem', 'PutItem', 'UpdateItem'], 'gsi5'),
    identitiesPut,
    filingQuota,
    secret,
    originSecret,
  ],
  // The inbox by unit, person, team and area. A change of state is one conditional put.
  desk: [cases([...liveCity, 'GetItem', 'PutItem'], 'gsi1', 'gsi2', 'gsi3'), secret],
  // The reporter's own actions; UpdateItem counts PIN attempts and notes openings.
  track: [cases([...liveCity, 'GetItem', 'PutItem', 'UpdateItem']), secret, originSecret],
  // It signs forms and links; the case says who may see a file. UpdateItem counts uploads.
  files: [
    cases([...liveCity, 'GetItem', 'UpdateItem']),
    filingQuota,
    uploads,
    servedFiles,
    secret,
    originSecret,
  ],
  me: [cases([...liveCity, 'GetItem'])],
  // A person's record, sign-in binding and audit entry change in one transaction.
  staff: [cases([...liveCity, 'GetItem', 'PutItem', 'ConditionCheckItem'], 'gsi2'), staffAccounts, secret],
  // A version becomes live and the one before retires in one transaction. gsi1: open cases that a draft would move.
  // Both sides of a merging, or a case and its new part, in one transaction.
  relations: [cases([...liveCity, 'GetItem', 'PutItem']), secret],
  settings: [cases([...liveCity, 'GetItem', 'PutItem', 'UpdateItem', 'ConditionCheckItem'], 'gsi1'), secret],
  metrics: [cases([...liveCity, 'GetItem'])],
  // BatchGetItem: the terms and cases of what was found.
  search: [cases([...liveCity, 'GetItem']), secret],
  // UpdateItem counts who followed a link; GetItem an earlier version of the standards.
  services: [cases([...liveCity, 'GetItem', 'UpdateItem'])],
  // A subscription is noted beside the topic's own list, and counted by UpdateItem.
  notices: [
    cases([...liveCity, 'GetItem', 'PutItem', 'UpdateItem', 'DeleteItem'], 'gsi2'),
    subscriptions,
    secret,
  ],
  // How they want to be told; UpdateItem counts changes.
  citizens: [cases(['GetItem', 'UpdateItem']), citizenChoices, secret],
  // Lists of subscribers change with them in one transaction; addresses are sealed, and none is opened. UpdateItem counts.
  subscriptions: [
    cases([...liveCity, 'GetItem', 'PutItem', 'UpdateItem', 'DeleteItem']),
    citizenChoices,
    secret,
    originSecret,
  ],
  // It hears from providers: receipts are settled, closed addresses marked.
  channels: [cases(['GetItem', 'UpdateItem']), closedAddresses, channelsSecret],
  // Published copies, and the case itself for one of them; the secret seals cursors. Links to released photos.
  public: [cases([...liveCity, 'GetItem']), servedFiles, secret],
  // Its link and the answer of another body; UpdateItem counts looks.
  outside: [cases([...liveCity, 'GetItem', 'PutItem', 'UpdateItem']), secret, originSecret],
  // Reads a case with its words; the secret makes the PIN of a receipt.
  papers: [cases([...liveCity, 'GetItem']), secret],
  // A place is one conditional update of its slot; moving one is a transaction. UpdateItem counts bookings too.
  appointments: [cases([...liveCity, 'GetItem', 'PutItem', 'UpdateItem', 'DeleteItem']), secret],
  // Exports are items and a message to their job; UpdateItem counts them.
  exports: [cases([...liveCity, 'GetItem', 'PutItem', 'UpdateItem']), exportLinks, publish, secret],
  // Documents with their bytes in one transaction, which needs the rights of its parts.
  products: [
    cases([...liveCity, 'GetItem', 'PutItem', 'DeleteItem']),
    documentFiles,
    certifiedSigning,
    secret,
  ],
  // A paper is found by its number and by its bytes: both in one transaction. UpdateItem counts papers.
  receipts: [cases([...liveCity, 'GetItem', 'PutItem', 'UpdateItem']), paperSigning, secret],
  // What was issued, and the case of what is only prepared; UpdateItem counts looks.
  verify: [cases([...liveCity, 'GetItem', 'UpdateItem']), paperPublicKey, secret, originSecret],
  // What is public, by time alone; the secret seals cursors. Links to covers and files.
  announcements: [cases([...liveCity, 'GetItem']), servedFiles, secret],
  // An announcement and its copies in lists change in one transaction; an upload is claimed with its form.
  newsroom: [
    cases([...liveCity, 'GetItem', 'PutItem', 'UpdateItem', 'DeleteItem']),
    uploads,
    servedFiles,
    secret,
  ],
  health: [cases(['GetItem'])],
  // Says what the contracts say.
  docs: [],
};

/** What each job may touch beside its own trigger, whose rights come with it (app/triggers.ts). */
export const jobRights: Readonly<Record<JobName, readonly Granting[]>> = {
  // BatchGetItem reads its marks, BatchWriteItem moves them; Query the events that were archived meanwhile.
  relay: [cases(['BatchGetItem', 'BatchWriteItem', 'Query']), publish],
  // Contributions and counters in one transaction, which needs the rights of its parts.
  project: [cases([...liveCity, 'PutItem', 'UpdateItem'])],
  // gsi2: the people of a unit. It alone opens where citizens can be reached; it publishes the next page of many.
  deliver: [
    cases([...liveCity, 'GetItem', 'PutItem', 'UpdateItem'], 'gsi2'),
    citizenContacts,
    mail,
    trackedMail,
    texts,
    channels,
    publish,
    secret,
  ],
  later: [cases(['Query', 'DeleteItem']), publish],
  // Orders and receipts; subscribers whose addresses are all closed. It opens where they can be reached.
  fanout: [
    cases([...liveCity, 'GetItem', 'PutItem', 'UpdateItem', 'DeleteItem']),
    chosenAddresses,
    mail,
    trackedMail,
    texts,
    channels,
    publish,
    secret,
  ],
  // Orders of digests, and letters to addresses that nobody has confirmed.
  rounds: [cases([...liveCity, 'GetItem', 'PutItem', 'DeleteItem']), chosenAddresses, mail, publish, secret],
  feedback: [cases(['GetItem', 'UpdateItem']), closedAddresses],
  archive: [cases(['GetItem', 'PutItem'])],
  // Orders to tell subscribers; warnings become announcements as the newsroom writes them. It asks what settings name.
  announce: [cases([...liveCity, 'GetItem', 'PutItem', 'UpdateItem', 'DeleteItem']), secret],
  // A step on the case that has the part, or on each part.
  parts: [cases([...liveCity, 'GetItem', 'PutItem'])],
  'inspect-photo': [cases([...liveCity, 'GetItem', 'PutItem']), inspectedFiles],
  // Postings and the record that lists them in one transaction.
  index: [cases([...liveCity, 'GetItem', 'PutItem', 'DeleteItem'])],
  // A case and its published words, and one conditional put.
  publish: [cases([...liveCity, 'GetItem', 'PutItem'])],
  // gsi1: cases by the unit and month in which they lie; it asks for its own next run. The law's registers name people.
  export: [cases([...liveCity, 'GetItem', 'PutItem'], 'gsi1'), exportFiles, requesters, publish, secret],
  sweep: [cases([...liveCity, 'GetItem', 'PutItem'], 'gsi4')],
  // Scan walks all cases after a change of deadlines, UpdateItem notes how far it came.
  recompute: [cases([...liveCity, 'GetItem', 'Scan', 'PutItem', 'UpdateItem'])],
  // gsi2: the people of a unit. UpdateItem settles receipts.
  availability: [cases([...liveCity, 'GetItem', 'PutItem', 'UpdateItem'], 'gsi2'), mail, channels],
  // UpdateItem settles its receipts.
  digest: [cases([...liveCity, 'PutItem', 'UpdateItem'], 'gsi1'), mail, channels],
  // DeleteItem: words that no event came to name within a day.
  reconcile: [cases([...liveCity, 'GetItem', 'Scan', 'PutItem', 'UpdateItem', 'DeleteItem']), publish],
};
