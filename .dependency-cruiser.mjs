// The flow of the source: a folder may import itself, base/, and the folders named for it.
const layers = {
  base: [],
  syntax: [],
  kernel: [],
  tools: ['kernel'],
  plan: ['syntax'],
  optimise: ['plan', 'syntax'],
  run: ['plan', 'kernel', 'syntax'],
  report: ['run', 'optimise', 'plan', 'syntax'],
}

export default {
  forbidden: [
    { name: 'no-cycle', severity: 'error', from: {}, to: { circular: true } },
    { name: 'no-unresolved', severity: 'error', from: {}, to: { couldNotResolve: true } },
    ...Object.entries(layers).map(([folder, allowed]) => ({
      name: `layer-${folder}`,
      comment: `${folder}/ may import base/${allowed.map((name) => `, ${name}/`).join('')} only`,
      severity: 'error',
      from: { path: `^src/${folder}/` },
      to: { path: '^src/', pathNot: `^src/(${[folder, 'base', ...allowed].join('|')})/` },
    })),
  ],
  options: {
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^src/kernel/assembly/' },
  },
}
