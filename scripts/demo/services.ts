import type { Api } from './api.ts';
import { bold, dim, green, line, red } from './screen.ts';
import { birthCertificate } from './services/birth.ts';
import { informationRequest } from './services/information.ts';
import { floodWarning } from './services/warning.ts';
import { kelurahan } from './story.ts';

/** Official information, services, information requests: what a citizen gets without travelling to an office. */
export const servicesStory = async (api: Api): Promise<boolean> => {
  // A Monday morning, so that working days count as one expects.
  await api.pass('2026-11-23T01:00:00Z');
  const areas = await kelurahan(api);
  const area = areas[0]?.code ?? '';
  const checks = [
    ...(await birthCertificate(api, area)),
    ...(await informationRequest(api)),
    ...(await floodWarning(api, areas)),
  ];
  line();
  line(bold('Yang dijanjikan cerita ini') + dim('  what this story promised'));
  for (const [said, true_] of checks) line(`  ${true_ ? green('✓') : red('✗')} ${said}`);
  return checks.every(([, true_]) => true_);
};
