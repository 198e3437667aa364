// Locks the page after time without use. What was typed stays in it; whoever it belongs to opens it again in place.
(function () {
  const body = document.body
  const idle = Number(body.dataset.idleSeconds) * 1000
  if (!idle) return
  const WARNING = 60 * 1000
  const ASK_EVERY = 60 * 1000
  const title = document.title
  const who = body.dataset.who
  let heard = Date.now() // when the server last heard of somebody here
  let asked = 0 // when the server was last told so
  let touched = 0 // when somebody last did something here
  let ends = heard + Number(body.dataset.sessionLeft) * 1000 // the session's end, however busy
  let warning = null
  let lock = null
  let before = null

  // Every page of this browser lives on one session: what one hears, all know.
  const others = 'BroadcastChannel' in window ? new window.BroadcastChannel('goldthread-session') : null
  function tell (what) { if (others) others.postMessage({ what, who }) }

  function make (tag, name, text) {
    const made = document.createElement(tag)
    if (name) made.className = name
    if (text) made.textContent = text
    return made
  }

  function ask (address, options) {
    return window.fetch(address, Object.assign({ redirect: 'error' }, options)).then(function (answer) {
      return answer.json().then(function (said) { return { ok: answer.ok, said } })
    })
  }

  function use () {
    heard = Date.now()
    if (warning) dismiss()
  }

  function stay () {
    asked = Date.now()
    window.fetch(body.dataset.stillHere, { redirect: 'manual' }).then(function (answer) {
      if (answer.type === 'opaqueredirect') return shut()
      return answer.json().then(function (said) {
        if (said.who !== who) return shut()
        use()
        tell('used')
      })
    }).catch(function () {}) // no connection: the clock goes on
  }

  function warn (until) {
    before = document.activeElement
    warning = make('div', 'app-session-warning')
    warning.setAttribute('role', 'alertdialog')
    warning.setAttribute('aria-labelledby', 'session-warning')
    const last = until === ends
    const says = make('p', 'govuk-body', last
      ? 'Your session ends in a minute: it is twelve hours old. This page is then locked until you sign in again.'
      : 'Nobody has used this page for a while. In a minute it is locked. What you have typed stays in it.')
    says.id = 'session-warning'
    const button = make('button', 'govuk-button', last ? 'I understand' : 'Stay signed in')
    button.type = 'button'
    button.addEventListener('click', last ? dismiss : stay)
    warning.append(says, button)
    body.append(warning)
    button.focus()
  }

  function dismiss () {
    warning.remove()
    warning = { remove: function () {} }
    if (before && before.focus) before.focus()
    if (Date.now() < Math.min(heard + idle, ends) - WARNING) warning = null
  }

  // Of all pages that lock at the same moment, one signs out for all: the others' tokens go with the session.
  function signOutOnce () {
    if (!navigator.locks) return signOut()
    navigator.locks.request('goldthread-sign-out', { ifAvailable: true }, function (mine) {
      if (!mine) return
      signOut()
      return new Promise(function (resolve) { window.setTimeout(resolve, 3000) })
    })
  }

  function signOut () {
    const form = document.querySelector('.app-masthead__out')
    const token = form && form.querySelector('[name=csrfmiddlewaretoken]')
    if (!token) return
    window.fetch(form.action, { method: 'POST', body: new URLSearchParams({ locked: 'yes' }), headers: { 'X-CSRFToken': token.value }, redirect: 'manual', keepalive: true }).catch(function () {})
  }

  // All that is in the page, but for the lock: it can neither be read nor reached.
  function hide (hidden) {
    body.classList.toggle('app-locked', hidden)
    Array.from(body.children).forEach(function (one) { if (one !== lock) one.inert = hidden })
    document.title = hidden ? 'Locked – Goldthread' : title
  }

  function field (id, words, type, autocomplete) {
    const group = make('div', 'govuk-form-group')
    const label = make('label', 'govuk-label', words)
    label.htmlFor = id
    const input = make('input', 'govuk-input')
    input.id = id
    input.type = type
    input.setAttribute('autocomplete', autocomplete)
    group.append(label, input)
    return { group, input }
  }

  function shut () {
    if (lock) return
    if (warning) { warning.remove(); warning = null } else before = document.activeElement
    lock = make('div', 'app-lock')
    lock.setAttribute('role', 'dialog')
    lock.setAttribute('aria-modal', 'true')
    lock.setAttribute('aria-labelledby', 'lock-title')
    const inner = make('div', 'app-lock__inner')
    const heading = make('h1', 'govuk-heading-l', 'This page is locked')
    heading.id = 'lock-title'
    const form = make('form')
    const wrong = make('p', 'govuk-error-message')
    wrong.setAttribute('role', 'alert')
    const password = field('lock-password', 'Password of ' + body.dataset.name, 'password', 'current-password')
    const code = field('lock-code', 'Code of your second factor', 'text', 'one-time-code')
    code.group.hidden = true
    code.input.inputMode = 'numeric'
    const button = make('button', 'govuk-button', 'Sign in again')
    form.append(wrong, password.group, code.group, button)
    form.addEventListener('submit', function (event) {
      event.preventDefault()
      tryToOpen({ password: password.input, code, wrong, button })
    })
    const link = make('a', 'govuk-link', 'Sign in on a page of its own')
    link.href = body.dataset.signIn + '?next=' + encodeURIComponent(window.location.pathname)
    const elsewhere = make('p', 'govuk-body')
    elsewhere.append(link, document.createTextNode(' instead. What was saved as you typed is offered back to you there.'))
    inner.append(heading, make('p', 'govuk-body', 'It was not used for half an hour, or you were signed out. What you typed is still in it: sign in again, and go on.'), form, elsewhere)
    lock.append(inner)
    body.append(lock)
    hide(true)
    password.input.focus()
  }

  function tryToOpen (at) {
    at.button.disabled = true
    const sent = new URLSearchParams({ who, password: at.password.value, code: at.code.input.value })
    // A fresh token first: the one in this page may have gone with the session.
    ask(body.dataset.unlock).then(function (answer) {
      return ask(body.dataset.unlock, { method: 'POST', body: sent, headers: { 'X-CSRFToken': answer.said.token } })
    }).then(function (answer) {
      if (answer.ok) return stillMine(answer.said)
      at.wrong.textContent = answer.said.says
      at.code.group.hidden = !answer.said.code
      const next = answer.said.code ? at.code.input : at.password
      next.value = ''
      next.focus()
    }).catch(function () {
      at.wrong.textContent = 'There is no connection. Try again in a moment.'
    }).finally(function () { at.button.disabled = false })
  }

  // Rights may have ended meanwhile: what this page shows must still be for whoever is back.
  function stillMine (said) {
    return window.fetch(window.location.href, { method: 'HEAD', redirect: 'manual' }).then(function (answer) {
      if (answer.ok || answer.status === 405) { open(said); tell('opened') } else window.location.reload()
    })
  }

  function open (said) {
    if (!lock || said.who !== who) return
    document.querySelectorAll('[name=csrfmiddlewaretoken]').forEach(function (one) { one.value = said.token })
    heard = Date.now()
    if (said.left) ends = heard + said.left * 1000
    lock.remove()
    hide(false)
    lock = null
    if (before && before.focus) before.focus()
    document.dispatchEvent(new Event('goldthread:opened'))
  }

  function look () {
    if (lock) return
    const now = Date.now()
    const until = Math.min(heard + idle, ends)
    if (now >= until) { shut(); signOutOnce() } else if (now >= until - WARNING) { if (!warning) warn(until) } else if (touched > heard && now - Math.max(heard, asked) > ASK_EVERY) stay()
  }

  if (others) {
    others.onmessage = function (event) {
      if (event.data.who !== who) return
      if (event.data.what === 'used') use()
      else if (event.data.what === 'left') shut()
      else if (lock) ask(body.dataset.stillHere).then(function (answer) { if (answer.ok) open(answer.said) }).catch(function () {})
    }
    tell('used')
  }
  document.addEventListener('htmx:afterRequest', function () { use(); tell('used') })
  document.addEventListener('goldthread:seen', function () { use(); tell('used') })
  for (const name of ['keydown', 'pointerdown', 'input', 'scroll', 'touchstart']) {
    document.addEventListener(name, function () { if (!lock && !warning) touched = Date.now() }, { capture: true, passive: true })
  }
  const out = document.querySelector('.app-masthead__out')
  if (out) out.addEventListener('submit', function () { tell('left') })
  document.addEventListener('visibilitychange', look)
  window.addEventListener('pageshow', look)
  window.setInterval(look, 1000)
})()
