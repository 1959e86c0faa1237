// `http`: mixed reads by somebody who may, each with its line in the log, on a real server over a real SQLite file and real HTTP, against
// a bare Hono app that reads the same rows and writes one row durably per request; and what the same reads take while large
// files come in.
import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startChild } from './http/child-server.ts'
import { makeClinic } from './http/clinic.ts'
import { measureCosts, READERS } from './http/costs.ts'
import { measureDisturbed } from './http/disturbed.ts'
import { allKinds } from './http/reads.ts'
import type { BenchOptions, BenchReport, Progress } from './report.ts'

export async function benchHttp(progress: Progress, { smoke = false }: BenchOptions): Promise<BenchReport> {
  const folder = mkdtempSync(join(tmpdir(), 'calmpace-bench-'))
  try {
    progress('http: making a clinic')
    const [own, bare] = [join(folder, 'service'), join(folder, 'bare')]
    const clinic = await makeClinic(own)
    cpSync(own, bare, { recursive: true })
    const servers = [await startChild('service', own), await startChild('bare', bare)] as const
    try {
      const throughput = await measureCosts(progress, clinic, servers, smoke)
      const disturbed = await measureDisturbed(progress, clinic, servers[0], smoke)
      return {
        yardsticks: [...throughput.yardsticks, ...disturbed.yardsticks],
        tables: [...throughput.tables, ...disturbed.tables],
        notes: [
          `${READERS} readers at a time; as many reads of each kind: ${allKinds.join(', ')}; ten clients with eight weeks of runs`,
          ...disturbed.notes,
        ],
      }
    } finally {
      for (const server of servers) await server.end()
    }
  } finally {
    rmSync(folder, { recursive: true })
  }
}
