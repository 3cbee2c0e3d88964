import { lessons as ours } from '../lessons/index.ts'
import { lessonFrom } from '../lessons/own-lesson.ts'

/** A lesson of one's own stands in the page itself, see ../built-pages.ts. */
const own = document.getElementById('own-lesson')?.textContent

/** All lessons that there are, in their order. */
export const lessons = own ? [...ours, lessonFrom(JSON.parse(own), ours.length + 1)] : ours
