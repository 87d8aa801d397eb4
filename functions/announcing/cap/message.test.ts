import { describe, expect, test } from 'vitest';
import { testCity } from '../../../test/city.ts';
import { areasOf } from './areas.ts';
import { type CapArea, readCap } from './message.ts';
import { capXml, nearGanting, referenceTo } from './test/messages.ts';

const without = (element: string) => capXml().replace(new RegExp(`\\s*<${element}>[^<]*</${element}>`), '');
const faultOf = (xml: string) => {
  const { faults } = readCap(xml);
  return faults === undefined || faults === 'malformed'
    ? faults
    : faults.map(({ at, why }) => `${at} ${why}`);
};

describe('a message that follows CAP 1.2', () => {
  test('is read whole', () => {
    expect(readCap(capXml()).message).toMatchObject({
      identifier: 'W.2026.11.23.001',
      sent: '2026-11-23T02:55:00Z',
      type: 'Alert',
      infos: [{ language: 'id', expires: '2026-11-23T06:00:00Z', areas: [{ name: 'Sumatera Barat' }] }],
    });
  });

  test.each([
    [
      'a namespace prefix',
      capXml()
        .replaceAll(/<(\/?)(\w)/g, '<$1c:$2')
        .replace('xmlns=', 'xmlns:c='),
    ],
    [
      'a byte order mark, comments and CDATA',
      `\ufeff${capXml({ description: '<![CDATA[Air <naik>]]>' }).replace('<info>', '<!-- a --><info>')}`,
    ],
    [
      'a signature behind it',
      capXml().replace(
        '</alert>',
        '<Signature xmlns="http://www.w3.org/2000/09/xmldsig#"><SignedInfo/></Signature></alert>',
      ),
    ],
    ['an update that names what it replaces', capXml({ type: 'Update', references: referenceTo('W.1') })],
    [
      'several references',
      capXml({ type: 'Cancel', references: `${referenceTo('W.1')} ${referenceTo('W.2')}` }),
    ],
  ])('may have %s', (_, xml) => {
    expect(faultOf(xml)).toBeUndefined();
  });
});

describe('one that does not is refused at the element', () => {
  test.each<readonly [string, string]>([
    ...['identifier', 'sender', 'sent', 'status', 'msgType', 'scope'].map(
      (name) => [without(name), `/alert/${name} missing`] as const,
    ),
    ...['category', 'event', 'urgency', 'severity', 'certainty'].map(
      (name) => [without(name), `/alert/info[1]/${name} missing`] as const,
    ),
    [capXml({ status: 'Serious' }), '/alert/status invalid'],
    [capXml({ type: 'Revoke' }), '/alert/msgType invalid'],
    [capXml({ sent: '2026-11-23T02:55:00Z' }), '/alert/sent invalid'],
    [capXml({ sent: '2026-02-30T02:55:00+07:00' }), '/alert/sent invalid'],
    [capXml({ identifier: 'with blank' }), '/alert/identifier invalid'],
    [capXml({ expires: '2026-11-23T09:00:00+07:00' }), '/alert/info[1]/expires invalid'],
    [capXml({ type: 'Update' }), '/alert/references missing'],
    [capXml({ type: 'Cancel' }), '/alert/references missing'],
    [capXml({ type: 'Update', references: 'W.1' }), '/alert/references invalid'],
    [capXml({ scope: 'Restricted' }), '/alert/restriction missing'],
    [capXml({ scope: 'Private' }), '/alert/addresses missing'],
    [capXml({ areas: '<area><polygon>0,0</polygon></area>' }), '/alert/info[1]/area[1]/areaDesc missing'],
    [
      capXml({ areas: '<area><areaDesc>A</areaDesc><polygon>0,0 1,1 0,0</polygon></area>' }),
      '/alert/info[1]/area[1]/polygon[1] invalid',
    ],
    [
      capXml({ areas: '<area><areaDesc>A</areaDesc><polygon>0,0 1,1 1,0 0,1</polygon></area>' }),
      '/alert/info[1]/area[1]/polygon[1] invalid',
    ],
    [
      capXml({ areas: '<area><areaDesc>A</areaDesc><polygon>0,0 91,1 1,0 0,0</polygon></area>' }),
      '/alert/info[1]/area[1]/polygon[1] invalid',
    ],
    [
      capXml({ areas: '<area><areaDesc>A</areaDesc><circle>0,0</circle></area>' }),
      '/alert/info[1]/area[1]/circle[1] invalid',
    ],
    [
      capXml({ areas: '<area><areaDesc>A</areaDesc><geocode><value>1</value></geocode></area>' }),
      '/alert/info[1]/area[1]/geocode[1]/valueName missing',
    ],
    [capXml().replace('<info>', '<urgensi>x</urgensi><info>'), '/alert/urgensi unexpected'],
    [capXml().replace(/(<sender>.*<\/sender>)/, '$1$1'), '/alert/sender unexpected'],
    [capXml().replace('cap:1.2', 'cap:1.1'), '/alert unexpected'],
    ['<rss><channel/></rss>', '/rss unexpected'],
  ])('%#: %s', (xml, fault) => {
    expect(faultOf(xml)).toContain(fault);
  });
});

