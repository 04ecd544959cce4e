'use strict'
// Loads the bundle with V8's compiled form of it beside it, which saves a third of the start. The form is made
// when the package is built; another version of Node refuses it and compiles the bundle as usual.
const fs = require('node:fs')
const { createRequire } = require('node:module')
const path = require('node:path')
const vm = require('node:vm')

const bundle = `${__dirname}/../dist/sluice.cjs`
const cache = `${bundle}.cache`

const script = new vm.Script(
  `(function (module, require, __dirname) {${fs.readFileSync(bundle, 'utf8')}\n})`,
  {
    filename: bundle,
    cachedData: fs.existsSync(cache) ? fs.readFileSync(cache) : undefined,
    importModuleDynamically: vm.constants.USE_MAIN_CONTEXT_DEFAULT_LOADER,
  },
)
const bundled = { exports: {} }
script.runInThisContext()(bundled, createRequire(bundle), path.dirname(bundle))

exports.main = bundled.exports.main
exports.serveThread = bundled.exports.serveThread

/** Writes the compiled form of what has run so far. */
exports.saveCache = () => fs.writeFileSync(cache, script.createCachedData())
