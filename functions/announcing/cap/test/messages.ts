/** Text of a CAP 1.2 message, whole and valid, for tests to change. */
export interface Wanted {
  readonly identifier?: string;
  readonly sender?: string;
  readonly sent?: string;
  readonly status?: string;
  readonly type?: string;
  readonly scope?: string;
  readonly references?: string;
  readonly effective?: string;
  readonly expires?: string;
  readonly headline?: string;
  readonly description?: string;
  readonly areas?: string;
}

export const sender = 'peringatan@cuaca.example';

/** Round about Ganting of the test city alone. */
export const nearGanting = '-0.45,100.40 -0.45,100.42 -0.47,100.42 -0.47,100.40 -0.45,100.40';

export const capXml = ({
  identifier = 'W.2026.11.23.001',
  sender: from = sender,
  sent = '2026-11-23T09:55:00+07:00',
  status = 'Actual',
  type = 'Alert',
  scope = 'Public',
  references,
  effective = '2026-11-23T10:00:00+07:00',
  expires = '2026-11-23T13:00:00+07:00',
  headline = 'Hujan lebat di Ganting',
  description = 'Hujan lebat disertai petir.\nWaspada banjir.',
  areas = `<area><areaDesc>Sumatera Barat</areaDesc><polygon>${nearGanting}</polygon></area>`,
}: Wanted = {}): string => `<?xml version="1.0" encoding="UTF-8"?>
<alert xmlns="urn:oasis:names:tc:emergency:cap:1.2">
  <identifier>${identifier}</identifier>
  <sender>${from}</sender>
  <sent>${sent}</sent>
  <status>${status}</status>
  <msgType>${type}</msgType>
  <scope>${scope}</scope>${references === undefined ? '' : `\n  <references>${references}</references>`}
  <info>
    <language>id</language>
    <category>Met</category>
    <event>Hujan Lebat dan Petir</event>
    <urgency>Immediate</urgency>
    <severity>Moderate</severity>
    <certainty>Observed</certainty>
    <eventCode><valueName>OET:v1.2</valueName><value>OET-194</value></eventCode>
    <effective>${effective}</effective>
    <expires>${expires}</expires>
    <senderName>Badan Cuaca</senderName>
    <headline>${headline}</headline>
    <description>${description}</description>
    <web>https://cuaca.example/1</web>
    ${areas}
  </info>
</alert>`;

export const referenceTo = (identifier: string): string =>
  `${sender},${identifier},2026-11-23T09:55:00+07:00`;
