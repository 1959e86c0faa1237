import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { closeClinics, openClinic } from '../../support/node-clinic.ts'
import { joinFirst, send, type Ask } from '../../support/sign-in.ts'

let thea: Ask
beforeAll(async () => {
  thea = await joinFirst(await openClinic())
})
afterAll(closeClinics)

describe('what of better-auth is there', () => {
  const gone = [
    ['POST', '/sign-up/email'],
    ['POST', '/sign-in/social'],
    ['POST', '/request-password-reset'],
    ['GET', '/reset-password/token'],
    ['POST', '/reset-password'],
    ['POST', '/change-email'],
    ['POST', '/update-user'],
    ['POST', '/update-session'],
    ['POST', '/delete-user'],
    ['GET', '/delete-user/callback'],
    ['GET', '/verify-email'],
    ['GET', '/error'],
    ['GET', '/ok'],
    ['GET', '/list-accounts'],
    ['POST', '/two-factor/get-totp-uri'],
    ['POST', '/two-factor/send-otp'],
    ['GET', '/constructor'],
  ] as const

  it.each(gone)('is not %s %s', async (method, path) => {
    const response = await thea(`/api/auth${path}`, method === 'GET' ? {} : send(method, { name: 'x' }))
    expect(response.status).toBe(404)
  })
})
