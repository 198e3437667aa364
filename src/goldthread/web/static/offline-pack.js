// The page of one's own offline pack: puts it on this device, opens it, sends it home. Only what fits what this device
// holds is offered, and nothing before that is known.
(function () {
  const store = window.goldthreadOffline
  const box = document.querySelector('[data-offline-pack]')
  if (!box || !store) return
  const says = box.querySelector('[data-says]')
  const giveUp = document.querySelector('[data-give-up]')
  const still = document.body.dataset.stillHere
  const mine = box.dataset.offlinePack
  let placed = Boolean(box.dataset.placed)

  function button (act) { return box.querySelector('[data-act=' + act + ']') }

  function show (words, acts) {
    says.textContent = words
    ;['place', 'open', 'home'].forEach(function (one) { button(one).hidden = !acts.includes(one) })
    box.hidden = false
  }

  function able () {
    return window.isSecureContext && window.indexedDB && window.crypto && window.crypto.subtle && 'serviceWorker' in navigator && window.caches
  }

  function begin () {
    if (!able()) return show('An offline pack is not available in this browser: it cannot seal it, or the connection is not secure.', [])
    return store.look(still, navigator.onLine).then(function (found) {
      if (found && found.state === 'gone' && found.pack.id === mine) return window.location.reload()
      return stand(found && found.state === 'gone' ? 'Offline pack ' + found.pack.number + ' was deleted from this device. ' + store.farewell(found) : '')
    }).catch(function (failed) { return failed.kind === 'other' ? show(failed.message, []) : stand(store.words(failed)) })
  }

  // What this device holds, in words, after what happened; and what can be done with it. What was `refused` is not
  // offered again.
  function stand (happened, refused) {
    return store.pack().then(function (told) {
      const before = happened ? happened + ' ' : ''
      if (told && told.id === mine) return waiting(told, before, refused)
      if (refused) return show(happened, [])
      if (placed) return show(happened ? before + 'This pack is not on this device.' : 'This pack is not on this device: it is on another, or was deleted from this one.', [])
      if (!box.dataset.usable) return show(before + 'This pack can no longer be put on a device.', [])
      if (told) return show(before + 'This pack is on no device yet. Offline pack ' + told.number + ' is on this one: send that one home first.', [])
      show(before + 'This pack is on no device yet.', ['place'])
    }).catch(function () { show('What this browser keeps could not be read, so nothing can be done with the pack here.', []) })
  }

  function waiting (told, before, refused) {
    return store.all('answers').then(function (left) {
      const held = told.purged ? 'The cases of this pack were deleted from this device. ' : 'This pack is on this device. '
      if (giveUp) giveUp.textContent = 'Give the pack up, and lose what was not sent home …'
      show(before + held + store.waits(left.length), box.dataset.usable && !told.purged && !refused ? ['open', 'home'] : ['home'])
    })
  }

  // Asks for the key; where the password is too old, the page that asks for it leads back here.
  function ask (place) {
    const token = document.querySelector('[name=csrfmiddlewaretoken]').value
    return window.fetch(box.dataset.open, { method: 'POST', body: new URLSearchParams({ place: place ? 'yes' : 'no' }), headers: { 'X-CSRFToken': token }, redirect: 'manual' }).catch(function () { throw store.unreached() }).then(function (answer) {
      if (answer.type === 'opaqueredirect') throw store.fault('out', 'You are signed out. Load the page again and sign in.')
      if ((answer.headers.get('Content-Type') || '').startsWith('application/json')) {
        return answer.json().then(function (said) {
          if (!answer.ok) throw store.fault('refused', said.says)
          placed = true
          return said
        })
      }
      if (answer.status !== 403) throw store.fault('down', 'Goldthread could not give the key just now.')
      window.location = box.dataset.confirm + '?next=' + encodeURIComponent(window.location.pathname)
      return null
    })
  }

  function put (told, key, cases) {
    return Promise.all(cases.map(function (one) { return store.seal(key, told.id + '/' + one.id, one) })).then(function (sealed) {
      return store.place(told, sealed.map(function (one, place) { return { id: cases[place].id, place, iv: one.iv, data: one.data } }))
    }).catch(function () { throw store.fault('full', 'The cases could not be written on this device: it has no room, or refused. Give the pack up and take another.') })
  }

  function started () {
    return navigator.serviceWorker.register(box.dataset.worker, { scope: store.SCOPE }).then(function (found) {
      const coming = found.installing || found.waiting
      if (found.active || !coming) return found
      return new Promise(function (resolve, reject) {
        coming.addEventListener('statechange', function () {
          if (coming.state === 'activated') resolve(found)
          else if (coming.state === 'redundant') reject(new Error(coming.state))
        })
      })
    })
  }

  function ready () {
    if (!navigator.onLine) return Promise.reject(store.unreached())
    return started().then(function () { return window.caches.delete(store.CACHE) })
      .then(function () { return window.caches.open(store.CACHE) })
      .then(function (cache) { return cache.addAll(box.dataset.assets.split(' ')) })
      .catch(function () { throw store.fault('net', 'The page that works without a connection could not be kept in this browser. Try again.') })
  }

  function open (place) {
    show(place ? 'Sealing the cases on this device…' : 'Opening…', [])
    return ready().then(function () { return ask(place) }).then(function (said) {
      if (!said) return
      return store.readKey(said.key).then(function (key) {
        const held = { key, pack: said.pack.id, until: said.pack.over_at }
        return (place ? put(said.pack, key, said.cases) : Promise.resolve()).then(function () { return store.tellWorker({ hold: held }) })
      }).then(function () { window.location = box.dataset.shell })
    }).catch(function (failed) { return stand((place ? 'The pack was not put on this device. ' : 'The pack was not opened. ') + store.words(failed), failed.kind === 'refused') })
  }

  // Another page of this browser may have changed what lies here since this one was loaded.
  function only (holds, act) {
    return function () {
      return store.pack().then(function (told) { return Boolean(told && told.id === mine) === holds && (holds || !told) ? act(told) : begin() })
        .catch(function () { return stand('') })
    }
  }

  function home (told) {
    show('Sending home…', [])
    return store.leave(told, told.purged || 'sent-home', still).then(function () { window.location.reload() })
      .catch(function (failed) { return stand('The pack is not home yet. ' + store.words(failed)) })
  }

  button('place').addEventListener('click', only(false, function () { return open(true) }))
  button('open').addEventListener('click', only(true, function () { return open(false) }))
  button('home').addEventListener('click', only(true, home))
  begin()
})()
