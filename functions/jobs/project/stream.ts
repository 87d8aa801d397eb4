import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import type { DynamoDBBatchResponse, DynamoDBRecord, DynamoDBStreamEvent } from 'aws-lambda';
import type { CaseRecord } from '../../cases/model.ts';
import { parseCase } from '../../cases/store.ts';
import type { ProjectCases } from '../../figures/project.ts';
import type { Log } from '../../kernel/log.ts';
import { isSupporterKey, type Supporter, supporter } from '../../people/supporters.ts';

export interface StreamDeps {
  readonly project: ProjectCases;
  /** Counts one supporter of a case as its image says. */
  readonly support: (supporter: Supporter) => Promise<unknown>;
  readonly log: Log;
}

/**
 * A batch of the case table's stream. Every record that can be read is counted, in whatever order; one that cannot
 * is asked for again until it rings the alarms, and never left out in silence.
 */
export const streamHandler =
  ({ project, support, log }: StreamDeps) =>
  async ({ Records: batch }: DynamoDBStreamEvent): Promise<DynamoDBBatchResponse> => {
    const readable: CaseRecord[] = [];
    const failed: DynamoDBRecord[] = [];
    const supporters: DynamoDBRecord[] = [];
    for (const entry of batch) {
      try {
        if (isSupporterKey(entry.dynamodb?.Keys?.['sk']?.S ?? '')) supporters.push(entry);
        else readable.push(caseIn(entry));
      } catch (e) {
        failed.push(entry);
        log.error('unreadable image', e, { sequence: entry.dynamodb?.SequenceNumber });
      }
    }
    for (const entry of supporters) {
      try {
        await support(supporter.parse(imageOf(entry)));
      } catch (e) {
        failed.push(entry);
        log.error('a supporter was not counted', e, { sequence: entry.dynamodb?.SequenceNumber });
      }
    }
    try {
      const { written, unchanged } = await project(readable);
      log.info('projected', { records: batch.length, written, unchanged });
    } catch (e) {
      log.error('not projected', e, { records: batch.length });
      failed.splice(0, failed.length, ...batch.slice(0, 1));
    }
    // Without a number, which no stream leaves out, an empty identifier has the whole batch repeated.
    return {
      batchItemFailures: failed.map(({ dynamodb }) => ({ itemIdentifier: dynamodb?.SequenceNumber ?? '' })),
    };
  };

const imageOf = ({ dynamodb }: DynamoDBRecord): Readonly<Record<string, unknown>> => {
  if (dynamodb?.NewImage === undefined) throw new Error('a stream record without an image');
  return unmarshall(dynamodb.NewImage as Record<string, AttributeValue>);
};

const caseIn = (entry: DynamoDBRecord): CaseRecord => parseCase(imageOf(entry));
