// How long it takes until a small answer is there.
const node = 'node -e 0'

export const startUp = {
  name: 'start-up',
  about: 'a small answer, against `node -e 0`',
  goal: { times: 1 / 1.2 },
  rows: [
    { name: 'spec', spec: 'grep x $F | wc -l' },
    {
      name: 'bin-tools',
      ours: "sluice-cut -d' ' -f1 $F | sluice-grep x | sluice-wc -l",
      goal: { times: 1 / 2 },
    },
    {
      name: 'standalone',
      ours: "exec build/sluice -c 'grep x $F | wc -l'",
      needs: 'build/sluice',
      goal: { times: 1 / 1.2, seconds: 0.025 },
    },
  ].map((row) => ({ ...row, input: 'small', base: 'node', peers: { node }, runs: 21 })),
}
