// What a TCX `Sport` or a GPX `type` means: another sport is set aside by every word that programs write for it, and whatever
// may be a run stays one.
import { describe, expect, it } from 'vitest'
import { isSetAside } from '../../../src/domain/sport.ts'
import { sportWords } from '../../../src/formats/xml/sports.ts'

describe('the words for a sport', () => {
  it.each([
    ['Biking', 'cycling'],
    ['road_biking', 'cycling'],
    ['mountain_biking', 'cycling'],
    ['indoor_cycling', 'cycling'],
    ['gravel_cycling', 'cycling'],
    ['VirtualRide', 'cycling'],
    ['virtual_ride', 'cycling'],
    ['EBikeRide', 'e_biking'],
    ['E-Bike Ride', 'e_biking'],
    ['Swim', 'swimming'],
    ['lap_swimming', 'swimming'],
    ['open_water_swimming', 'swimming'],
    ['rowing', 'rowing'],
    ['Stand Up Paddleboarding', 'stand_up_paddleboarding'],
  ])('%s is another sport: %s', (text, sport) => {
    expect(sportWords(text).sport).toBe(sport)
    expect(isSetAside(sportWords(text).sport, null)).toBe(true)
  })

  it.each([
    'Running',
    'VirtualRun',
    'trail_running',
    'treadmill_running',
    'Walk',
    'speed_walking',
    'Other',
    'Hardlopen',
    '',
    null,
  ])('%s is none', (text) => {
    expect(isSetAside(sportWords(text).sport, null)).toBe(false)
  })

  it('takes no word of an object for a sport', () => {
    expect(sportWords('constructor').sport).toBe('unknown')
  })
})
