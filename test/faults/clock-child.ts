// Loaded into a process before anything else (`node --import`): its clock is CLOCK_AHEAD_DAYS ahead of the machine's.
const aheadMs = Number(process.env['CLOCK_AHEAD_DAYS']) * 86_400_000
const Right = Date
const nowMs = () => Right.now() + aheadMs

globalThis.Date = new Proxy(Right, {
  apply: () => new Right(nowMs()).toString(),
  construct: (_, given: readonly unknown[], made: typeof Date) =>
    Reflect.construct(Right, given.length === 0 ? [nowMs()] : given, made) as Date,
  get: (date, name, receiver) => (name === 'now' ? nowMs : (Reflect.get(date, name, receiver) as unknown)),
})
