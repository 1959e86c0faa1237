// A multipart upload as its fields and files. Each runtime brings its own way (`AppContext.readUpload`): Node spools to
// disk (`src/node/spool-upload.ts`), a Worker has the platform's own form.
import { sourceOfBlob, type ByteSource } from '../formats/byte-source.ts'
import { ProblemError } from './problem.ts'

export const MAX_UPLOAD_BYTES = 600 * 1024 * 1024

export interface UploadForm {
  readonly fields: ReadonlyMap<string, string>
  /** In the order of the upload. */
  readonly files: readonly { readonly name: string; readonly source: ByteSource }[]
  /** After this the sources cannot be read any more. */
  readonly release: () => Promise<void>
}

/** @throws ProblemError UPLOAD_TOO_LARGE, INVALID_REQUEST where the body is no multipart form or ends too early */
export type ReadUpload = (request: Request) => Promise<UploadForm>

export const noForm = () =>
  new ProblemError('INVALID_REQUEST', 'The upload is no multipart form, or it ended too early.')

/** The platform's own form: the whole body in memory, as far as the platform lets it come. */
export const readFormData: ReadUpload = async (request) => {
  if (Number(request.headers.get('content-length') ?? 0) > MAX_UPLOAD_BYTES) throw new ProblemError('UPLOAD_TOO_LARGE')
  const form = await request.formData().catch(() => {
    throw noForm()
  })
  const fields = new Map<string, string>()
  const files: { name: string; source: ByteSource }[] = []
  form.forEach((value, name) => {
    if (typeof value === 'string') fields.set(name, value)
    else files.push({ name: value.name, source: sourceOfBlob(value) })
  })
  return { fields, files, release: async () => undefined }
}
