#!/usr/bin/env node
'use strict'
// The one shim behind `sluice` and every `sluice-<tool>`: the name it was called by says which.
void require('../dist/sluice.cjs').main(process.argv[1], process.argv.slice(2), __filename)
