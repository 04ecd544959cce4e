import { describe, expect, test } from 'vitest'
import { bash, type CommandResult } from '../support/command.js'
import { withFiles } from '../support/engines.js'

/** A line whose fields a byte ends that is no UTF-8, and a file that has it in its name. */
const content = Buffer.from('a\xe9b\xe9c\n1\xe92\xe93\n', 'latin1')
const setup = `B=$'\\xe9'; cp plain "f$B"; `

const commands = [
  'cut -d "$B" -f2 plain',
  'cut -d "$B$B" -f2 plain',
  'cut -f "$B" plain',
  'cut -d "$B" -f1,3 --output-delimiter="<$B>" plain',
  'paste -d "$B" plain plain',
  'join -t "$B" plain "f$B"',
  'join -t "$B$B" plain plain',
  'join -t, plain plain',
  'join -t "$B" -e "x$B" -o 1.1,2.9 plain plain',
  'sort -t "$B" -k2r plain',
  'sort -t "$B$B" plain',
  'sort -o "s$B" "f$B" && cat "s$B"',
  'tr "$B" , <plain',
  'tr -d "a-$B" <plain',
  'grep "[$B]b" plain',
  'grep -c "a${B}b" "f$B" plain',
  'grep -rl "a${B}b" --include="f*" .',
  'sed "s/$B/<&>/g;a\\\\$B" plain',
  'sed "y/$B/-/" plain',
  'sed -n "/1/w w$B" plain && cat "w$B"',
  'sed -i s/a/b/ "f$B" && cat "f$B"',
  'sed "k$B" plain',
  'env echo "x$B"',
  'env printf "%s|%5s$B|%q\\n" "x$B" "$B" "$B"',
  'seq -s "$B" 3',
  'nl -s "$B" plain',
  'tac -s "$B" plain',
  'comm --output-delimiter="$B" plain plain',
  'shuf -e "$B"',
  'fmt -p "$B" plain',
  'wc "f$B" plain',
  'printf "f$B\\0" | wc --files0-from=-',
  'head "f$B" "g$B"',
  'head --"$B"',
  'tail "f$B" plain',
  'cat "f$B" "g$B"',
  'tee "t$B" <plain && cat "t$B"',
  'gzip "f$B" && gunzip "f$B.gz" && cat "f$B"',
  'base64 "f$B"',
  'xargs env printf "%s\\n" <plain',
  'xargs -I"$B" env printf "%s\\n" "<$B>" <plain',
  'echo "f$B" | xargs cat',
]

describe('arguments that are no UTF-8, and file names, are taken to the byte as GNU takes them', () => {
  test.each(commands)('%s', async (command) => {
    const script = `${setup}${command} 2>&1 | od -c; echo \${PIPESTATUS[0]}`
    const [ours, theirs] = [await run(`PATH=$TOOLS:$PATH; ${script}`), await run(script)]
    expect(ours).toEqual(theirs)
  })
})

describe('so are those of a spec', () => {
  const specs = [
    `cut -d '\xe9' -f2 plain | sort`,
    `cut -d $'\\xe9' -f2 plain`,
    `cut -d $'\\351' -f2 <f\xe9`,
    `cat f?* | grep -c b`,
    `cat f\xe9 nofile\xe9 || true`,
    `/usr/bin/cat f\xe9`,
    `/usr/bin/printf '%s|' f\xe9 'x ' '' $'a\\n' 'per%cent\\n\\051'`,
    `echo f\xe9 | xargs cat`,
    `sort f\xe9 >o\xe9; cat o\xe9`,
    `grep -c \xe9 <<< 'x\xe9'`,
    `echo $(cat plain)`,
    `cat <(cut -d \xe9 -f1 f\xe9)`,
  ]
  test.each(specs)('%s', async (spec) => {
    const bytes = [...Buffer.from(spec, 'latin1')].map((byte) => `\\x${byte.toString(16).padStart(2, '0')}`)
    const script = (command: string): string =>
      `${setup}${command} $'${bytes.join('')}' 2>&1 | od -c; echo \${PIPESTATUS[0]}`
    expect(await run(script('"$SLUICE" -c'))).toEqual(await run(script('bash --norc -c')))
  })

  test.each([
    ['an argument behind the spec', `"$SLUICE" -c 'cut -d "$1" -f2 plain' name "$B"`],
    ['a spec in a file', `echo "cut -d '$B' -f2 plain" >s.pipe; "$SLUICE" s.pipe`],
    [
      'a spec that is printed anew',
      `echo "cut  -d '$B' -f2 plain" >s.pipe; "$SLUICE" fmt -w s.pipe; "$SLUICE" s.pipe`,
    ],
    ['a parameter', `printf 'param d: string\\ncut -d "$d" -f2 plain\\n' >s.pipe; "$SLUICE" s.pipe --d "$B"`],
    ['a process for each stage', `"$SLUICE" --engine processes -c "cut -d '$B' -f2 f$B | cat"`],
  ])('%s', async (_title, script) => {
    expect(await run(setup + script)).toEqual({ stdout: 'b\n2\n', stderr: '', end: 0 })
  })
})

async function run(script: string): Promise<CommandResult> {
  return await withFiles({ plain: content }, (cwd) => bash(script, { cwd }))
}
