export const answerProblems = [
  /** No field of the form has this name. */
  'unknown',
  /** A field that the other answers leave out. */
  'notAsked',
  'required',
  'type',
  'tooShort',
  'tooLong',
  'pattern',
  'controlCharacter',
  'nik',
  'kk',
  'phone',
  'email',
  'area',
  'day',
  'tooEarly',
  'tooLate',
  'tooSmall',
  'tooLarge',
  'tooFew',
  'tooMany',
  'twice',
  'notAChoice',
  'notAccepted',
  'unknownFile',
  'wrongFile',
  /** All answers together are longer than a form may be answered. */
  'tooMuch',
] as const;
export type AnswerProblemCode = (typeof answerProblems)[number];

/** One thing wrong with the answers. */
export interface AnswerProblem {
  /** JSON pointer (RFC 6901) of the field, `/children/0/nik`. */
  readonly pointer: string;
  readonly problem: AnswerProblemCode;
  /** What would do: a number of letters, a day, a sum. */
  readonly limit?: string | number;
}
