/** The counters of the sandbox. */
import { SANDBOX_COUNTER } from '../limits.ts';

/** The counters as the service sends them: one of the owner, and two of other owners. */
const COUNTERS = [
  {
    id: SANDBOX_COUNTER,
    name: 'Sandbox shop',
    site2: { site: 'shop.example' },
    permission: 'own',
    status: 'Active',
    time_zone_name: 'Europe/Moscow',
    currency_code: 'RUB',
  },
  {
    id: 44_147_844,
    name: 'Sandbox service',
    site2: { site: 'service.example' },
    permission: 'edit',
    status: 'Active',
    time_zone_name: 'Asia/Yekaterinburg',
  },
  {
    id: 101_500,
    name: 'Sandbox blog',
    site2: { site: 'blog.example' },
    permission: 'view',
    status: 'Active',
    time_zone_name: 'Europe/Moscow',
    currency_code: 'EUR',
  },
];

/**
 * Returns one page of the counters.
 *
 * @param size the maximum number of counters
 * @param offset the number of the first counter, from 1
 */
export function counterPage(size: number, offset: number): object {
  const from = Math.max(0, offset - 1);
  return { rows: COUNTERS.length, counters: COUNTERS.slice(from, from + size) };
}
