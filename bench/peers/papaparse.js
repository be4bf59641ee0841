// Reads the records of a file with PapaParse. Only counts the records. The default settings, which
// read the file in chunks, are the fastest: `fastMode` is not faster, and reading the whole file at
// once is much slower.
import { createReadStream } from 'node:fs';
import Papa from 'papaparse';

let rows = -1;
await new Promise((resolve, reject) => {
  Papa.parse(createReadStream(process.argv[2], { encoding: 'utf8', highWaterMark: 256 * 1024 }), {
    chunk: ({ data }) => {
      rows += data.length;
    },
    complete: resolve,
    error: reject,
  });
});
console.log(rows);
