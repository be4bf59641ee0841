// Makes calls of an export, and says what is in them.
import { convertCalls, inspectCalls } from 'metrika-calls';

const exported = [
  'ClientID;Дата звонка;Телефон;Длительность;Сумма',
  '1630659193146972518;18.11.2026 10:00;8 (912) 345-67-01;2:16;1250,50',
  '1642002191148256374;18.11.2026 10:12;8 (912) 345-67-02;0:40;',
];
const { ok, validation } = await convertCalls([Buffer.from(exported.join('\n'))], {
  columns: {
    ClientID: 'ClientId',
    'Дата звонка': 'DateTime',
    Телефон: 'PhoneNumber',
    Длительность: 'TalkDuration',
    Сумма: 'Price',
  },
  set: { Currency: 'RUB' },
  timezone: 'Europe/Moscow',
  defaultRegion: 'RU',
  output: 'converted.csv',
});
if (!ok) throw new Error(validation.findings.map(({ message }) => message).join('\n'));

const inside = await inspectCalls('converted.csv', { timezone: 'Europe/Moscow' });
console.log(`${inside.rows} calls, prices in RUB: ${inside.prices['RUB']?.sum}`);
