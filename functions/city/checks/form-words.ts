import type { FormProblemCode } from '../../forms/shared/problems.ts';

/** What is wrong with a form, in words for whoever writes settings. */
export const formWords: Readonly<Record<FormProblemCode, string>> = {
  notAForm: 'is no JSON Schema of an object',
  notACondition: 'is no condition: properties with tests, allOf, anyOf or not',
  unknownKeyword: 'is a keyword that no form here may use',
  badKeyword: 'is missing or has not the form that this keyword needs',
  unknownKind: 'is no kind of field',
  badName: 'is no name of a field: a small letter, then at most 31 letters and digits',
  tooDeep: 'lies too deep in other parts',
  tooLarge: 'is too large a form',
  tooManyFields: 'has more fields than a form may have',
  tooManyRules: 'has more rules than a form may have',
  noFields: 'asks for nothing',
  duplicateField: 'asks under one name for two things that may be asked at once',
  duplicateChoice: 'has a choice twice',
  duplicateMeaning: 'asks for one meaning twice',
  unknownField: 'names a field that is not asked there',
  idleTest: 'tests what no answer of that field can be',
  requiredDiffers: 'has to require exactly the fields that it tests: an absent one would pass',
  limitsCross: 'has limits that leave no answer',
  badPattern: 'is no pattern of the safe subset, which begins with ^ and ends with $',
  hostilePattern: 'is a pattern that could make a matcher hang, or that looks around or back',
};
