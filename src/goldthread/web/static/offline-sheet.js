// Works on an offline pack without a connection: opens what is sealed on this device, seals every answer as it is
// typed, and sends answers home when there is a connection. The key is in memory only, here and in the worker.
(function () {
  const store = window.goldthreadOffline
  const shapes = window.goldthreadOfflineForm
  const body = document.body
  const still = body.dataset.stillHere
  const idle = Number(body.dataset.idleSeconds) * 1000
  const WAIT = 400
  const HOLD_EVERY = 8000
  const CONTACT_EVERY = 30000
  const HOUR = 3600 * 1000
  const says = document.querySelector('[data-says]')
  const net = document.querySelector('[data-net]')
  const home = document.querySelector('[data-act=home]')
  const page = document.querySelector('[data-page]')
  const list = document.querySelector('[data-cases]')
  const sheet = document.querySelector('[data-sheet]')
  const others = 'BroadcastChannel' in window ? new window.BroadcastChannel('goldthread-session') : null
  let pack = null
  let key = null
  let cases = [] // those of the pack, opened
  let shown = null
  let used = Date.now()
  let busy = false
  let trouble = ''
  let passing = ''
  let writing = Promise.resolve()

  function clock (at) { return new Date(at).toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit' }) }

  function place (told, question) { return told.id + '/' + question }

  // Nothing of any child is left on the page or in memory.
  function shut (words, mayOpen) {
    key = null
    cases = []
    shown = null
    net.textContent = ''
    sheet.replaceChildren()
    list.replaceChildren()
    list.hidden = true
    home.hidden = true
    says.textContent = words
    ways()
    if (mayOpen) {
      store.all('answers').then(function (left) {
        if (left.length) says.textContent = words + ' ' + store.waits(left.length)
      }).catch(function () {})
    }
  }

  // Without a connection no other page can be shown, so none is led to.
  function ways () {
    page.hidden = !pack || !navigator.onLine
    if (pack) page.href = pack.page
    if (!key) net.textContent = pack && !navigator.onLine ? 'No connection. The pack’s page opens once there is one.' : ''
  }

  function follow (event) {
    const link = event.target.closest('a[href]')
    if (!link || link.getAttribute('href').startsWith('#') || event.ctrlKey || event.metaKey || event.shiftKey) return
    event.preventDefault()
    window.fetch(still, { redirect: 'manual' }).then(function () { window.location = link.href })
      .catch(function () { pass(store.words(store.unreached()) + ' That page opens once there is a connection.') })
  }

  // Said until Goldthread is heard of again.
  function pass (words) {
    says.textContent = words
    passing = words
  }

  function begin () {
    if (!window.indexedDB || !window.crypto.subtle || !('serviceWorker' in navigator)) return shut('An offline pack is not available in this browser.')
    return store.pack().then(function (told) {
      pack = told
      if (!told) return shut('There is no offline pack on this device. Take one from the cases of your inspection while you have a connection.')
      if (told.purged || Date.now() >= told.over_at) return look()
      return store.tellWorker({}).then(function (held) {
        if (!held || held.pack !== told.id) return shut('The pack is closed: its key was held in memory only, and is gone. It opens again from its page, with a connection and your password.', true)
        key = held.key
        return openAll().then(function () {
          home.hidden = false
          says.textContent = ''
          ways()
          draw()
          look()
        })
      })
    }).catch(function () { shut('What is on this device could not be read. Open the pack’s page with a connection.') })
  }

  // The cases as they were taken, with what was answered here since.
  function openAll () {
    return Promise.all([store.all('cases'), store.all('answers')]).then(function (both) {
      both[0].sort(function (a, b) { return a.place - b.place })
      return Promise.all(both[0].map(function (one) { return store.unseal(key, pack.id + '/' + one.id, one) })).then(function (opened) {
        cases = opened
        return Promise.all(both[1].map(function (one) {
          return store.unseal(key, pack.id + '/' + one.case + '/' + one.question, one).then(function (typed) { lay(one, typed) })
        }))
      })
    })
  }

  function items (told) { return told.groups.flatMap(function (group) { return group.items }) }

  function find (at) {
    const told = cases.find(function (one) { return one.id === at.case })
    return told && items(told).find(function (one) { return one.question === at.question })
  }

  function lay (at, typed) {
    const item = find(at)
    if (!item) return
    item.value = typed.value
    item.why = typed.why
    item.beside = typed.more
    item.version = at.version
    item.kept = at.at
  }

  function draw () {
    const buttons = cases.map(function (told) {
      const one = shapes.make('button', 'govuk-button govuk-button--secondary', told.title)
      one.type = 'button'
      one.setAttribute('aria-pressed', String(shown && shown.told.id === told.id))
      one.addEventListener('click', function () { draws(told); shown.form.querySelector('h2').focus() })
      return one
    })
    const group = shapes.make('div', 'govuk-button-group')
    group.append(...buttons)
    list.replaceChildren(group)
    list.hidden = cases.length < 2
    if (!shown && cases.length) draws(cases[0])
  }

  function draws (told) {
    const warning = shapes.make('p', 'govuk-body app-concern', 'Nobody is told of this before it is sent home. If the child may be unsafe now, telephone the lead inspector at once.')
    const made = shapes.build(told, warning)
    made.told = told
    made.form.querySelector('h2').tabIndex = -1
    made.questions.forEach(function (one) { listen(told, one, made) })
    shown = made
    sheet.replaceChildren(made.form)
    draw()
  }

  function listen (told, one, made) {
    let timer = null
    one.last = JSON.stringify(one.read())
    if (one.item.kept) one.status.textContent = 'Kept on this device ' + clock(one.item.kept) + ', not sent home yet'
    else if (one.item.told) one.status.textContent = one.item.told
    function soon (pause) {
      window.clearTimeout(timer)
      if (JSON.stringify(one.read()) !== one.last) one.status.textContent = 'Not kept yet'
      timer = window.setTimeout(function () { keep(told, one) }, pause)
    }
    one.box.addEventListener('input', function () { soon(WAIT) })
    one.box.addEventListener('change', function () { made.fold(); soon(0) })
  }

  // One after the other, so that an earlier text never takes the place of a later one.
  function keep (told, one) {
    writing = writing.then(function () {
      const typed = one.read()
      const now = JSON.stringify(typed)
      if (!key || now === one.last) return null
      const at = { pack: pack.id, case: told.id, question: one.item.question, at: Date.now() }
      return store.seal(key, pack.id + '/' + place(told, at.question), typed).then(function (sealed) {
        at.version = one.item.version
        return store.within('readwrite', function (stores) { stores.answers.put(Object.assign(at, sealed), place(told, at.question)) })
      }).then(function () {
        one.last = now
        lay(at, typed)
        one.status.className = 'app-saved'
        one.status.textContent = 'Kept on this device ' + clock(at.at) + ', not sent home yet'
      })
    }).catch(function () {
      one.status.className = 'app-saved app-saved--failed'
      one.status.textContent = 'Not kept: this device has no room or refused. Do not close the page.'
    })
    return writing
  }

  // What came home: the sealed case is written again with it, so that it stands there when the answer itself is gone.
  function came (said) {
    const touched = new Set()
    said.came.forEach(function (one) {
      const item = find(one)
      if (!item) return
      if (one.outcome === 'merged') item.version = one.version
      item.told = { merged: 'Sent home ' + clock(Date.now()), clash: 'Answered elsewhere too: both are kept. Choose on the pack’s page.', refused: 'Kept beside the review: ' + one.says }[one.outcome] || 'Could not be read'
      touched.add(one.case)
    })
    return store.all('answers').then(function (left) {
      said.came.forEach(function (one) {
        const item = find(one)
        if (!item || left.some(function (other) { return other.case === one.case && other.question === one.question })) return
        delete item.kept
        const open = shown && shown.told.id === one.case && shown.questions.find(function (other) { return other.item === item })
        if (open && JSON.stringify(open.read()) === open.last) open.status.textContent = item.told
      })
      const held = cases.filter(function (one) { return said.cases.includes(one.id) })
      return Promise.all(held.filter(function (one) { return touched.has(one.id) }).map(reseal)).then(function () { return dropped(said, held) })
    })
  }

  function reseal (told) {
    return store.seal(key, pack.id + '/' + told.id, told).then(function (sealed) {
      return store.within('readwrite', function (at) {
        const before = at.cases.get(told.id)
        before.onsuccess = function () { if (before.result) at.cases.put(Object.assign(before.result, sealed), told.id) }
      })
    })
  }

  // A case that is no longer its reviewer's to work on is deleted here, once its answers are home.
  function dropped (said, held) {
    const gone = cases.filter(function (one) { return !held.includes(one) })
    if (!gone.length) return null
    return store.within('readwrite', function (at) { gone.forEach(function (one) { at.cases.delete(one.id) }) }).then(function () {
      cases = held
      if (shown && gone.includes(shown.told)) { shown = null; sheet.replaceChildren() }
      says.textContent = gone.map(function (one) { return one.title }).join(', ') + ': no longer yours to work on, so it was deleted here. What you answered went home first.'
      draw()
    })
  }

  // With a connection: whether the pack may stay, and what was answered goes home.
  function look () {
    if (busy || !pack) return Promise.resolve()
    busy = true
    trouble = ''
    tell()
    return writing.then(function () { return store.look(still, navigator.onLine) }).then(function (found) {
      if (!found) return shut('There is no offline pack on this device any more.')
      pack = found.pack
      if (found.state === 'purged') return shut('The time of this pack is over. The cases were deleted here.', true)
      if (found.state === 'gone') {
        return shut('The pack was deleted from this device. ' + store.farewell(found))
      }
      if (!navigator.onLine || !key) return null
      if (passing && says.textContent === passing) pass('')
      if (others) others.postMessage({ what: 'used', who: pack.who })
      return store.send(pack, still).then(came).then(tell)
    }).catch(function (failed) {
      if (failed.kind === 'shut') return shut('You may no longer work on this pack, so the cases were deleted here.', true)
      trouble = store.words(failed) + ' What you answer is kept on this device, sealed.'
      tell()
      if (failed.kind !== 'out') return
      const link = shapes.make('a', 'govuk-link', 'Sign in')
      link.href = body.dataset.signIn + '?next=' + encodeURIComponent(pack.page)
      net.append(' ', link)
    }).finally(function () { busy = false })
  }

  function tell () {
    ways()
    if (!key) return
    const until = ' The pack is deleted here at ' + clock(pack.over_at) + ' on ' + new Date(pack.over_at).toLocaleDateString('en-GB', { day: 'numeric', month: 'long' }) + '.'
    if (!navigator.onLine) net.textContent = 'No connection. What you answer is kept on this device, sealed.' + until
    else net.textContent = (trouble || 'There is a connection. Answers go home by themselves.') + until
    if (pack.over_at - Date.now() < HOUR) says.textContent = 'Less than an hour is left. Send your answers home before ' + clock(pack.over_at) + '.'
  }

  // A step failed on the way home: what is said is what is really still here.
  function unsent (failed) {
    return Promise.all([store.pack(), store.all('answers')]).then(function (both) {
      if (both[0] && both[0].purged) {
        pack = both[0]
        return shut('The cases were deleted here, but the pack has not ended yet. ' + store.words(failed) + ' It ends at the next contact.', true)
      }
      pass('The pack is not home yet: it is still on this device. ' + store.words(failed) + ' ' + store.waits(both[1].length))
    }).catch(function () { shut('What is on this device could not be read. Open the pack’s page with a connection.') })
  }

  home.addEventListener('click', function () {
    home.disabled = true
    says.textContent = 'Sending home…'
    writing.then(function () { return store.leave(pack, pack.purged || 'sent-home', still) })
      .then(function () { shut('Everything is home, and nothing is left on this device.') })
      .catch(unsent)
      .finally(function () { home.disabled = false })
  })

  for (const name of ['keydown', 'pointerdown', 'input', 'touchstart']) {
    document.addEventListener(name, function () { used = Date.now() }, { capture: true, passive: true })
  }
  function wake () {
    if (!key) return
    if (Date.now() >= pack.over_at) return look()
    if (Date.now() - used < idle) return store.tellWorker({ hold: { key, pack: pack.id, until: pack.over_at } })
    // Nobody is here: the key goes, as a page locks itself.
    if (shown) shown.questions.forEach(function (one) { keep(shown.told, one) })
    writing.then(function () { return store.tellWorker({ hold: null }) })
      .then(function () { shut('The pack closed itself, because nobody used it for half an hour. It opens again from its page, with a connection and your password.', true) })
  }
  if (others) others.onmessage = function (event) { if (pack && event.data.who === pack.who && event.data.what === 'left') writing.then(function () { shut('You signed out.') }) }
  window.addEventListener('online', look)
  window.addEventListener('offline', tell)
  document.addEventListener('click', follow)
  document.addEventListener('visibilitychange', wake)
  window.addEventListener('pagehide', function () { if (shown && key) shown.questions.forEach(function (one) { keep(shown.told, one) }) })
  window.setInterval(wake, HOLD_EVERY)
  window.setInterval(function () { if (key) look() }, CONTACT_EVERY)
  begin()
})()
