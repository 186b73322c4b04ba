import { constants } from 'node:fs';
import { access, statfs } from 'node:fs/promises';
import { localUrl, type Config } from '../config.ts';
import { inspectFolder } from '../store/open.ts';

interface Check {
  readonly what: string;
  readonly ok: boolean;
  readonly detail: string;
}
const leastFree = 512 * 1024 * 1024;

/** `assay doctor`: looks at the machine, the data folder and the server; false when something is wrong. */
export async function doctor(config: Config): Promise<boolean> {
  const checks = [node(), ...(await folder(config.data)), await server(config)];
  for (const { ok, what, detail } of checks)
    console.log(`${ok ? 'ok  ' : 'BAD '} ${what}: ${detail}`);
  return checks.every((check) => check.ok);
}

function node(): Check {
  const major = Number(process.versions.node.split('.')[0]);
  return { what: 'Node', ok: major >= 20 && major < 25, detail: `${process.version} (20 to 24)` };
}

async function folder(data: string): Promise<Check[]> {
  const writable = await access(data, constants.W_OK).then(
    () => true,
    () => false,
  );
  if (!writable)
    return [{ what: 'data folder', ok: false, detail: `${data} is not there or not writable` }];
  const { bavail, bsize } = await statfs(data);
  const free = bavail * bsize;
  return [
    { what: 'data folder', ok: true, detail: data },
    {
      what: 'free disk',
      ok: free >= leastFree,
      detail: `${Math.round(free / 1e6)} MB (at least 537)`,
    },
    ...inspectFolder(data).map(({ file, bytes, verdict }) => ({
      what: file,
      ok: verdict === 'ok',
      detail: `${verdict}, ${bytes} bytes`,
    })),
  ];
}

async function server(config: Config): Promise<Check> {
  const url = `${localUrl(config)}/readyz`;
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(3_000) });
    return { what: 'server', ok: response.ok, detail: `${url} answers ${response.status}` };
  } catch {
    return { what: 'server', ok: true, detail: `${url} does not answer: not running` };
  }
}