describe('what is no XML to trust is not read at all', () => {
  const entity = '<!DOCTYPE alert [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>';
  const file = '<!DOCTYPE alert [<!ENTITY x SYSTEM "file:///etc/passwd">]>';
  const headed = (more: string) => capXml().replace('?>\n', `?>\n${more}\n`);
  test.each([
    ['cut off', capXml().slice(0, -9)],
    ['crossed', capXml().replace('</headline>', '</description>')],
    ['two roots', `${capXml()}<alert/>`],
    ['text behind it', `${capXml()}x`],
    ['no XML', 'Hujan lebat'],
    ['empty', ''],
    ['a DTD', headed('<!DOCTYPE alert>')],
    ['entities that grow', headed(entity).replace('Waspada banjir.', '&b;&b;')],
    ['entities that read a file', headed(file).replace('Waspada banjir.', '&x;')],
    ['an unknown entity', capXml({ headline: '&hujan;' })],
    ['a stylesheet', headed('<?xml-stylesheet href="https://x.example"?>')],
    ['an attribute twice', capXml().replace('<info>', '<info a="1" a="2">')],
    ['an unbound prefix', capXml().replace('<info>', '<x:info>').replace('</info>', '</x:info>')],
    ['too deep', `${'<a>'.repeat(40)}${'</a>'.repeat(40)}`],
    ['too many elements', `<a>${'<b/>'.repeat(6000)}</a>`],
    ['too large', capXml({ description: 'a'.repeat(300_000) })],
  ])('%s', (_, xml) => {
    expect(readCap(xml).faults).toBe('malformed');
  });
});

describe('the areas of a warning', () => {
  const area = (more: Partial<CapArea>): CapArea => ({
    name: '',
    polygons: [],
    circles: [],
    geocodes: [],
    ...more,
  });
  const ring = nearGanting.split(' ').map((text) => {
    const [lat = 0, lon = 0] = text.split(',').map(Number);
    return { lat, lon };
  });
  test.each<[string, Partial<CapArea>, readonly string[] | undefined]>([
    ['a polygon around one centre', { polygons: [ring] }, ['99.01.01.1001']],
    ['a circle', { circles: [{ centre: { lat: -0.48, lon: 100.43 }, km: 1 }] }, ['99.01.01.1002']],
    ['the code of a kelurahan', { geocodes: ['9901011002'] }, ['99.01.01.1002']],
    ['the code of the only kecamatan', { geocodes: ['99.01.01'] }, []],
    ['the code of the city', { geocodes: ['99.01'] }, []],
    ['the code of the province', { geocodes: ['99'] }, []],
    ['the name of the kecamatan', { name: 'Kec. Barat, Kec. Timur' }, []],
    ['the name of the city', { name: 'Kab. Lain; KOTA UJI' }, []],
    ['the name of a kelurahan elsewhere', { name: 'Ganting' }, undefined],
    ['a polygon elsewhere', { polygons: [ring.map(({ lat, lon }) => ({ lat: lat + 1, lon }))] }, undefined],
  ])('%s', (_, more, expected) => {
    expect(areasOf(testCity(), [area(more)])).toEqual(expected);
  });
});
