/** The servers that are compared: each a process of its own that serves the same library under `/media/`. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

export interface Contender {
  readonly name: string;
  /** Without a final slash. */
  readonly url: string;
  readonly pid: number;
  stop(): Promise<void>;
}

interface Place {
  /** Folder of titles. */
  readonly library: string;
  /** Folder for configuration and logs. */
  readonly scratch: string;
}

const HOST = '127.0.0.1';

/** As a careful operator would set it: sendfile, open files remembered, connections kept; one worker as ours has one. */
export async function startNginx({ library, scratch }: Place): Promise<Contender> {
  const port = await freePort();
  const configuration = join(scratch, 'nginx.conf');
  await writeFile(configuration, nginxConfiguration(port, library, scratch));
  return start('nginx', port, 'nginx', [
    '-p',
    scratch,
    '-e',
    join(scratch, 'nginx.log'),
    '-c',
    configuration,
  ]);
}

/** `express.static` under its defaults. */
export async function startExpress({ library }: Pick<Place, 'library'>): Promise<Contender> {
  const port = await freePort();
  return start('express.static', port, process.execPath, [
    ...tsx(),
    entry('serve-express.ts'),
    `${port}`,
    library,
  ]);
}

export interface WeirFlags {
  readonly workers: number;
  /** Bytes. */
  readonly cacheMemory: number;
}

export async function startWeir(
  { library }: Pick<Place, 'library'>,
  { workers, cacheMemory }: WeirFlags,
): Promise<Contender> {
  const port = await freePort();
  const words = [`${port}`, library, `${workers}`, `${cacheMemory}`];
  const name = workers === 1 ? 'Weir' : `Weir × ${workers}`;
  return start(name, port, process.execPath, [...tsx(), entry('serve-weir.ts'), ...words]);
}

function nginxConfiguration(port: number, library: string, scratch: string): string {
  // Started by root, nginx would give up its rights and then not be able to read a private folder.
  const user = process.getuid?.() === 0 ? `user ${userInfo().username};` : '';
  return `${user}
daemon off;
worker_processes 1;
pid ${scratch}/nginx.pid;
events { worker_connections 2048; }
http {
  access_log off;
  sendfile on;
  tcp_nopush on;
  keepalive_requests 1000000;
  open_file_cache max=1000 inactive=60s;
  types { application/dash+xml mpd; video/mp4 mp4 m4s; }
  client_body_temp_path ${scratch}/body; proxy_temp_path ${scratch}/proxy; fastcgi_temp_path ${scratch}/fastcgi;
  uwsgi_temp_path ${scratch}/uwsgi; scgi_temp_path ${scratch}/scgi;
  server {
    listen ${HOST}:${port};
    location /media/ { alias ${library}/; add_header Access-Control-Allow-Origin *; }
  }
}
`;
}

async function start(name: string, port: number, command: string, args: string[]): Promise<Contender> {
  const child = spawn(command, args, { stdio: ['ignore', 'ignore', 'inherit'] });
  await once(child, 'spawn').catch((cause: unknown) => {
    throw new Error(`${name} cannot be started.`, { cause });
  });
  try {
    await untilListening(child, name, port);
  } catch (error) {
    await stopChild(child);
    throw error;
  }
  return { name, url: `http://${HOST}:${port}`, pid: child.pid ?? 0, stop: () => stopChild(child) };
}

async function untilListening(child: ChildProcess, name: string, port: number): Promise<void> {
  for (let attempt = 0; attempt < 300; attempt++) {
    if (child.exitCode !== null) throw new Error(`${name} ended before it listened.`);
    const isUp = await fetch(`http://${HOST}:${port}/media/`).then(
      () => true,
      () => false,
    );
    if (isUp) return;
    await delay(100);
  }
  throw new Error(`${name} does not listen.`);
}

/** Resolves when it has ended. */
export async function stopChild(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill('SIGTERM');
  const cut = setTimeout(() => child.kill('SIGKILL'), 5_000);
  await once(child, 'exit');
  clearTimeout(cut);
}

function tsx(): string[] {
  return ['--import', 'tsx'];
}

function entry(name: string): string {
  return fileURLToPath(new URL(name, import.meta.url));
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, HOST);
  await once(server, 'listening');
  const address = server.address();
  await once(server.close(), 'close');
  return typeof address === 'object' && address ? address.port : 0;
}
