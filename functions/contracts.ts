import { about } from './about/contract.ts';
import { announcements } from './announcements/contract.ts';
import { applications } from './applications/contract.ts';
import { appointments } from './appointments/contract.ts';
import { channels } from './channels/contract.ts';
import { citizens } from './citizens/contract.ts';
import { complaints } from './complaints/contract.ts';
import { desk } from './desk/contract.ts';
import { docs } from './docs/contract.ts';
import { registerExports } from './exports/contract.ts';
import { files } from './files/contract.ts';
import { health } from './health/contract.ts';
import { information } from './information/contract.ts';
import { joins } from './joins/contract.ts';
import type { Contract } from './kernel/contract.ts';
import { me } from './me/contract.ts';
import { metrics } from './metrics/contract.ts';
import { newsroom } from './newsroom/contract.ts';
import { notices } from './notices/contract.ts';
import { outside } from './outside/contract.ts';
import { papers } from './papers/contract.ts';
import { products } from './products/contract.ts';
import { publicly } from './public/contract.ts';
import { receipts } from './receipts/contract.ts';
import { relations } from './relations/contract.ts';
import { search } from './search/contract.ts';
import { services } from './services/contract.ts';
import { settings } from './settings/contract.ts';
import { staff } from './staff/contract.ts';
import { subscriptions } from './subscriptions/contract.ts';
import { track } from './track/contract.ts';
import { verify } from './verify/contract.ts';

/** Every HTTP operation of Lapau. The gateway, the OpenAPI document and the tests are made from this list. */
export const contracts: readonly Contract[] = [
  about,
  applications,
  appointments,
  announcements,
  channels,
  citizens,
  complaints,
  desk,
  docs,
  registerExports,
  files,
  health,
  information,
  joins,
  me,
  metrics,
  newsroom,
  notices,
  outside,
  papers,
  products,
  receipts,
  publicly,
  search,
  relations,
  services,
  settings,
  staff,
  subscriptions,
  track,
  verify,
];
