/**
 * The TypeScript front door. A pipeline is made of stages, checked by the compiler, and run by the same plan,
 * optimiser and runtime as its text form.
 */
export { type Outcome, PipelineError } from './error.js'
export type { Flow, Stage } from './flow.js'
export { type Pipeline, pipe, type RunOptions } from './pipeline.js'
export { command, eachLine, file, from, into, through, transform } from './stages.js'
export { type Hole, sluice } from './template.js'
export * from './tools.js'
