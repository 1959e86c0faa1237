// The whole files that the fuzz runs damage, smallest first.
import { fitFixtures } from '../../fixtures/fit/files.ts'
import { readFit } from '../../src/formats/fit/read-fit.ts'
import { corpusFiles, corpusIsHere, readCorpus } from './corpus.ts'
import { knowFile, type KnownFile } from './damage-check.ts'

/** Fixtures, and files of the corpus where it is beside this clone, of at most `mostBytes`. */
export function knownFiles(mostBytes: number): readonly KnownFile[] {
  const fixtures = Object.entries(fitFixtures).map(([name, { make }]) => ({ name, bytes: make() }))
  const corpus = corpusIsHere ? corpusFiles.map(({ file }) => ({ name: file, bytes: readCorpus(file) })) : []
  return [...fixtures, ...corpus]
    .filter(({ bytes }) => bytes.length > 0 && bytes.length <= mostBytes && !isMoved(bytes))
    .toSorted((a, b) => a.bytes.length - b.bytes.length)
    .map(({ name, bytes }) => knowFile(name, bytes))
}

/** A clock that was set back moves what follows it: there no second stands where its record says (rule T2). */
function isMoved(bytes: Uint8Array): boolean {
  const reading = readFit(bytes)
  return reading.ok && reading.recordings.some(({ warnings }) => warnings.includes('CLOCK_STEPPED_BACK'))
}
