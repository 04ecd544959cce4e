// The one executable's beginning, as bin/sluice.cjs is the command's: the name it was called by says what it is.
import { main } from '../main.js'

void main(process.argv0, process.argv.slice(2), process.execPath).then((code) => process.exit(code))
