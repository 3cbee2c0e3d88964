import { type Html, html } from '../../../report/html.ts'
import { list, type Said, said, say } from '../../../report/words/say.ts'
import { entryOf } from '../../../server/registry.ts'
import type { Lesson, Question, WorksheetQuestion } from './lesson.ts'

/**
 * What is printed of a lesson, on A4: a sheet for students and a key for the teacher, whose style is worksheet.css. Put
 * into a language by `Html.in`.
 */

/** The sheet: predict, observe and read numbers off, explain, transfer. Nothing in it tells what is right. */
export function worksheetMarkup(lesson: Lesson): Html {
  const { predict, discuss, steps, transfer } = lesson
  return html`<article class="sheet">
${head(lesson, say`Worksheet`)}
<p class="who">${say`Date`} <span class="blank"></span> ${say`Group`} <span class="blank"></span></p>
<section><h2>${say`1. Predict, alone`}</h2>${choices(predict)}
<p>${say`Because`}</p>${lines(3)}</section>
<section><h2>${say`2. Discuss`}</h2><p>${discuss}</p>${lines(6)}
<p class="turn">${say`Turn over when everybody has predicted.`}</p></section>
<section class="over"><h2>${say`3. Observe`}</h2>
<ol class="steps">${steps.map(({ text }) => html`<li><span class="box"></span> ${text}</li>`)}</ol>
${table(lesson)}
</section>
<section><h2>${say`4. Explain`}</h2>
<p>${say`Why did it happen as it did? What did your prediction leave out?`}</p>${lines(4)}</section>
<section><h2>${say`5. Transfer`}</h2>${choices(transfer)}</section>
</article>`
}

/** The key: right options with reasons, what the run should have shown, and advice. */
export function answerKeyMarkup(lesson: Lesson): Html {
  const { predict, transfer, worksheet, explain, steps } = lesson
  return html`<article class="sheet key">
${head(lesson, say`Answer key, for the teacher`)}
<section><h2>${say`Predict`}</h2>${reasons(predict)}</section>
<section><h2>${say`Numbers`}</h2>
<p>${say`Every student has a run of their own: their own run decides, and theory stands beside it. pushlab check grades a saved worksheet in this way.`}</p>
<div class="wide"><table><thead><tr><th scope="col">${say`Question`}</th><th scope="col">${say`Theory`}</th><th scope="col">${say`Accepted`}</th></tr></thead>
<tbody>${worksheet.map(
    (question) =>
      html`<tr><th scope="row">${question.text}</th><td>${question.theory}</td><td>${toleranceText(question)}</td></tr>`,
  )}</tbody></table></div></section>
<section><h2>${say`Explain`}</h2>${explain(undefined).map((text) => html`<p>${text}</p>`)}</section>
<section><h2>${say`Transfer`}</h2>${reasons(transfer)}</section>
<section><h2>${say`If a step does not tick`}</h2>
<dl>${steps.map(({ text, notSeen }) => html`<dt>${text}</dt><dd>${notSeen}</dd>`)}</dl></section>
<section><h2>${say`Advice`}</h2><ul>
<li>${say`First vote: alone and in silence. Below 35 % right: explain the matter anew before you go on. From 35 to 70 %: let neighbours discuss, then vote again. Above 70 %: go on, and have one of them say why.`}</li>
<li>${say`Each wrong option is a misconception that people really have. Ask for the reason before you give yours.`}</li>
<li>${say`If live fails, play the recording of the lesson: the steps tick from it as well, and the page says that it is a recording.`}</li>
<li>${say`Numbers differ from machine to machine and from run to run. A surprising one is worth a second run, not a correction by hand.`}</li>
</ul></section>
</article>`
}

function head({ number, title, goal, setup }: Lesson, kind: Said): Html {
  const { lanes, settings } = setup
  const names = lanes.map(({ id, technique }) => {
    const title = id === technique ? entryOf(technique)?.title : undefined
    return title ? said(title) : id
  })
  return html`<header><p class="kind">${kind} · pushlab</p>
<h1>${say`Lesson ${number}: ${title}`}</h1>
<p class="goal">${goal}</p>
<p class="setup">${say`On the stage: ${list(names)}. Events a second: ${settings.ratePerSecond}; payload: ${settings.payloadBytes} B; poll interval: ${settings.pollIntervalMs} ms.`}</p></header>`
}

const letterOf = (index: number) => String.fromCharCode(65 + index)

function choices({ text, options }: Question): Html {
  return html`<p>${text}</p><ul class="choices">${options.map(
    (option, i) => html`<li><span class="box"></span> <b>${letterOf(i)}</b> ${option.text}</li>`,
  )}</ul>`
}

function reasons({ text, options }: Question): Html {
  return html`<p>${text}</p><ul class="choices">${options.map(
    ({ text, why, isRight }, i) =>
      html`<li${isRight ? html` class="right"` : ''}><b>${letterOf(i)}</b> ${isRight && html`<strong>✓ ${say`right`}</strong> `}${text}<br><span class="why">${why}</span></li>`,
  )}</ul>`
}

function table({ worksheet }: Lesson): Html {
  return html`<div class="wide"><table><thead><tr><th scope="col">${say`Read off your own run`}</th><th scope="col">${say`Your prediction`}</th><th scope="col">${say`Your run`}</th><th scope="col">${say`Unit`}</th></tr></thead>
<tbody>${worksheet.map(
    ({ text, unit }) =>
      html`<tr><th scope="row">${text}</th><td class="blank"></td><td class="blank"></td><td>${unit || say`a count`}</td></tr>`,
  )}</tbody></table></div>`
}

/** Lines to write on. */
function lines(count: number): Html {
  return html`<div class="lines" aria-hidden="true">${Array.from({ length: count }, () => html`<i></i>`)}</div>`
}

/** `± 5 %, at least ± 5 ms`, of the run's own value. */
export function toleranceText({ tolerance, unit }: WorksheetQuestion): Said {
  const { relative = 0, absolute = 0 } = tolerance
  const amount = unit ? `${absolute} ${unit}` : String(absolute)
  const share = `${Math.round(relative * 1_000) / 10} %`
  if (relative > 0 && absolute > 0) return say`± ${share} of the run's own value, or ± ${amount}`
  if (relative > 0) return say`± ${share} of the run's own value`
  return absolute > 0 ? say`± ${amount} of the run's own value` : say`exactly the run's own value`
}
