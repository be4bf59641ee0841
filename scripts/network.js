// Sends files through real servers, proxies and a slow connection: `npm run test:network`. The
// script needs openssl, nginx, haproxy, stunnel and squid. The slow connection needs `ip`, `tc` and
// the permission to create a network namespace. In Debian, the packages are openssl, nginx-light,
// haproxy, stunnel4, squid and iproute2. The script skips scenes whose programs are missing, and
// prints the names of these programs. It also prints the table of docs/testing.md.
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer as createHttp } from 'node:http';
import { createServer as createHttps } from 'node:https';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ROOT } from './bundle-sources.js';

const HOST = 'api-metrika.yandex.net';
const SPACE = 'metrika-calls-test';
const [OUTSIDE, INSIDE] = ['10.99.7.1', '10.99.7.2'];
const [HTTP, HTTPS, NGINX, HAPROXY, SQUID, STRICT] = [9710, 9711, 9712, 9713, 9714, 9715];

const folder = mkdtempSync(join(tmpdir(), 'metrika-calls-network-'));
// Squid runs as another user, who must be able to read this folder.
chmodSync(folder, 0o755);
const running = [];

process.on('exit', () => {
  for (const child of running) child.kill('SIGKILL');
  spawnSync('ip', ['netns', 'del', SPACE], { stdio: 'ignore' });
  spawnSync('ip', ['link', 'del', `${SPACE.slice(0, 8)}0`], { stdio: 'ignore' });
  rmSync(folder, { recursive: true, force: true });
});

const has = (program) => spawnSync('sh', ['-c', `command -v ${program}`]).status === 0;
const pause = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));
const file = (name, text) => {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
};

/** The state of the service. The service stores a complete upload after `delay` milliseconds. */
const service = { stored: [], delay: 0, posts: 0 };

function serve(request, response) {
  const url = new URL(request.url, 'http://service');
  const chunks = [];
  request.on('data', (chunk) => chunks.push(chunk));
  request.on('error', () => undefined);
  request.on('end', async () => {
    if (request.method === 'GET') {
      const uploadings = service.stored.slice(Number(url.searchParams.get('offset')));
      response.end(JSON.stringify({ uploadings }));
      return;
    }
    service.posts += 1;
    await pause(service.delay);
    const comment = url.searchParams.get('comment') ?? '';
    const uploading = { id: service.stored.length + 1, comment, status: 'UPLOADED' };
    service.stored.push(uploading);
    response.end(JSON.stringify({ uploading }));
  });
}

execFileSync(
  'openssl',
  ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', '-subj', '/CN=test'].concat(
    ['-addext', `subjectAltName=DNS:${HOST},IP:${OUTSIDE},IP:127.0.0.1`],
    ['-keyout', join(folder, 'key.pem'), '-out', join(folder, 'cert.pem')],
  ),
  { stdio: 'ignore' },
);
const tls = {
  key: readFileSync(join(folder, 'key.pem')),
  cert: readFileSync(join(folder, 'cert.pem')),
};
const servers = [createHttp(serve).listen(HTTP), createHttps(tls, serve).listen(HTTPS)];
for (const server of servers) server.requestTimeout = 0;

async function start(program, words, port) {
  running.push(spawn(program, words, { stdio: 'ignore' }));
  for (let tries = 0; tries < 100; tries += 1) {
    const isUp = await new Promise((resolve) => {
      const socket = connect(port, '127.0.0.1', () => resolve(true));
      socket.on('error', () => resolve(false)).on('connect', () => socket.destroy());
    });
    if (isUp) return;
    await pause(100);
  }
  throw new Error(`${program} does not start`);
}

function calls(rows) {
  const time = Math.floor(Date.now() / 1000) - 3600;
  const lines = Array.from(
    { length: rows },
    (_, at) => `1481718166${at},${time - at},office ${Math.random()}`,
  );
  return file(`calls-${rows}.csv`, `ClientId,DateTime,Tag\n${lines.join('\n')}\n`);
}

