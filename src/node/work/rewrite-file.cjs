// Entry of a thread that rewrites the database (rewrite-file.ts), wherever calmpace is installed.
'use strict'
if (/[\\/]node_modules[\\/]/.test(__dirname)) require('../../installed.cjs')
require('./rewrite-file.ts')
