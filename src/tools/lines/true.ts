import { constantTool } from './constant.js'

export const succeed = constantTool('true', 'do nothing, successfully', 0)
