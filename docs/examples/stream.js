// Checks calls that come from somewhere else than a file.
import { Readable } from 'node:stream';
import { validateCalls } from 'metrika-calls';

const now = Math.floor(Date.now() / 1000);
const rows = [
  'ClientId,DateTime',
  `1630659193146972518,${now - 3600}`,
  `1642002191148256374,${now}`,
];
const { ok } = await validateCalls(Readable.from([Buffer.from(rows.join('\n'))]));
console.log(ok);
