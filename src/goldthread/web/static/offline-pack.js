// The page of one's own offline pack: puts it on this device, opens it, sends it home.
(function () {
  const store = window.goldthreadOffline
  const box = document.querySelector('[data-offline-pack]')
  if (!box || !store) return
  const says = box.querySelector('[data-says]')
  const still = document.body.dataset.stillHere
  const mine = box.dataset.offlinePack

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
      const told = found && found.state !== 'gone' ? found.pack : null
      if (found && found.state === 'gone' && found.pack.id === mine) return window.location.reload()
      if (told && told.id !== mine) return show('Offline pack ' + told.number + ' is on this device. Send that one home first.', [])
      if (told) return waiting(told)
      if (box.dataset.placed) return show('This pack is on another device, or was deleted from this one.', [])
      if (!box.dataset.usable) return show('This pack can no longer be put on a device.', [])
      show('This pack is on no device yet.', ['place'])
    }).catch(function (failed) {
      if (failed.kind === 'other') return show(failed.message, [])
      return store.pack().then(function (told) { return told && told.id === mine ? waiting(told, failed.message) : show(failed.message, []) })
    })
  }

  function waiting (told, fault) {
    return store.all('answers').then(function (left) {
      const count = left.length === 1 ? '1 answer is' : (left.length || 'No') + ' answers are'
      show('This pack is on this device. ' + count + ' not sent home yet.' + (fault ? ' ' + fault : ''), box.dataset.usable && !told.purged ? ['open', 'home'] : ['home'])
    })
  }

  // Asks for the key; where the password is too old, the page that asks for it leads back here.
  function ask (place) {
    const token = document.querySelector('[name=csrfmiddlewaretoken]').value
    return window.fetch(box.dataset.open, { method: 'POST', body: new URLSearchParams({ place: place ? 'yes' : 'no' }), headers: { 'X-CSRFToken': token }, redirect: 'error' }).then(function (answer) {
      if (!(answer.headers.get('Content-Type') || '').startsWith('application/json')) {
        window.location = box.dataset.confirm + '?next=' + encodeURIComponent(window.location.pathname)
        return null
      }
      return answer.json().then(function (said) {
        if (!answer.ok) throw new Error(said.says)
        return said
      })
    })
  }

  function put (told, key, cases) {
    return Promise.all(cases.map(function (one) { return store.seal(key, told.id + '/' + one.id, one) })).then(function (sealed) {
      return store.keep(told).then(function () {
        return store.within('readwrite', function (at) {
          at.answers.clear()
          at.cases.clear()
          sealed.forEach(function (one, place) { at.cases.put({ id: cases[place].id, place, iv: one.iv, data: one.data }, cases[place].id) })
        })
      })
    })
  }

  function ready () {
    return navigator.serviceWorker.register(box.dataset.worker, { scope: store.SCOPE }).then(function (found) {
      const coming = found.installing || found.waiting
      if (found.active || !coming) return found
      return new Promise(function (resolve) {
        coming.addEventListener('statechange', function () { if (coming.state === 'activated') resolve(found) })
      })
    }).then(function () { return window.caches.delete(store.CACHE) })
      .then(function () { return window.caches.open(store.CACHE) })
      .then(function (cache) { return cache.addAll(box.dataset.assets.split(' ')) })
  }

  function open (place) {
    show(place ? 'Sealing the cases on this device…' : 'Opening…', [])
    return ready().then(function () { return ask(place) }).then(function (said) {
      if (!said) return
      return store.readKey(said.key).then(function (key) {
        const held = { key, pack: said.pack.id, until: said.pack.over_at }
        return (place ? put(said.pack, key, said.cases) : Promise.resolve()).then(function () { return store.tellWorker({ hold: held }) })
      }).then(function () { window.location = box.dataset.shell })
    }).catch(function (failed) { show(failed.message, place ? ['place'] : ['open', 'home']) })
  }

  button('place').addEventListener('click', function () { open(true) })
  button('open').addEventListener('click', function () { open(false) })
  button('home').addEventListener('click', function () {
    show('Sending home…', [])
    store.pack().then(function (told) { return store.leave(told, told.purged || 'sent-home', still) })
      .then(function () { window.location.reload() })
      .catch(function (failed) { store.pack().then(function (told) { waiting(told, 'Not sent: ' + failed.message) }) })
  })
  begin()
})()
