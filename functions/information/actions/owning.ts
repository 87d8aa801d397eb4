import { ownActions } from '../../cases/common/owning.ts';
import { every } from '../states.ts';

/** What whoever filed it does with it as its owner. */
export const owning = ownActions(every);
