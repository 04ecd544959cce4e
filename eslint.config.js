import js from '@eslint/js'
import { importX } from 'eslint-plugin-import-x'
import { createTypeScriptImportResolver } from 'eslint-import-resolver-typescript'
import tseslint from 'typescript-eslint'

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
const allFolders = [...Object.keys(layers), 'render', 'api']

export default tseslint.config(
  {
    ignores: [
      'dist/',
      'node_modules/',
      'src/kernel/assembly/',
      'src/kernel/module.generated.ts',
      'test/types/wrong/',
    ],
  },
  js.configs.recommended,
  ...tseslint.configs.strictTypeChecked,
  {
    languageOptions: {
      parserOptions: {
        projectService: { allowDefaultProject: ['*.js', 'scripts/*.mjs', 'bin/*.cjs', 'bench/*.mjs'] },
        tsconfigRootDir: import.meta.dirname,
      },
    },
    plugins: { 'import-x': importX },
    settings: { 'import-x/resolver-next': [createTypeScriptImportResolver()] },
    rules: {
      'import-x/no-cycle': ['error', { ignoreExternal: true }],
      'import-x/no-restricted-paths': ['error', { zones: Object.entries(layers).map(zone) }],
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      '@typescript-eslint/restrict-template-expressions': [
        'error',
        { allowNumber: true, allowBoolean: true },
      ],
      '@typescript-eslint/no-confusing-void-expression': [
        'error',
        { ignoreArrowShorthand: true, ignoreVoidReturningFunctions: true },
      ],
      // These see neither a flag that another task changes while this one waits, nor methods without `this`.
      '@typescript-eslint/no-unnecessary-condition': 'off',
      '@typescript-eslint/unbound-method': 'off',
      '@typescript-eslint/no-misused-spread': 'off',
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
      // A stage that never waits is still a generator, for the scheduler.
      'require-yield': 'off',
      'no-control-regex': 'off',
    },
  },
  {
    files: ['**/*.{js,mjs,cjs}'],
    extends: [tseslint.configs.disableTypeChecked],
    languageOptions: { globals: nodeGlobals() },
    rules: { '@typescript-eslint/no-require-imports': 'off' },
  },
)

function zone([folder, allowed]) {
  const forbidden = allFolders.filter((other) => ![folder, 'base', ...allowed].includes(other))
  return {
    target: `./src/${folder}`,
    from: [...forbidden.map((other) => `./src/${other}`), './src/main.ts'],
    message: `${folder}/ may import base/${allowed.map((name) => `, ${name}/`).join('')} only`,
  }
}

function nodeGlobals() {
  return Object.fromEntries(
    [
      '__dirname',
      '__filename',
      'exports',
      'process',
      'console',
      'URL',
      'Buffer',
      'require',
      'module',
      'performance',
      'setTimeout',
    ].map((name) => [name, 'readonly']),
  )
}
