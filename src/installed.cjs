// Node reads TypeScript everywhere but in `node_modules`. Installed as a package calmpace stands there: whoever requires this file
// (calmpace.cjs) has Node's own stripper read calmpace's files from then on, and nobody else's.
'use strict'
const { readFileSync } = require('node:fs')
const { registerHooks, stripTypeScriptTypes } = require('node:module')
const { fileURLToPath, pathToFileURL } = require('node:url')

const own = pathToFileURL(`${__dirname}/`).href

// It says once that it is experimental: nothing that whoever types a command can do anything about.
const emitWarning = process.emitWarning.bind(process)
process.emitWarning = () => undefined
stripTypeScriptTypes('')
process.emitWarning = emitWarning

registerHooks({
  load(url, context, nextLoad) {
    if (!url.startsWith(own) || !url.endsWith('.ts')) return nextLoad(url, context)
    const source = stripTypeScriptTypes(readFileSync(fileURLToPath(url), 'utf8'))
    return { format: 'module', shortCircuit: true, source }
  },
})
