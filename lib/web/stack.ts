import { Certificate } from 'aws-cdk-lib/aws-certificatemanager';
import {
  AllowedMethods,
  CacheCookieBehavior,
  CacheHeaderBehavior,
  CachePolicy,
  CacheQueryStringBehavior,
  Distribution,
  HeadersFrameOption,
  HeadersReferrerPolicy,
  HttpVersion,
  OriginProtocolPolicy,
  OriginRequestPolicy,
  OriginSslPolicy,
  PriceClass,
  ResponseHeadersPolicy,
  SecurityPolicyProtocol,
  SSLMethod,
  ViewerProtocolPolicy,
} from 'aws-cdk-lib/aws-cloudfront';
import { HttpOrigin, S3BucketOrigin } from 'aws-cdk-lib/aws-cloudfront-origins';
import { Bucket, type IBucket } from 'aws-cdk-lib/aws-s3';
import { type App, Duration, type Stack } from 'aws-cdk-lib/core';
import { accept } from '../accept.ts';
import type { Running } from '../app/stack.ts';
import { closed } from '../data/buckets.ts';
import { signInHosts } from '../data/pools.ts';
import type { Data } from '../data/stack.ts';
import { type Deployment, output, stackOf } from '../deployment.ts';

/** The header by which a function knows that CloudFront told the viewer's address. */
const originHeader = 'x-lapau-origin';

const headers = (stack: Stack, d: Deployment): ResponseHeadersPolicy =>
  new ResponseHeadersPolicy(stack, 'Headers', {
    responseHeadersPolicyName: d.prefix,
    securityHeadersBehavior: {
      strictTransportSecurity: {
        accessControlMaxAge: Duration.days(365),
        includeSubdomains: true,
        override: true,
      },
      contentTypeOptions: { override: true },
      frameOptions: { frameOption: HeadersFrameOption.DENY, override: true },
      referrerPolicy: { referrerPolicy: HeadersReferrerPolicy.SAME_ORIGIN, override: true },
      contentSecurityPolicy: {
        // A page that the API serves brings its own, stricter or wider policy.
        override: false,
        contentSecurityPolicy: [
          "default-src 'self'",
          `connect-src 'self' ${signInHosts(d).join(' ')}`,
          "img-src 'self' data: blob:",
          "frame-ancestors 'none'",
          "base-uri 'none'",
          "form-action 'self'",
        ].join('; '),
      },
    },
  });

/**
 * One origin for pages and API, so that no browser ever needs CORS. The API learns the viewer's address from
 * `x-forwarded-for` (second from the right) and trusts it only beside the origin header.
 */
export const webStack = (app: App, d: Deployment, data: Data, running: Running): Stack => {
  const stack = stackOf(app, d, 'web', 'Lapau: pages and the one public address');
  const pages = new Bucket(stack, 'Pages', closed(d));
  accept(
    pages,
    'S1',
    'It holds the pages that anyone may read, and only CloudFront can read them here; a log would say that CloudFront did.',
  );
  const api = new HttpOrigin(`${running.api.apiId}.execute-api.${stack.region}.amazonaws.com`, {
    protocolPolicy: OriginProtocolPolicy.HTTPS_ONLY,
    originSslProtocols: [OriginSslPolicy.TLS_V1_2],
    readTimeout: Duration.seconds(30),
    customHeaders: { [originHeader]: data.originSecret.secretValue.unsafeUnwrap() },
  });
  const common = {
    viewerProtocolPolicy: ViewerProtocolPolicy.REDIRECT_TO_HTTPS,
    responseHeadersPolicy: headers(stack, d),
    compress: true,
  };
  const read = new CachePolicy(stack, 'PublicReads', {
    cachePolicyName: `${d.prefix}-public`,
    comment: 'What everybody may read, for as long as the answer says and a minute at most',
    minTtl: Duration.seconds(0),
    defaultTtl: Duration.seconds(0),
    maxTtl: Duration.seconds(60),
    queryStringBehavior: CacheQueryStringBehavior.all(),
    headerBehavior: CacheHeaderBehavior.allowList('Accept-Language'),
    cookieBehavior: CacheCookieBehavior.none(),
    enableAcceptEncodingGzip: true,
    enableAcceptEncodingBrotli: true,
  });
  const distribution = new Distribution(stack, 'Distribution', {
    comment: `Lapau ${d.city} ${d.stage}`,
    defaultRootObject: 'index.html',
    httpVersion: HttpVersion.HTTP2_AND_3,
    // The cheapest class that has edges in Indonesia and Singapore.
    priceClass: PriceClass.PRICE_CLASS_200,
    defaultBehavior: { ...common, origin: S3BucketOrigin.withOriginAccessControl(pages as IBucket) },
    additionalBehaviors: {
      '/v1/public/*': {
        ...common,
        origin: api,
        allowedMethods: AllowedMethods.ALLOW_GET_HEAD,
        cachePolicy: read,
        originRequestPolicy: OriginRequestPolicy.ALL_VIEWER_EXCEPT_HOST_HEADER,
      },
      // What the QR code of a paper leads to.
      '/v/*': {
        ...common,
        origin: api,
        allowedMethods: AllowedMethods.ALLOW_GET_HEAD,
        cachePolicy: CachePolicy.CACHING_DISABLED,
        originRequestPolicy: OriginRequestPolicy.ALL_VIEWER_EXCEPT_HOST_HEADER,
      },
      '/v1/*': {
        ...common,
        origin: api,
        allowedMethods: AllowedMethods.ALLOW_ALL,
        cachePolicy: CachePolicy.CACHING_DISABLED,
        originRequestPolicy: OriginRequestPolicy.ALL_VIEWER_EXCEPT_HOST_HEADER,
      },
    },
    ...(d.publicUrl === undefined || d.certificateArn === undefined
      ? {}
      : {
          domainNames: [new URL(d.publicUrl).hostname],
          certificate: Certificate.fromCertificateArn(stack, 'Certificate', d.certificateArn),
          minimumProtocolVersion: SecurityPolicyProtocol.TLS_V1_2_2021,
          sslSupportMethod: SSLMethod.SNI,
        }),
  });
  accept(
    distribution,
    'CFR1',
    'Residents of the city who work abroad file and follow reports too; the address of a caller is no proof of where a person is.',
  );
  accept(
    distribution,
    'CFR2',
    'The gateway throttles every route and the functions count quotas per person and address; a web ACL costs more each month than the rest of an idle city.',
  );
  accept(
    distribution,
    'CFR3',
    'CloudFront delivers no standard logs to buckets in Jakarta, and they would hold the addresses of reporters; the gateway logs each request without personal data.',
  );
  if (d.certificateArn === undefined)
    accept(
      distribution,
      'CFR4',
      'A stage without a host name of its own uses the default certificate of CloudFront, whose protocol list cannot be set; production is refused without one.',
    );
  output(stack, 'Url', `https://${distribution.distributionDomainName}`, 'The one public address');
  output(stack, 'PagesBucket', pages.bucketName, 'Where the pages are uploaded');
  return stack;
};
