// A data folder copied, as its owner's alone: without, no server opens it.
import { cpSync, mkdirSync } from 'node:fs'

export function copyFolder(from: string, to: string): void {
  mkdirSync(to, { recursive: true, mode: 0o700 })
  cpSync(from, to, { recursive: true })
}
