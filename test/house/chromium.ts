// Chromium for the page tests: found, or brought through apt where this is root on Debian or Ubuntu.
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'

const places = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome', '/snap/bin/chromium']

/** Where Chromium is on this machine; null where it is not. */
export const findChromium = (): string | null =>
  process.env['CHROMIUM_PATH'] ?? places.find((path) => existsSync(path)) ?? null

/** @returns null where Chromium is there now, else one line that says what to install */
export function bringChromium(): string | null {
  if (findChromium() !== null) return null
  const advice = 'install Chromium (Debian, Ubuntu: apt-get install chromium) or set CHROMIUM_PATH'
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) return advice
  const apt = (...args: readonly string[]) =>
    spawnSync('apt-get', args, {
      stdio: ['ignore', 'ignore', 'inherit'],
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    }).status === 0
  console.log('calmpace: installing Chromium through apt')
  apt('update', '-qq')
  apt('install', '-y', '-qq', '--no-install-recommends', 'chromium', 'dbus', 'fonts-dejavu-core')
  return findChromium() === null ? advice : null
}
