// What each worker thread runs first: as calmpace.cjs does for the process, so that threads start from an installed package too.
'use strict'
if (/[\\/]node_modules[\\/]/.test(__dirname)) require('../../installed.cjs')
require('./thread-main.ts')
