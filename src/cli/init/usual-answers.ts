/** The usual answers to the questions of `init`. */

/** The time zones to choose from: UTC, and zones of Russia and its neighbours. */
const ZONES = [
  'Europe/Moscow',
  'Europe/Kaliningrad',
  'Europe/Samara',
  'Asia/Yekaterinburg',
  'Asia/Omsk',
  'Asia/Novosibirsk',
  'Asia/Krasnoyarsk',
  'Asia/Irkutsk',
  'Asia/Yakutsk',
  'Asia/Vladivostok',
  'Europe/Minsk',
  'Asia/Almaty',
  'UTC',
];
const REGIONS = ['RU', 'BY', 'KZ', 'UA', 'UZ', 'AM', 'GE', 'DE', 'US'];
const CURRENCIES = ['RUB', 'BYN', 'KZT', 'UAH', 'UZS', 'EUR', 'USD'];

/** The questions that have usual answers. Each question is about one column of a call. */
export const USUAL = {
  timezone: { column: 'DateTime', usual: ZONES },
  region: { column: 'PhoneNumber', usual: REGIONS },
  currency: { column: 'Price', usual: CURRENCIES },
} as const;
