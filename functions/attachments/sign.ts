import { createHash, createHmac } from 'node:crypto';

/** Where objects are and who signs: read once by the composition root. */
export interface Signer {
  readonly region: string;
  /** `https://127.0.0.1:4566` instead of AWS; undefined for AWS. */
  readonly endpoint: string | undefined;
  readonly credentials: () => {
    readonly accessKeyId: string;
    readonly secretAccessKey: string;
    readonly sessionToken?: string | undefined;
  };
}

/** The function's own role, as Lambda hands it over. */
export const envSigner = (environment: NodeJS.ProcessEnv = process.env): Signer => ({
  region: environment['AWS_REGION'] ?? '',
  endpoint: environment['AWS_ENDPOINT_URL_S3'],
  credentials: () => ({
    accessKeyId: environment['AWS_ACCESS_KEY_ID'] ?? '',
    secretAccessKey: environment['AWS_SECRET_ACCESS_KEY'] ?? '',
    sessionToken: environment['AWS_SESSION_TOKEN'],
  }),
});

const algorithm = 'AWS4-HMAC-SHA256';
const hmac = (key: Buffer | string, text: string): Buffer => createHmac('sha256', key).update(text).digest();
const hash = (text: string): string => createHash('sha256').update(text).digest('hex');

/** `20261122T030405Z` of an instant. */
const stampOf = (millis: number): string => new Date(millis).toISOString().replace(/[-:]|\.\d{3}/g, '');

const scoped = ({ region, credentials }: Signer, stamp: string) => {
  const { accessKeyId, secretAccessKey, sessionToken } = credentials();
  const scope = `${stamp.slice(0, 8)}/${region}/s3/aws4_request`;
  const key = scope.split('/').reduce<Buffer | string>((k, part) => hmac(k, part), `AWS4${secretAccessKey}`);
  return { credential: `${accessKeyId}/${scope}`, scope, sessionToken, key };
};

const host = ({ region, endpoint }: Signer, bucket: string): URL =>
  endpoint === undefined
    ? new URL(`https://${bucket}.s3.${region}.amazonaws.com/`)
    : new URL(`${endpoint.replace(/\/$/, '')}/${bucket}/`);

export interface PostWanted {
  readonly bucket: string;
  readonly key: string;
  readonly contentType: string;
  readonly maxBytes: number;
  /** Milliseconds. */
  readonly now: number;
  readonly seconds: number;
}

/**
 * A form that puts one object of one type and at most one size under one key, for a while: the policy that S3 checks,
 * signed (Signature Version 4). Written out because the SDK's helper alone is larger than a whole function may be
 * (docs/adr/0095-uploads.md).
 */
export const presignPost = (
  signer: Signer,
  { bucket, key, contentType, maxBytes, now, seconds }: PostWanted,
): { readonly url: string; readonly fields: Readonly<Record<string, string>> } => {
  const stamp = stampOf(now);
  const { credential, sessionToken, key: signing } = scoped(signer, stamp);
  const fields: Record<string, string> = {
    key,
    'Content-Type': contentType,
    'X-Amz-Algorithm': algorithm,
    'X-Amz-Credential': credential,
    'X-Amz-Date': stamp,
    ...(sessionToken === undefined ? {} : { 'X-Amz-Security-Token': sessionToken }),
  };
  const policy = Buffer.from(
    JSON.stringify({
      expiration: new Date(now + seconds * 1000).toISOString(),
      conditions: [
        { bucket },
        ['content-length-range', 1, maxBytes],
        ...Object.entries(fields).map(([name, value]) => ({ [name]: value })),
      ],
    }),
  ).toString('base64');
  return {
    url: host(signer, bucket).href.replace(/\/$/, ''),
    fields: { ...fields, Policy: policy, 'X-Amz-Signature': hmac(signing, policy).toString('hex') },
  };
};

/** As S3 wants it: everything but the unreserved characters. */
const encoded = (text: string): string =>
  encodeURIComponent(text).replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);

export interface GetWanted {
  readonly bucket: string;
  readonly key: string;
  /** Milliseconds. */
  readonly now: number;
  readonly seconds: number;
  /** Headers that the answer carries whatever the object says, such as `response-content-type`. */
  readonly answers?: Readonly<Record<string, string>>;
}

/** A link that does one thing with one object for a while. */
const presigned = (
  method: 'GET' | 'PUT',
  signer: Signer,
  { bucket, key, now, seconds, answers = {} }: GetWanted,
): string => {
  const stamp = stampOf(now);
  const { credential, scope, sessionToken, key: signing } = scoped(signer, stamp);
  const url = new URL(key.split('/').map(encoded).join('/'), host(signer, bucket));
  const query = Object.entries({
    ...answers,
    'X-Amz-Algorithm': algorithm,
    'X-Amz-Credential': credential,
    'X-Amz-Date': stamp,
    'X-Amz-Expires': String(seconds),
    'X-Amz-SignedHeaders': 'host',
    ...(sessionToken === undefined ? {} : { 'X-Amz-Security-Token': sessionToken }),
  })
    .map(([name, value]) => `${encoded(name)}=${encoded(value)}`)
    .sort()
    .join('&');
  const request = [method, url.pathname, query, `host:${url.host}`, '', 'host', 'UNSIGNED-PAYLOAD'].join(
    '\n',
  );
  const toSign = [algorithm, stamp, scope, hash(request)].join('\n');
  return `${url.origin}${url.pathname}?${query}&X-Amz-Signature=${hmac(signing, toSign).toString('hex')}`;
};

/** A link that reads one object. */
export const presignGet = (signer: Signer, wanted: GetWanted): string => presigned('GET', signer, wanted);

/** A link that writes one object: for a function that has no room for the SDK's client. */
export const presignPut = (signer: Signer, wanted: Omit<GetWanted, 'answers'>): string =>
  presigned('PUT', signer, wanted);
