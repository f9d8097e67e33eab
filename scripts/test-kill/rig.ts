import type { Probe } from '../../tests/support/probe/chromium'
import type { Site } from '../browser/sites'

/** A running browser with the shipped extension, on a profile that outlives it. */
export type Rig = {
  /** The locker's own functions, in a page of the extension. */
  call: Probe['call']
  /** Makes the locker on its page, as a person does. Promises its passphrase. */
  setUp: () => Promise<string>
  /** Types the passphrase on the locker page and presses the button. Resolves when it is pressed. */
  pressUnlock: (passphrase: string) => Promise<void>
  /**
   * Goes as far towards a new passphrase as can be gone without changing anything. Promises the new one, and what
   * makes the change: it resolves when the person is told that it is made.
   */
  prepareNewPassphrase: (ask: NewPassphrase) => Promise<{ next: string; change: () => Promise<void> }>
  /** Switches documenting on in the tab with the posts. */
  document: () => Promise<void>
  /** Presses the mark on a post by this author. Promises what the person was told in the end. */
  capture: (author: string) => Promise<'saved' | 'failed'>
  /** SIGKILL to the browser's process; resolves when nothing of it runs any more. */
  kill: () => Promise<void>
}

/** The passphrase that holds, and the next one where the browser is not made to propose one. */
type NewPassphrase = { from: string; to: string }

/** Starts the browser on this profile, with these posts on the practice platform. */
export type StartRig = (options: { profile: string; site: Site }) => Promise<Rig>

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}

/**
 * Kills a browser that was started in a process group of its own, as Puppeteer does: first its main process, at
 * once; then what is left of the group, so that the next start finds the profile free.
 */
export async function killBrowser(pid: number): Promise<void> {
  process.kill(pid, 'SIGKILL')
  for (let tries = 0; tries < 200; tries++) {
    await new Promise((resolve) => setTimeout(resolve, 25))
    try {
      if (tries >= 20) process.kill(-pid, 'SIGKILL')
    } catch {
      // The group is empty.
    }
    if (!isRunning(pid) && !isRunning(-pid)) return
  }
  throw new Error('the browser did not die')
}
