import { lostPin as inEvery } from '../../cases/common/owning.ts';
import { every } from '../states.ts';

export const lostPin = inEvery(every);
