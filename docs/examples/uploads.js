// Sends a file, and asks for it later: what became of it, its end, and what else the counter has. `metrika-calls
// sandbox` runs a service to try it on; with an account leave out `apiUrl`.
import { findUpload, listCounters, listUploads, uploadCalls, waitForUpload } from 'metrika-calls';

const service = {
  counter: 2215573,
  token: process.env.METRIKA_TOKEN,
  apiUrl: process.env.METRIKA_API_URL,
};
const { uploading, error } = await uploadCalls('calls.csv', { ...service, comment: 'November' });
if (!uploading) throw new Error(error?.message);

const now = await findUpload(uploading.id, service);
console.log(`${uploading.id} is ${now.uploading?.status}`);

const ended = await waitForUpload(uploading.id, { ...service, pollInterval: 0.1 });
console.log(ended.ok ? 'all of its calls count' : ended.error?.message);

const { uploadings } = await listUploads({ ...service, limit: 5 });
for (const { id, status } of uploadings) console.log(id, status);

const { token, apiUrl } = service;
const { counters } = await listCounters({ token, apiUrl, filter: 'shop' });
for (const { id, name, permission } of counters) console.log(id, name, permission);
