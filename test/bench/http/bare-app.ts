// What the service is held against: a bare Hono app over the same database that reads the same rows for each path, answers with them
// as JSON, and writes one row durably per request. It asks nobody who they are but for the rows that say so.
import { join } from 'node:path'
import { DatabaseSync, type SQLInputValue } from 'node:sqlite'
import { Hono } from 'hono'

type Rows = Record<string, unknown>[]

export function makeBareApp(folder: string): Hono {
  const sqlite = new DatabaseSync(join(folder, 'calmpace.sqlite'))
  sqlite.exec(
    `pragma journal_mode = wal; pragma synchronous = full; pragma secure_delete = on;
     create table bare_line (at_ms integer, person_id text, path text) strict`,
  )
  const ask = (query: string) => {
    const statement = sqlite.prepare(query)
    return (...values: SQLInputValue[]): Rows => statement.all(...values)
  }
  const session = ask('select person.*, session.* from session join person on person.id = userId where token = ?')
  const roles = ask('select role from person_role where person_id = ?')
  const passkeys = ask('select count(*) from passkey where userId = ?')
  const line = sqlite.prepare('insert into bare_line values (?, ?, ?)')
  const ownClients = `select client_id from group_client join group_staff using (group_id) where person_id = ?`
  const guided = ask(`${ownClients} and client_id = ?`)
  const clients = ask(
    `select client.*, (select count(*) from run where client_id = client.id) as runs,
       (select max(started_at_ms) from run where client_id = client.id) as last,
       (select count(*) from note where client_id = client.id and kind = 'question') as questions
     from client where id in (${ownClients}) order by first_name, id limit 51`,
  )
  const client = ask(
    `select client.*, (select count(*) from run where client_id = client.id) as runs,
       (select max(started_at_ms) from run where client_id = client.id) as last from client where id = ?`,
  )
  const zones = ask(
    `select calm_zone.*, person.name, zone_withdrawal.at_ms from calm_zone left join person on person.id = calm_zone.by_person_id
     left join zone_withdrawal on zone_id = calm_zone.id where client_id = ? order by valid_from_ms desc`,
  )
  const settings = ask('select * from clinic_settings order by version desc limit 1')
  const runs = ask(
    'select run.*, name from run join run_file on run_file.id = file_id where run.client_id = ? order by started_at_ms desc limit 51',
  )
  const assessments = ask(
    'select assessment.* from assessment join run on run.id = run_id where client_id = ? order by seq',
  )
  const plan = ask('select * from plan where client_id = ? order by valid_from_ms desc')
  const checkIns = ask('select * from check_in where client_id = ? order by at_ms desc')
  const restNotes = ask('select * from rest_note where client_id = ? order by at_ms desc')
  const twins = ask('select twin.* from twin join run on run.id = run_id where client_id = ?')
  const combinations = ask('select combination.* from combination join run on run.id = run_id where client_id = ?')
  const participation = ask('select * from participation where run_id = ?')
  const afterRuns = ask('select * from after_run where client_id = ? order by at_ms')
  const sharing = ask('select * from sharing where client_id = ? order by at_ms desc')
  const run = ask('select run.*, name from run join run_file on run_file.id = file_id where run.id = ?')
  const assessment = ask('select * from assessment where run_id = ? order by seq')
  const chunks = ask('select bytes from run_chunk where run_id = ? order by part')
  const flags = ask(
    `select flag.*, first_name, run.started_at_ms, run.start_offset_s,
       (select count(*) from flag_event where flag_id = flag.id and act = 'seen_again') as again,
       (select min(at_ms) from flag_event where flag_id = flag.id and act = 'opened') as opened
     from flag join client on client.id = flag.client_id left join run on run.id = run_id
     where flag.client_id in (${ownClients}) and state <> 'resolved' order by raised_at_ms limit 51`,
  )
  const counts = ask(`select * from flag_count where client_id in (${ownClients})`)
  const flag = ask(
    `select flag.*, first_name, run.started_at_ms, run.start_offset_s from flag join client on client.id = flag.client_id
     left join run on run.id = run_id where flag.id = ?`,
  )
  const staff = ask(
    `select distinct person.id, name, person_role.role from group_client join group_staff using (group_id)
     join person on person.id = group_staff.person_id join person_role on person_role.person_id = person.id where client_id = ?`,
  )
  const events = ask('select * from flag_event where flag_id = ? order by seq')
  const columnsOf = (runId: string) =>
    chunks(runId).map(({ bytes }) => Buffer.from(bytes as Uint8Array).toString('base64'))
  const clientOf = (rows: Rows): string => String(rows[0]?.['client_id'])

  const app = new Hono<{ Variables: { personId: string } }>()
  app.use('/api/*', async (c, next) => {
    const cookie = decodeURIComponent(c.req.header('cookie')?.split('session_token=')[1] ?? '')
    const [who] = session(cookie.split('.')[0] ?? '')
    const personId = String(who?.['userId'])
    if (who === undefined || roles(personId).length === 0) return c.json({ who: passkeys(personId) }, 401)
    c.set('personId', personId)
    await next()
    line.run(Date.now(), personId, c.req.path)
    return undefined
  })
  app.get('/api/clients', (c) =>
    c.json(clients(c.var.personId).map((one) => ({ ...one, zones: zones(String(one['id'])) }))),
  )
  app.get('/api/clients/:id', (c) => {
    const id = c.req.param('id')
    return c.json([guided(c.var.personId, id), client(id), zones(id)])
  })
  app.get('/api/clients/:id/patterns', (c) => {
    const id = c.req.param('id')
    const told = [plan(id), afterRuns(id), sharing(id), checkIns(id), restNotes(id), settings()]
    const same = [twins(id), combinations(id)]
    return c.json([guided(c.var.personId, id), runs(id), assessments(id), told, same])
  })
  app.get('/api/clients/:id/runs', (c) => {
    const id = c.req.param('id')
    return c.json([guided(c.var.personId, id), runs(id), assessments(id), twins(id), settings()])
  })
  app.get('/api/runs/:id', (c) => {
    const id = c.req.param('id')
    const found = run(id)
    const owner = clientOf(found)
    const beside = [twins(owner), combinations(owner), participation(id), zones(owner), settings()]
    return c.json([guided(c.var.personId, owner), found, assessment(id), columnsOf(id), beside])
  })
  app.get('/api/runs/:id/series', (c) => {
    const id = c.req.param('id')
    const found = run(id)
    const owner = clientOf(found)
    const beside = [combinations(owner), zones(owner), settings()]
    return c.json([guided(c.var.personId, owner), found, columnsOf(id), beside])
  })
  app.get('/api/flags', (c) => c.json([flags(c.var.personId), counts(c.var.personId), settings()]))
  app.get('/api/flags/:id', (c) => {
    const id = c.req.param('id')
    const found = flag(id)
    const owner = clientOf(found)
    const told = [sharing(owner), afterRuns(owner), checkIns(owner)]
    return c.json([guided(c.var.personId, owner), found, events(id), told, staff(owner), settings()])
  })
  return app as unknown as Hono
}
