// Reads the records of a file with fast-csv. Only counts the records.
import { createReadStream } from 'node:fs';
import { parse } from 'fast-csv';

let rows = 0;
for await (const row of createReadStream(process.argv[2]).pipe(parse({ headers: true }))) {
  rows += row === undefined ? 0 : 1;
}
console.log(rows);
