import type { World } from '../../../../test/pipeline.ts';
import { caseStore } from '../../../cases/store.ts';
import { walkCases } from '../../../cases/walk.ts';
import { relayMarks } from '../../../events/marks.ts';
import { unreachableStore } from '../../../events/unreachable.ts';
import { projector } from '../../../figures/project.ts';
import { figureStore } from '../../../figures/store.ts';
import { zeroRemover } from '../../../figures/zeros.ts';
import type { Table } from '../../../kernel/table.ts';
import { indexer } from '../../../postings/indexer.ts';
import { postingStore } from '../../../postings/store.ts';
import { bringUp, isBehind as isBehindCopy } from '../../../publication/bring-up.ts';
import { publicStore } from '../../../publication/store.ts';
import { isStale } from '../figures.ts';
import { progressStore, type ReconcileDeps } from '../reconcile.ts';
import { isBehind } from '../terms.ts';

/** What the handler puts together, on a world of the tests. */
export const depsOn = (world: World, table: Table): ReconcileDeps => ({
  store: caseStore(table),
  walk: (from) => walkCases(table, from),
  progress: progressStore(table),
  marks: relayMarks(table),
  publish: world.publish,
  figures: {
    stale: isStale,
    project: projector({ store: figureStore(table), city: async () => world.city }),
  },
  words: {
    behind: isBehind,
    index: indexer({ store: postingStore(table), cases: caseStore(table), city: async () => world.city }),
  },
  copies: {
    behind: isBehindCopy({ copies: publicStore(table) }),
    bringUp: bringUp({
      cases: caseStore(table),
      copies: publicStore(table),
      city: async () => world.city,
      now: world.now,
    }),
  },
  removeZeros: zeroRemover({ store: figureStore(table), city: async () => world.city }),
  unreachable: unreachableStore(table),
  city: async () => world.city,
  now: world.now,
  log: world.log,
});
