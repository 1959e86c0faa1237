#!/usr/bin/env node
// Entry: the command `calmpace`. It says in one line which Node is needed where the one that runs it is too old to load anything
// else: this file is written so that every Node can read it (ECMAScript 5), and so it must stay.
'use strict'

/**
 * @param {string} running version of Node, as process.versions tells it
 * @param {string} pinned version that package.json brings: older major versions are untested, and most cannot load TypeScript
 * @returns {string | null} why calmpace cannot run, or null where it can
 */
function findReason(running, pinned) {
  var needed = parseInt(pinned, 10)
  if (parseInt(running, 10) >= needed) return null
  return (
    'calmpace: needs Node ' +
    needed +
    ' or newer, this is Node ' +
    running +
    ' (' +
    process.execPath +
    '); in its folder, npm install brings one that npm run -s calmpace -- and npx calmpace use'
  )
}

/** What was compiled once is kept beside the packages: half of the time that a small command takes, and a server until it is ready.
 *  Whoever may write there may write the code itself; where nobody may, nothing is kept. */
function keepCompiled() {
  require('module').enableCompileCache(require('path').join(__dirname, '../node_modules/.cache/calmpace'))
}

function start() {
  var reason = findReason(process.versions.node, require('../package.json').dependencies.node)
  if (reason !== null) {
    process.stderr.write(reason + '\n')
    process.exitCode = 2
    return
  }
  keepCompiled()
  try {
    if (/[\\/]node_modules[\\/]/.test(__dirname)) require('./installed.cjs')
    require('./cli.ts')
  } catch (error) {
    if (error.code !== 'ERR_MODULE_NOT_FOUND') throw error
    var folder = require('path').dirname(__dirname)
    process.stderr.write('calmpace: its packages are not there: run npm install in ' + folder + '\n')
    process.exitCode = 1
  }
}

exports.findReason = findReason
if (require.main === module) start()
