// Sends a file to a sandbox and waits until its processing finishes. With an account, give `counter` and
// `token` in place of `sandbox`.
import { uploadCalls } from 'metrika-calls';

const result = await uploadCalls('calls.csv', {
  sandbox: true,
  comment: 'November',
  wait: true,
  onProgress: ({ step, sent, total }) => console.log(`${step}: ${sent} of ${total} bytes`),
});
if (result.ok) console.log(`uploaded as ${result.uploading?.id}: ${result.uploading?.status}`);
else console.error(result.error?.message, result.error?.hint);
