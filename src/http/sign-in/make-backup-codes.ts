// Backup codes: their letters, and making them.

/** None that is taken for another in print or by hand: no 0 and O, 1, I and L, 2 and Z, 5 and S, 8 and B, and no U beside V. */
const SIGNS = 'ACDEFGHJKMNPQRTVWXY34679'
const CODES = 10
/** 24^10 is 45 bits; who tries is stopped after ten. */
const LENGTH = 10

/** As they are shown: `ACDEF-GHJKM`. */
export const makeBackupCodes = (): string[] => Array.from({ length: CODES }, makeCode)

function makeCode(): string {
  let code = ''
  while (code.length < LENGTH)
    for (const byte of crypto.getRandomValues(new Uint8Array(LENGTH)))
      // Else the first signs would come more often.
      if (code.length < LENGTH && byte < 256 - (256 % SIGNS.length)) code += SIGNS[byte % SIGNS.length]
  return `${code.slice(0, LENGTH / 2)}-${code.slice(LENGTH / 2)}`
}
