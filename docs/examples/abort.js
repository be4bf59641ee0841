// Gives an upload up, and learns what is known of the file by then.
import { uploadCalls } from 'metrika-calls';

const controller = new AbortController();
const result = await uploadCalls('calls.csv', {
  sandbox: true,
  wait: true,
  signal: controller.signal,
  onProgress: ({ step }) => {
    if (step === 'uploaded') controller.abort();
  },
});
console.log(result.exit_code, result.error?.message);
