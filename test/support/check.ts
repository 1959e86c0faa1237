// How a suite of `npm run e2e` and `npm run faults` names one thing that it shows.
export type Check = (title: string, work: () => Promise<void>) => Promise<void>
