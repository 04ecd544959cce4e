export type { BatchSink, BatchSource } from '../base/channel.js'
