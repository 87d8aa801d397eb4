import { fileActions as inEvery } from '../../cases/common/files.ts';
import { every } from '../states.ts';

export const fileActions = inEvery(every);