async function upload(path, words, { env = {}, before = [] } = {}) {
  const command = [...before, process.execPath, join(ROOT, 'bin/metrika-calls.js'), 'upload'];
  const [program, ...rest] = [...command, '--json', '-c', '1', ...words, path];
  const child = spawn(program, rest, {
    env: { PATH: process.env.PATH, METRIKA_TOKEN: 'token-of-the-script', ...env },
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  let said = '';
  child.stdout.on('data', (chunk) => (said += chunk));
  const code = await new Promise((resolve) => child.on('close', resolve));
  const document = JSON.parse(said);
  return { code, error: (document.results?.[0]?.error ?? document.error)?.code };
}

const rows = [];
/**
 * Runs one scene. Compares the exit code, the failure code and the number of stored files with the
 * expected ones.
 */
async function scene(what, expected, play, { delay = 0 } = {}) {
  Object.assign(service, { stored: [], delay, posts: 0 });
  const { code, error = '-' } = await play();
  await pause(delay);
  const seen = `exit ${code}, ${error}, ${service.stored.length} stored`;
  const isRight = seen === expected;
  rows.push([what, seen, isRight ? '' : `**expected ${expected}**`]);
  console.error(`${isRight ? 'right' : 'WRONG'}  ${what}: ${seen}`);
}

/**
 * Uploads ten times to each server that demands a client certificate with TLS 1.3. Such a server
 * refuses the client only after the handshake. At that moment, the program may already be sending
 * the file. Then the reason of the server can get lost.
 */
async function certificateScenes() {
  const [cert, key] = [join(folder, 'cert.pem'), join(folder, 'key.pem')];
  const both = file('both.pem', readFileSync(cert, 'utf8') + readFileSync(key, 'utf8'));
  const target = `127.0.0.1:${STRICT}`;
  const haproxy = file(
    'strict.cfg',
    `defaults\n mode http\n timeout connect 2s\n timeout client 5s\n timeout server 5s
frontend f\n bind ${target} ssl crt ${both} ca-file ${cert} verify required ssl-min-ver TLSv1.3
 default_backend b\nbackend b\n server s 127.0.0.1:${HTTP}\n`,
  );
  const stunnel = file(
    'strict.conf',
    `foreground = yes\nsslVersionMin = TLSv1.3\n[strict]\naccept = ${target}\nconnect = 127.0.0.1:${HTTP}
cert = ${both}\nCAfile = ${cert}\nverifyPeer = yes\n`,
  );
  const node = file(
    'strict.mjs',
    `import { createServer } from 'node:https'; import { readFileSync } from 'node:fs';
const cert = readFileSync('${cert}'); createServer({ cert, key: readFileSync('${key}'), ca: cert,
requestCert: true, rejectUnauthorized: true, minVersion: 'TLSv1.3' }, (q, r) => r.end('{}')).listen(${STRICT});`,
  );
  const openssl = ['s_server', '-accept', target, '-cert', cert, '-key', key, '-tls1_3', '-quiet'];
  for (const [what, program, words] of [
    ['openssl s_server', 'openssl', [...openssl, '-Verify', '1', '-verify_return_error']],
    ['haproxy', 'haproxy', ['-f', haproxy, '-db']],
    ['stunnel', 'stunnel4', [stunnel]],
    ['Node', process.execPath, [node]],
  ]) {
    if (!has(program)) continue;
    await start(program, words, STRICT);
    const ends = new Map();
    for (let time = 0; time < 10; time += 1) {
      const api = [...direct, `https://${target}`, '--ca-file', cert, '--retries', '0'];
      const { code, error = '-' } = await upload(time % 2 ? small : medium, api);
      const end = `exit ${code}, ${error}`;
      ends.set(end, (ends.get(end) ?? 0) + 1);
    }
    const seen = [...ends].map(([end, times]) => `${times} of 10: ${end}`).join('; ');
    const isRight = (ends.get('exit 6, certificate-demanded') ?? 0) >= 9;
    const name = `${what}, client certificate demanded by TLS 1.3`;
    rows.push([name, seen, isRight ? '' : '**expected 9 of 10: exit 6, certificate-demanded**']);
    console.error(`${isRight ? 'right' : 'WRONG'}  ${name}: ${seen}`);
    running.pop().kill('SIGKILL');
    await pause(500);
  }
}

const direct = ['--api-url'];
const through = (port) => [...direct, `http://127.0.0.1:${port}`];
const STORED_ONCE = 'exit 0, -, 1 stored';
const small = calls(50);
const medium = calls(20_000);

if (has('nginx')) {
  const config = file(
    'nginx.conf',
    `daemon off; pid ${folder}/nginx.pid; error_log /dev/null; events {}
http { access_log off; client_body_temp_path ${folder}; proxy_temp_path ${folder}/p; fastcgi_temp_path ${folder}/f;
  uwsgi_temp_path ${folder}/u; scgi_temp_path ${folder}/s;
  server { listen 127.0.0.1:${NGINX}; client_max_body_size 300k; proxy_read_timeout 2s;
    location / { proxy_pass http://127.0.0.1:${HTTP}; } } }`,
  );
  await start('nginx', ['-c', config, '-p', folder], NGINX);
  await scene('nginx between', STORED_ONCE, () => upload(small, through(NGINX)));
  await scene('nginx, limit of the body', 'exit 5, too-large, 0 stored', () =>
    upload(medium, through(NGINX)),
  );
  await scene(
    'nginx, 504 while the service works',
    STORED_ONCE,
    () => upload(small, through(NGINX)),
    {
      delay: 6000,
    },
  );
}
if (has('haproxy')) {
  const config = file(
    'haproxy.cfg',
    `defaults\n mode http\n timeout connect 2s\n timeout client 5s\n timeout server 2s\n timeout http-request 5s
frontend f\n bind 127.0.0.1:${HAPROXY}\n default_backend b
backend b\n server s 127.0.0.1:${HTTP}\n`,
  );
  await start('haproxy', ['-f', config, '-db'], HAPROXY);
  await scene('haproxy between', STORED_ONCE, () => upload(medium, through(HAPROXY)));
  await scene(
    'haproxy, 504 while the service works',
    STORED_ONCE,
    () => upload(small, through(HAPROXY)),
    {
      delay: 20_000,
    },
  );
}
if (has('squid')) {
  const hosts = file('hosts', `127.0.0.1 ${HOST}\n`);
  const secure = [...direct, `https://${HOST}:${HTTPS}`, '--ca-file', join(folder, 'cert.pem')];
  const env = { HTTPS_PROXY: `http://127.0.0.1:${SQUID}` };
  const kinds = [
    ['allowed', 'http_access allow all', secure, STORED_ONCE],
    ['forbidden', 'http_access deny all', secure, 'exit 6, proxy-forbidden, 0 stored'],
    [
      'nobody behind it',
      'http_access allow all',
      [...direct, `https://${HOST}:9799`, '--retries', '1'],
      'exit 6, proxy-failed, 0 stored',
    ],
  ];
  for (const [what, rule, words, expected] of kinds) {
    const config = file(
      'squid.conf',
      `http_port 127.0.0.1:${SQUID}\nhosts_file ${hosts}\n${rule}\naccess_log none\ncache deny all
pid_filename none\ncache_log /dev/null\ncoredump_dir ${folder}\nshutdown_lifetime 0 seconds\n`,
    );
    await start('squid', ['-N', '-f', config], SQUID);
    await scene(`squid, ${what}`, expected, () => upload(medium, words, { env }));
    running.pop().kill('SIGKILL');
    await pause(500);
  }
}
await certificateScenes();
if (has('ip') && has('tc') && spawnSync('ip', ['netns', 'add', SPACE]).status === 0) {
  const [near, far] = [`${SPACE.slice(0, 8)}0`, `${SPACE.slice(0, 8)}1`];
  const run = (...words) => execFileSync(words[0], words.slice(1), { stdio: 'ignore' });
  const within = ['ip', 'netns', 'exec', SPACE];
  run('ip', 'link', 'add', near, 'type', 'veth', 'peer', 'name', far, 'netns', SPACE);
  run('ip', 'addr', 'add', `${OUTSIDE}/24`, 'dev', near);
  run('ip', 'link', 'set', near, 'up');
  run(...within, 'ip', 'addr', 'add', `${INSIDE}/24`, 'dev', far);
  run(...within, 'ip', 'link', 'set', far, 'up');
  const words = [...direct, `https://${OUTSIDE}:${HTTPS}`, '--trust-api-host', OUTSIDE].concat([
    '--ca-file',
    join(folder, 'cert.pem'),
  ]);
  const limit = ['rate', '80kbit', 'burst', '4kb', 'latency', '4s'];
  run(...within, 'tc', 'qdisc', 'add', 'dev', far, 'root', 'tbf', ...limit);
  await scene('a line of 10 kB a second, 1 MB', STORED_ONCE, () =>
    upload(medium, words, { before: within }),
  );
  await scene('the same, cut for 20 s while sending', STORED_ONCE, async () => {
    const ended = upload(medium, words, { before: within });
    await pause(15_000);
    run('ip', 'link', 'set', near, 'down');
    await pause(20_000);
    run('ip', 'link', 'set', near, 'up');
    return await ended;
  });
}

for (const program of ['nginx', 'haproxy', 'stunnel4', 'squid', 'ip', 'tc']) {
  if (!has(program)) console.error(`left out: ${program} is not there`);
}
console.log('| between the program and the service | what happened |\n| --- | --- |');
for (const [what, seen, fault] of rows) console.log(`| ${what} | ${seen}${fault} |`);
process.exit(rows.some(([, , fault]) => fault !== '') ? 1 : 0);
