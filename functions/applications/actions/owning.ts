import { ownActions } from '../../cases/common/owning.ts';
import { every } from '../states.ts';
import { inCharge } from './rights.ts';

/** What whoever filed an application may do with it as its owner; at a counter, that of the unit which has its papers. */
export const owning = ownActions(every, inCharge);
