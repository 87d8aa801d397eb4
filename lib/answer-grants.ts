import { allow, type Granting, identities } from './grants.ts';

/** Keep what is filled in on forms, and open it: for this purpose alone, never what people are reached by. */
export const answers: Granting = (on) => ({
  statements: [
    allow(['dynamodb:GetItem', 'dynamodb:Query', 'dynamodb:DeleteItem'], [on.identities.tableArn]),
    allow(['kms:GenerateDataKey', 'kms:Decrypt'], [on.identitiesKey.keyArn], {
      'kms:EncryptionContext:purpose': 'answers',
    }),
  ],
  environment: identities(on),
});

/** Seal who asks for something beside what they are reached by; the putting itself is that of an identity. */
export const sealAnswers: Granting = (on) => ({
  statements: [
    allow(['kms:GenerateDataKey'], [on.identitiesKey.keyArn], {
      'kms:EncryptionContext:purpose': 'answers',
    }),
  ],
  environment: identities(on),
});
