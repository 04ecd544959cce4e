#!/usr/bin/env node
'use strict'
// The one shim behind `sluice` and every `sluice-<tool>`: the name it was called by says which. All output is
// written when the code is known; a socket or a watcher that is still open must not keep the process.
const { main } = require('./load.cjs')
main(process.argv[1], process.argv.slice(2), __filename).then((code) => process.exit(code))
