// A program as a developer would write it in one day: csv-parse makes objects, and a zod schema
// checks each of them.
import { createReadStream } from 'node:fs';
import { parse } from 'csv-parse';
import * as z from 'zod';

const now = Math.floor(Date.now() / 1000);
const optional = (pattern) => z.string().regex(pattern).or(z.literal(''));
const Call = z
  .object({
    ClientId: optional(/^\d{1,20}$/),
    UserId: z.string(),
    Yclid: optional(/^\d{1,20}$/),
    DateTime: z
      .string()
      .regex(/^\d{1,15}$/)
      .refine((text) => Number(text) <= now),
    StaticCall: optional(/^[01]$/),
    Price: optional(/^-?\d+(\.\d+)?$/),
    Currency: optional(/^[A-Z]{3}$/),
    PhoneNumber: optional(/^\+[1-9]\d{6,14}$/),
    TalkDuration: optional(/^\d+$/),
    HoldDuration: optional(/^\d+$/),
    CallMissed: optional(/^[01]$/),
    Tag: z.string(),
    URL: z.url().or(z.literal('')),
  })
  .refine((call) => call.ClientId !== '' || call.UserId !== '' || call.Yclid !== '');

let rows = 0;
let bad = 0;
for await (const record of createReadStream(process.argv[2]).pipe(parse({ columns: true }))) {
  rows += 1;
  if (!Call.safeParse(record).success) bad += 1;
}
console.log(rows, bad);
