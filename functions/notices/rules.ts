import * as z from 'zod/mini';
import type { protocols } from './contract.ts';

export type Protocol = (typeof protocols)[number];

const email = z.email().check(z.maxLength(254));
const queue = /^arn:aws:sqs:[a-z0-9-]{4,24}:(\d{12}):([A-Za-z0-9_-]{1,80})$/;
/** The topic's own name ends so; what stands before it begins the name of everything of this deployment. */
const topicSuffix = 'case-events';
const internal = /(^|\.)(localhost|local|internal|lan|home|intranet)$/;

/** One spelling for one receiver, so that none is told twice: no dots behind the host, no port 443, no fragment. */
const normalUrl = (text: string): string => {
  if (!URL.canParse(text)) return text;
  const url = new URL(text);
  url.hostname = url.hostname.replace(/\.+$/, '');
  url.hash = '';
  return url.href;
};

/** How an endpoint is kept, compared and handed to SNS. What is no endpoint at all stays as it is. */
export const normalEndpoint = (protocol: Protocol, endpoint: string): string => {
  switch (protocol) {
    case 'https':
      return normalUrl(endpoint);
    case 'email':
      return endpoint.toLowerCase();
    case 'sqs':
      return endpoint;
  }
};

/** A public host by name: an address by number, or a name of an inner network, is nobody's webhook. */
const isPublicUrl = (text: string): boolean => {
  if (!URL.canParse(text)) return false;
  const { protocol, hostname, username, password, port } = new URL(normalUrl(text));
  const byNumber = /^[\d.]+$/.test(hostname) || hostname.startsWith('[');
  return (
    protocol === 'https:' &&
    `${username}${password}` === '' &&
    (port === '' || port === '443') &&
    hostname.includes('.') &&
    !hostname.endsWith('.') &&
    !byNumber &&
    !internal.test(hostname)
  );
};

/** Our own queues have their subscriptions from the infrastructure; a second one would tell everybody twice. */
const isOtherQueue = (endpoint: string, topicArn: string): boolean => {
  const [, account, name] = queue.exec(endpoint) ?? [];
  if (account === undefined || name === undefined) return false;
  const [topicAccount, topicName] = topicArn.split(':').slice(-2);
  const prefix = topicName?.endsWith(topicSuffix) ? topicName.slice(0, -topicSuffix.length) : undefined;
  return account !== topicAccount || prefix === undefined || !name.startsWith(prefix);
};

/** Whether a raw subscription may go there. */
export const isEndpoint = (protocol: Protocol, endpoint: string, topicArn: string): boolean => {
  switch (protocol) {
    case 'email':
      return z.safeParse(email, endpoint).success;
    case 'https':
      return isPublicUrl(endpoint);
    case 'sqs':
      return isOtherQueue(endpoint, topicArn);
  }
};
