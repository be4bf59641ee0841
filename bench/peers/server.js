// A server on loopback that accepts any upload, and answers as the service does. It prints its
// port.
import { createServer } from 'node:http';

let id = 0;
const server = createServer((request, response) => {
  request.resume();
  request.on('end', () => {
    id += 1;
    response.end(
      request.method === 'POST'
        ? `{"uploading":{"id":${id},"status":"UPLOADED"}}`
        : '{"uploadings":[]}',
    );
  });
});
server.listen(0, '127.0.0.1', () => console.log(server.address().port));
