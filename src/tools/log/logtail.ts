import { defineTool } from '../../base/tool.js'
import { lines, nothing } from '../../base/type.js'
import { printLogs } from './logtail/follow.js'
import { logtailOptions, settleLogtail } from './logtail/settings.js'

const follows = 'leave it out: logs are followed, by their names, unless --no-follow is given'
const number = 'it is --from=N'
const interval = 'it is --interval=TIME'

/** Of tail. */
const elsewhere = {
  f: follows,
  F: follows,
  follow: follows,
  retry: follows,
  n: number,
  lines: number,
  s: interval,
  'sleep-interval': interval,
}

export const logtail = defineTool({
  name: 'logtail',
  group: 'log',
  summary: 'follow logs through their rotation',
  usage: ['[OPTION]... FILE|GLOB...'],
  options: logtailOptions,
  syntax: { elsewhere },
  status: {
    trouble: 2,
    tellsHelp: true,
    meaning: {
      0: 'all logs were read',
      1: 'a log or the checkpoint could not be read or written',
      2: 'wrong usage',
    },
  },
  settle: settleLogtail,
  types: () => ({ input: nothing, output: lines }),
  traits: () => ({ memory: 'stream' }),
  details: [
    'Writes the lines that are added to each FILE, or to each file that a quoted GLOB matches, also to those that come later; these are read from their start. A line goes out when it is whole, as soon as it is written. A file that is not there is waited for.',
    'A rotated log is read to its last line, and then the new one from its first: when the file is renamed and made anew, when it is deleted, and when it is copied and truncated. A renamed file is followed for another minute after its last line, for a writer that has not noticed. If several rotations happened between two looks, the files between are found under the names that rotation gives them (app.log.1, app.log-20251123, app.1.log, each also with .gz) by what they begin with.',
    'A file was truncated if it is shorter than what was read of it, or begins otherwise. What was written to it between the last look and the truncation is read from its copy, if the copy has a rotated name in the same folder; otherwise nobody can read it any more. The first 1024 bytes tell a file from others, or as many as were read: logs that are the same to there are taken for one.',
    'With --checkpoint, FILE says how far each log was read, as far as the reader (the next stage, or the system) took it. It is written whenever all that is there was read, and at the latest after a batch of 1 MiB: beside FILE, and then renamed, so it is always whole. Each place is kept with a digest of what its file begins with, not with the name or the number of the file alone: it is found again when it was renamed, copied or compressed meanwhile, and files that came after it are read in their order. Ended by SIGTERM or SIGINT, logtail goes on exactly there the next time, if its reader takes within 80 milliseconds what it was given; killed by SIGKILL, it repeats at most one batch (or one longer line), and loses nothing. Logs that FILE knows and that are not followed this time keep their place. A log that FILE does not know begins as --from says.',
    'With --rotated, older files are read first in the order of their names; those that are compressed are unpacked, one after the other, to a file without a name in the folder for temporary files.',
    'A file that was copied in the middle of a line is joined to the next one there. One that was renamed and never got its last line end gets one when the next minute is over.',
    'Messages are for what cannot be read; the others are read on, and the exit status is 1 at the end.',
  ],
  examples: [
    {
      about: 'What a log holds now',
      spec: 'printf "a\\nb\\n" >app.log; logtail --no-follow app.log',
      stdout: 'a\nb\n',
    },
  ],
  asynchronous: true,
  *run(settings, io) {
    return (yield* printLogs(settings, io)) ? 0 : 1
  },
})
