// A crowd of connections, from a process of its own so that whoever measures is not slowed by sending: `crowd-child.ts KIND PORT
// COUNT`. Says "there" once all are open, and goes on until it is ended.
import { connect, type Socket } from 'node:net'

const [kind = '', port = '', count = ''] = process.argv.slice(2)
const MB = 1024 * 1024
/** A connection that was closed comes again, as a crowd does. */
const AGAIN_MS = 3000
const PACE_MS = 3

const head = (path: string, length: string) =>
  `POST ${path} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n${length}\r\n\r\n`

/** What each connection does once it is open. */
const kinds: Readonly<Record<string, (socket: Socket) => void>> = {
  /** A megabyte before any sign-in, and then nothing. */
  megabyte: (socket) => {
    socket.write(head('/api/invitations/look', `Content-Length: ${MB}`))
    socket.write(Buffer.alloc(MB - 1000, 'a'))
  },
  /** As much as may be, and then nothing. */
  waiting: (socket) => {
    socket.write(head('/api/join', 'Content-Length: 16000'))
    socket.write(Buffer.alloc(15_000, 'a'))
  },
  /** A byte in each half second, without an end. */
  dribbling: (socket) => {
    socket.write(head('/api/auth/sign-in/email', 'Transfer-Encoding: chunked'))
    const drip = setInterval(() => socket.write('1\r\na\r\n'), 500)
    socket.once('close', () => clearInterval(drip))
  },
  /** Nothing at all. */
  silent: () => undefined,
}
const begin = kinds[kind]
if (begin === undefined) throw new Error(`no kind: ${kind}`)

/** @returns once it is open */
const open = (): Promise<void> =>
  new Promise((resolve) => {
    const socket = connect(Number(port), '127.0.0.1', () => {
      begin(socket)
      resolve()
    })
    socket.resume()
    socket.on('error', () => undefined)
    socket.once('close', () => setTimeout(() => void open(), AGAIN_MS))
  })

for (let i = 0; i < Number(count); i++) {
  await open()
  await new Promise((resolve) => setTimeout(resolve, PACE_MS))
}
console.log('there')
