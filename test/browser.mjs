import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { say } from '../server/scripts/prepare.mjs';

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
const chineseFont = '/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc';

/**
 * Where Chromium is, or why there is none. On Debian as root it is installed when missing, with the fonts that
 * Chinese pages need.
 */
export function browserOrReason() {
  const debian = existsSync('/etc/debian_version');
  const root = process.getuid?.() === 0;
  if (debian && root && (find() === undefined || !existsSync(chineseFont))) install();
  const path = find();
  if (path !== undefined) return { path };
  const why = !debian ? 'this is not Debian' : root ? 'apt-get failed' : 'only root may install it';
  return {
    reason: `Chromium is not installed, and ${why}. Install chromium, or set CHROMIUM.`,
  };
}

function find() {
  const set = process.env.CHROMIUM;
  if (set !== undefined && set !== '') return existsSync(set) ? set : undefined;
  const folders = (process.env.PATH ?? '').split(delimiter);
  return names
    .flatMap((name) => folders.map((folder) => join(folder, name)))
    .find((path) => existsSync(path));
}

function install() {
  say('Installing chromium and fonts-noto-cjk …');
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const options = { env, stdio: ['ignore', 2, 2] };
  spawnSync('apt-get', ['update', '-qq'], options);
  spawnSync('apt-get', ['install', '-y', '-qq', 'chromium', 'fonts-noto-cjk'], options);
}
