// Entry of a thread that checks the log (check-log.ts), wherever calmpace is installed.
'use strict'
if (/[\\/]node_modules[\\/]/.test(__dirname)) require('../../installed.cjs')
require('./check-log.ts')
