// Reads a multipart upload as fields and files. Each runtime has its own way (`AppContext.readUpload`): Node writes to
// disk (`src/node/spool-upload.ts`), a Worker uses the platform's form.
import { sourceOfBlob, type ByteSource } from '../../formats/byte-source.ts'
import type { KeptUpload } from '../../store/runs/import-jobs.ts'
import { ProblemError } from '../problem.ts'

export const MAX_UPLOAD_BYTES = 600 * 1024 * 1024

/** product choice: files and fields of one upload. The page sends twenty at a time; many more belong in a zip. */
export const MAX_UPLOAD_PARTS = 1000

export interface UploadForm {
  readonly fields: ReadonlyMap<string, string>
  /** In the order of the upload. */
  readonly files: readonly { readonly name: string; readonly source: ByteSource }[]
  /** After this the sources cannot be read any more, and nothing of them is left. */
  readonly release: () => Promise<void>
  /** Have the bytes outlive the process, until `release`. @returns how `Uploads.reopen` finds them; null where the runtime cannot */
  readonly keep: () => Promise<KeptUpload | null>
  /** As `release`, and what was kept stays. */
  readonly leave: () => Promise<void>
}

/** A runtime's way to take uploads. */
export interface Uploads {
  readonly read: ReadUpload
  /** @returns null where the bytes are gone */
  readonly reopen: (kept: KeptUpload) => Promise<UploadForm | null>
  /** Remove what nobody names any more and nobody is reading. */
  readonly sweep: (kept: readonly KeptUpload[]) => Promise<void>
}

/** @param signal gives it up: nothing of it is left then
 *  @throws ProblemError UPLOAD_TOO_LARGE, TOO_MANY_ITEMS, BODY_TOO_SLOW, UNSUPPORTED_MEDIA_TYPE; INVALID_REQUEST where the body is no multipart form or ends too early */
export type ReadUpload = (request: Request, signal?: AbortSignal) => Promise<UploadForm>

export const noForm = () =>
  new ProblemError('INVALID_REQUEST', 'The upload is no multipart form, or it ended too early.')

/** @returns the content type of a request that says that it is a form
 *  @throws ProblemError UNSUPPORTED_MEDIA_TYPE */
export function formTypeOf({ headers }: Request): string {
  const type = headers.get('content-type')
  if (type === null || !/^multipart\/form-data\b/i.test(type)) throw new ProblemError('UNSUPPORTED_MEDIA_TYPE')
  return type
}

/** The platform's own form: the whole body in memory, as far as the platform lets it come. */
export const readFormData: ReadUpload = async (request, signal = new AbortController().signal) => {
  const type = formTypeOf(request)
  if (Number(request.headers.get('content-length') ?? 0) > MAX_UPLOAD_BYTES) throw new ProblemError('UPLOAD_TOO_LARGE')
  const form = await readCounted(request, type, signal).catch((error: unknown) => {
    throw error instanceof ProblemError ? error : noForm()
  })
  const fields = new Map<string, string>()
  const files: { name: string; source: ByteSource }[] = []
  form.forEach((value, name) => {
    if (typeof value === 'string') fields.set(name, value)
    else files.push({ name: value.name, source: sourceOfBlob(value) })
  })
  const release = async () => undefined
  return { fields, files, release, keep: async () => null, leave: release }
}

/** Uploads in memory alone: they end with the process. */
export const formDataUploads: Uploads = {
  read: readFormData,
  reopen: async () => null,
  sweep: async () => undefined,
}

/** The form of a body whose parts are counted before the platform makes anything of them. */
async function readCounted(request: Request, type: string, signal: AbortSignal): Promise<FormData> {
  const boundary = /boundary="?([^";]+)/i.exec(type)?.[1]
  if (request.body === null || boundary === undefined) throw noForm()
  let refused = false
  const counted = request.body.pipeThrough(
    countParts(boundary, () => (refused = true)),
    { signal },
  )
  try {
    return await new Response(counted, { headers: { 'content-type': type } }).formData()
  } catch {
    throw refused ? new ProblemError('TOO_MANY_ITEMS') : noForm()
  }
}

/** Passes bytes on until the boundary came too often; it may lie over two pieces. */
function countParts(boundary: string, refuse: () => void): TransformStream<Uint8Array, Uint8Array> {
  const wanted = new TextEncoder().encode(`--${boundary}`)
  let matched = 0
  let parts = 0
  return new TransformStream({
    transform: (piece, controller) => {
      for (const byte of piece) {
        // It stands behind the end of a line, which is no part of it: a mismatch begins anew.
        if (byte !== wanted[matched]) matched = byte === wanted[0] ? 1 : 0
        else if (++matched === wanted.length) {
          matched = 0
          // The last one ends the form.
          if (++parts > MAX_UPLOAD_PARTS + 1) {
            refuse()
            controller.error(new ProblemError('TOO_MANY_ITEMS'))
            return
          }
        }
      }
      controller.enqueue(piece)
    },
  })
}
