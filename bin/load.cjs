'use strict'
// Loads the command's modules, each with V8's compiled form of it beside it: compiling takes most of a start. The forms
// are made when the package is built; another version of Node refuses them and compiles as usual.
const fs = require('node:fs')
const path = require('node:path')
const vm = require('node:vm')

const folder = path.join(__dirname, '../dist/command')
const modules = new Map()

function load(name) {
  if (!name.startsWith('./')) return require(name)
  const known = modules.get(name)
  if (known !== undefined) return known.exports
  const filename = path.join(folder, name)
  // The text is ASCII, which needs no decoding.
  const text = fs.readFileSync(filename, 'latin1')
  const script = new vm.Script(`(function (exports, require, module, __dirname) {${text}\n})`, {
    filename,
    cachedData: readIfThere(`${filename}.cache`),
    importModuleDynamically: vm.constants.USE_MAIN_CONTEXT_DEFAULT_LOADER,
  })
  const module = { exports: {}, filename, script }
  modules.set(name, module)
  script.runInThisContext()(module.exports, load, module, folder)
  return module.exports
}

function readIfThere(file) {
  try {
    return fs.readFileSync(file)
  } catch {
    return undefined
  }
}

try {
  const { main, serveThread } = load('./main.js')
  exports.main = main
  exports.serveThread = serveThread
} catch (error) {
  // Node would show the line it comes from, which is most of the program.
  process.stderr.write(`sluice: cannot start: ${error.message}\n`)
  process.exit(70)
}

/** Writes the compiled form of what has run so far. */
exports.saveCache = () => {
  for (const { filename, script } of modules.values())
    fs.writeFileSync(`${filename}.cache`, script.createCachedData())
}
