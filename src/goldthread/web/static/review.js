// Saves each answer of a case review as it is typed, with the version that was seen. Without it, “Save” saves all.
(function () {
  const form = document.querySelector('form[data-review-save]')
  if (!form) return
  const PAUSE = 1200
  const AGAIN = 6000
  const address = form.dataset.reviewSave
  const token = form.querySelector('[name=csrfmiddlewaretoken]')
  const questions = Array.from(form.querySelectorAll('[data-question]')).map(start)
  let sending = false

  function start (box) {
    const name = box.dataset.question
    const one = {
      name, box, timer: null, busy: false, again: false, clashed: false,
      version: box.querySelector('[name="version-' + name + '"]'),
      why: box.querySelector('[name="why-' + name + '"]'),
      more: Array.from(box.querySelectorAll('[data-more]')),
      hangsOn: conditions(box.dataset.hangsOn),
      radios: Array.from(box.querySelectorAll('input[type=radio]')),
      status: box.querySelector('[data-status]')
    }
    one.saved = asServed(one)
    one.clashed = box.classList.contains('app-question--clash')
    one.radios.forEach(function (radio) { radio.addEventListener('change', function () { fold(); soon(one, 0) }) })
    one.more.forEach(function (input) {
      input.addEventListener('input', function () { waits(one); soon(one, PAUSE) })
      input.addEventListener('change', function () { soon(one, 0) })
    })
    one.why.addEventListener('input', function () { waits(one); soon(one, PAUSE) })
    one.why.addEventListener('change', function () { soon(one, 0) })
    return one
  }

  function valueOf (one) {
    const chosen = one.radios.find(function (radio) { return radio.checked })
    return chosen ? chosen.value : ''
  }

  function textOf (one) {
    return JSON.stringify([valueOf(one), one.why.value, one.more.map(function (input) { return input.value })])
  }

  // What the server sent, and not what stands in the boxes: words may be typed before this script has come.
  function asServed (one) {
    const chosen = one.radios.find(function (radio) { return radio.defaultChecked })
    return JSON.stringify([chosen ? chosen.value : '', one.why.defaultValue, one.more.map(function (input) {
      if (!input.options) return input.defaultValue
      const option = Array.from(input.options).find(function (option) { return option.defaultSelected })
      return option ? option.value : ''
    })])
  }

  // “a=yes|no b=met”: what must have been answered before a question is asked.
  function conditions (written) {
    return (written || '').split(' ').filter(Boolean).map(function (one) {
      const parts = one.split('=')
      return { name: parts[0], answers: parts[1].split('|') }
    })
  }

  function asked (one) {
    return one.hangsOn.every(function (condition) {
      const earlier = questions.find(function (other) { return other.name === condition.name })
      return earlier && asked(earlier) && condition.answers.includes(valueOf(earlier))
    })
  }

  // What is not asked folds away, and comes back with what was typed in it. A clash stays to be seen.
  function fold () {
    questions.forEach(function (one) { one.box.hidden = !asked(one) && !one.clashed })
    form.querySelectorAll('[data-group]').forEach(function (group) {
      const told = group.querySelector('[data-folded]')
      const count = group.querySelectorAll('[data-question][hidden]').length
      if (!told) return
      told.hidden = !count
      told.textContent = (count === 1 ? '1 question hangs' : count + ' questions hang') + ' on what you answer above, and ' + (count === 1 ? 'is' : 'are') + ' not asked so far.'
    })
  }

  function dirty (one) { return one.busy || textOf(one) !== one.saved }

  function soon (one, pause) {
    if (one.clashed) return
    window.clearTimeout(one.timer)
    one.timer = window.setTimeout(function () { save(one) }, pause)
  }

  // “Saved” must not stand beside words that are not: it gives way to the truth at the first key.
  function waits (one) {
    if (!one.clashed && textOf(one) !== one.saved && one.status.textContent.startsWith('Saved')) say(one, 'Not saved yet')
  }

  function say (one, words, kind) {
    one.status.textContent = words
    one.status.className = 'app-saved' + (kind ? ' app-saved--' + kind : '')
  }

  function save (one, closing) {
    window.clearTimeout(one.timer)
    if (one.clashed || textOf(one) === one.saved) return Promise.resolve()
    // A locked page has nobody signed in: it waits, and is told when it is opened.
    if (document.body.classList.contains('app-locked') && !closing) return Promise.resolve()
    if (one.busy && !closing) { one.again = true; return one.busy }
    const sent = textOf(one)
    const body = new URLSearchParams({
      question: one.name, value: valueOf(one), why: one.why.value, version: one.version.value,
      instrument: form.querySelector('[name=instrument]').value
    })
    one.more.forEach(function (input) { body.append('more-' + input.dataset.more + '-' + one.name, input.value) })
    if (!closing) say(one, 'Saving…', 'busy')
    one.busy = window.fetch(address, { method: 'POST', body, headers: { 'X-CSRFToken': token.value }, keepalive: closing === true, redirect: 'error' })
      .then(function (answer) {
        const json = (answer.headers.get('Content-Type') || '').startsWith('application/json')
        if (!json) throw new Error('not ours')
        return answer.json().then(function (told) { took(one, sent, told) })
      })
      .catch(function () {
        // Whoever signed in again in another tab has a new token: the next try is sent with it.
        document.dispatchEvent(new Event('goldthread:refused'))
        say(one, navigator.onLine
          ? 'Not saved: Goldthread does not answer, or you were signed out. Keep this page open: it tries again. If you were signed out, sign in again in another tab.'
          : 'Not saved: no connection. Keep this page open; it tries again.', 'failed')
        one.timer = window.setTimeout(function () { save(one) }, AGAIN)
      })
      .finally(function () {
        one.busy = false
        if (one.again) { one.again = false; save(one) }
      })
    return one.busy
  }

  function took (one, sent, told) {
    if (told.clash) { clash(one, told.clash); return }
    if (told.says) { say(one, 'Not saved: ' + told.says, 'failed'); return }
    one.saved = sent
    one.version.value = told.version
    say(one, 'Saved ' + told.saved_at)
    waits(one)
    count(told)
    // An answer ends a pause: what says that time is not counted is true no longer.
    const paused = document.querySelector('[data-paused]')
    if (paused) paused.hidden = true
  }

  function count (told) {
    const shown = form.querySelector('[data-answered]')
    const number = document.createElement('strong')
    number.textContent = told.answered + ' of ' + told.asked
    shown.replaceChildren(number, ' ' + (shown.dataset.words || 'answered'))
    const next = form.querySelector('[data-next]')
    const open = questions.find(function (one) { return one.radios.length && !one.box.hidden && !valueOf(one) })
    if (!next) return
    next.hidden = !open
    if (open) next.querySelector('a').href = '#q-' + open.name
  }

  function paragraph (words, css) {
    const made = document.createElement('p')
    made.className = css
    made.textContent = words
    return made
  }

  function button (words, act) {
    const made = document.createElement('button')
    made.type = 'button'
    made.className = 'govuk-button govuk-button--secondary'
    made.textContent = words
    made.addEventListener('click', act)
    return made
  }

  function clash (one, theirs) {
    one.clashed = true
    const label = one.radios.find(function (radio) { return radio.value === theirs.value })
    const words = label ? label.nextElementSibling.textContent : ''
    const panel = document.createElement('div')
    panel.className = 'app-concern'
    panel.setAttribute('role', 'alert')
    const group = document.createElement('div')
    group.className = 'govuk-button-group'
    group.append(
      button('Keep mine', function () {
        one.version.value = theirs.version
        done(false)
        save(one)
      }),
      button('Take the other', function () {
        one.version.value = theirs.version
        one.why.value = theirs.why
        one.radios.forEach(function (radio) { radio.checked = radio.value === theirs.value })
        one.more.forEach(function (input) { input.value = (theirs.more || {})[input.dataset.more] || '' })
        fold()
        one.saved = textOf(one)
        done(true)
      })
    )
    panel.append(
      paragraph('Saved elsewhere at ' + theirs.saved_at + ': ' + words, 'govuk-body'),
      paragraph([theirs.why || '(no text)'].concat(Object.values(theirs.more || {})).join(' · '), 'govuk-body app-words'),
      paragraph('Yours is below and is not saved yet.', 'govuk-hint'),
      group
    )
    one.box.prepend(panel)
    say(one, 'Not saved: choose which text to keep.', 'failed')
    function done (taken) {
      one.clashed = false
      panel.remove()
      one.why.focus()
      if (taken) say(one, 'As saved at ' + theirs.saved_at)
    }
  }

  fold()
  questions.filter(dirty).forEach(function (one) { soon(one, PAUSE) })
  // What is still on its way is waited for, so that a save by button cannot clash with a save by itself.
  form.addEventListener('submit', function (event) {
    if (sending || !questions.some(function (one) { return one.busy })) { sending = true; return }
    event.preventDefault()
    const pressed = event.submitter
    Promise.all(questions.map(function (one) { return one.busy || null })).then(function () {
      sending = true
      form.requestSubmit(pressed)
    })
  })
  window.addEventListener('pageshow', function () { sending = false; fold() })
  // A page that was locked and is opened again has a token that counts: what waited is sent with it at once.
  document.addEventListener('goldthread:opened', function () { questions.filter(dirty).forEach(function (one) { save(one) }) })
  window.addEventListener('online', function () { questions.filter(dirty).forEach(function (one) { save(one) }) })
  window.addEventListener('pagehide', function () {
    if (!sending) questions.filter(dirty).forEach(function (one) { save(one, true) })
  })
  window.addEventListener('beforeunload', function (event) {
    if (!sending && questions.some(function (one) { return textOf(one) !== one.saved })) event.preventDefault()
  })
})()
