import { seekBy } from '../../system.js'

export function moveOffset(fd: number, count: number): void {
  seekBy(fd, count)
}
