import { constantTool } from './constant.js'

export const fail = constantTool('false', 'do nothing, unsuccessfully', 1)
