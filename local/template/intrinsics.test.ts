import { describe, expect, it } from 'vitest';
import { noValue, resolve, type Scope } from './intrinsics.ts';

const scope: Scope = {
  where: 'app/Thing.Name',
  ref: (id) => (id === 'AWS::NoValue' ? noValue : `ref-${id}`),
  getAtt: (id, attribute) => `${id}/${attribute}`,
  importValue: (name) => `imported ${name}`,
  condition: (name) => name === 'Yes',
  mapping: (map, top, second) => `${map}.${top}.${second}`,
};

// biome-ignore lint/suspicious/noTemplateCurlyInString: CloudFormation's own placeholders
const subPattern = 'arn:${AWS::Partition}:${Table.Arn}/${own}/${!kept}';

describe('the resolver', () => {
  it.each([
    ['a reference', { Ref: 'Table' }, 'ref-Table'],
    ['an attribute', { 'Fn::GetAtt': ['Table', 'Arn'] }, 'Table/Arn'],
    ['an attribute in dots', { 'Fn::GetAtt': 'Table.Stream.Arn' }, 'Table/Stream.Arn'],
    ['a join', { 'Fn::Join': ['-', ['a', { Ref: 'B' }, 3]] }, 'a-ref-B-3'],
    [
      'a substitution with its own names',
      { 'Fn::Sub': [subPattern, { own: { Ref: 'X' } }] },
      `arn:ref-AWS::Partition:Table/Arn/ref-X/$${'{kept}'}`,
    ],
    [
      'a selection of a split',
      { 'Fn::Select': [1, { 'Fn::Split': ['/', { 'Fn::GetAtt': ['A', 'b'] }] }] },
      'b',
    ],
    ['a value of another stack', { 'Fn::ImportValue': 'data:Arn' }, 'imported data:Arn'],
    ['the branch of a condition', { 'Fn::If': ['No', 'a', { Ref: 'B' }] }, 'ref-B'],
    ['a comparison', { 'Fn::And': [{ 'Fn::Equals': [1, '1'] }, { 'Fn::Not': [{ Condition: 'No' }] }] }, true],
    ['a mapping', { 'Fn::FindInMap': ['M', 'a', { Ref: 'B' }] }, 'M.a.ref-B'],
    ['what holds nothing', { a: { Ref: 'AWS::NoValue' }, b: [{ Ref: 'AWS::NoValue' }, 1] }, { b: [1] }],
    [
      'a condition of a policy as it is',
      { Condition: { StringEquals: { a: 'b' } } },
      { Condition: { StringEquals: { a: 'b' } } },
    ],
  ])('resolves %s', (_what, value, expected) => {
    expect(resolve(value, scope)).toEqual(expected);
  });

  it('refuses a function that it does not know, by name and place', () => {
    expect(() => resolve({ deep: [{ 'Fn::Cidr': ['10.0.0.0/16', 6] }] }, scope)).toThrow(
      'app/Thing.Name: intrinsic function Fn::Cidr is not known here',
    );
  });

  it('refuses a dynamic reference', () => {
    expect(() => resolve('{{resolve:ssm:/x}}', scope)).toThrow('dynamic reference');
  });
});
