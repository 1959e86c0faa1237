// Brings the database of a folder up to date, and is killed meanwhile.
import { openStore } from '../../src/node/open-store.ts'

const [folder = ''] = process.argv.slice(2)
process.stdout.write('begins\n')
const store = await openStore(folder)
await store.close()
process.stdout.write('done\n')
