import { describe, expect, it } from 'vitest';
import { jobNames } from '../../lib/jobs.ts';
import { plain, readable, rightsOf } from '../readable.ts';
import { channels, featureNames, ofType, type Resource, type Stack, templates } from '../synth.ts';
import { expected } from './expected-rights.ts';

const { data, app } = templates();
const stacks = [data, app];

const scope = (name: string) => name.replace(/(?:^|-)(.)/g, (_, letter: string) => letter.toUpperCase());
const named = (type: string, id: string, stack: Stack = app): Resource => {
  const found = ofType(stack, type).find(([logical]) => plain(logical) === id);
  if (found === undefined) throw new Error(`no ${type} ${id}`);
  return found[1];
};

describe('the rights of every function', () => {
  it('are listed here for every function that there is', () => {
    expect(Object.keys(expected).sort()).toEqual([...featureNames, ...jobNames].sort());
    expect(ofType(app, 'AWS::Lambda::Function')).toHaveLength(Object.keys(expected).length);
  });

  it.each(Object.entries(expected))('%s holds these and no others', (name, rights) => {
    const logs = `${scope(name)}Logs`;
    expect(rightsOf(named('AWS::IAM::Role', `${scope(name)}Role`).Properties, stacks)).toEqual(
      [...rights, `logs:CreateLogStream ${logs}`, `logs:PutLogEvents ${logs}`].sort(),
    );
  });

  it.each(Object.keys(expected))('%s runs with its own role', (name) => {
    const { Role, LoggingConfig } = named('AWS::Lambda::Function', `${scope(name)}Function`).Properties;
    expect(readable(Role, stacks)).toBe(`${scope(name)}Role`);
    expect(LoggingConfig).toMatchObject({ LogGroup: { Ref: expect.stringContaining(`${scope(name)}Logs`) } });
  });

  it('are nowhere else: no policy is attached beside a role', () => {
    const elsewhere = ['AWS::IAM::Policy', 'AWS::IAM::ManagedPolicy'].flatMap((t) =>
      [data, app].flatMap((s) => ofType(s, t)),
    );
    expect(elsewhere).toEqual([]);
    for (const [, role] of ofType(app, 'AWS::IAM::Role'))
      expect(role.Properties).not.toHaveProperty('ManagedPolicyArns');
  });

  it('the scheduler may start the timed jobs and nothing else', () => {
    expect(rightsOf(named('AWS::IAM::Role', 'SchedulerRole').Properties, stacks)).toEqual([
      'lambda:InvokeFunction AnnounceFunction',
      'lambda:InvokeFunction AvailabilityFunction',
      'lambda:InvokeFunction DigestFunction',
      'lambda:InvokeFunction LaterFunction',
      'lambda:InvokeFunction RecomputeFunction',
      'lambda:InvokeFunction ReconcileFunction',
      'lambda:InvokeFunction RoundsFunction',
      'lambda:InvokeFunction SweepFunction',
    ]);
  });

  it('channels beside mail come with their token, to those who use them; without them neither is there', () => {
    const { channelsSecretArn, telegramUrl, whatsappUrl } = channels;
    const token = `secretsmanager:GetSecretValue ${channelsSecretArn}`;
    const environment = {
      TELEGRAM_URL: telegramUrl,
      WHATSAPP_URL: whatsappUrl,
      CHANNELS_SECRET_ID: channelsSecretArn,
    };
    const having = (stack: Stack) =>
      [...featureNames, ...jobNames].filter((name) => {
        const role = named('AWS::IAM::Role', `${scope(name)}Role`, stack).Properties;
        const settings = JSON.stringify(named('AWS::Lambda::Function', `${scope(name)}Function`, stack));
        const told = Object.values(environment).filter((value) => settings.includes(JSON.stringify(value)));
        const may = rightsOf(role, stacks).includes(token);
        // The webhook knows what WhatsApp signs with, and sends nothing.
        expect(told, name).toHaveLength(may ? (name === 'channels' ? 1 : 3) : 0);
        return may;
      });
    expect(having(app)).toEqual([]);
    const on = templates(channels).app;
    expect(having(on)).toEqual(['channels', 'deliver', 'fanout', 'availability', 'digest']);
    const { Environment } = named('AWS::Lambda::Function', 'DigestFunction', on).Properties;
    expect(Environment).toMatchObject({ Variables: environment });
    const whatsapp = templates({ whatsappUrl, channelsSecretArn }).app;
    expect(JSON.stringify(named('AWS::Lambda::Function', 'DigestFunction', whatsapp))).not.toContain(
      'TELEGRAM_URL',
    );
  });

  it('identities are written where people give them; one job opens contacts, and nothing opens who somebody is', () => {
    const having = (right: RegExp) =>
      Object.entries(expected).filter(([, rights]) => rights.some((r) => right.test(r)));
    expect(having(/^kms:Decrypt.*contact/).map(([name]) => name)).toEqual(['deliver']);
    expect(having(/^kms:Decrypt.*identity/)).toEqual([]);
    const writes = having(/PutItem Identities$/);
    expect(writes.map(([name]) => name).sort()).toEqual([
      ...['applications', 'complaints', 'information', 'joins'],
    ]);
  });
});
