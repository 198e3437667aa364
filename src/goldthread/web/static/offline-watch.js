// On every page of whoever is signed in: an offline pack of this device is purged when it is over or withdrawn, is
// sent home before its reviewer signs out, and is not forgotten.
(function () {
  const store = window.goldthreadOffline
  const body = document.body
  const address = body.dataset.stillHere
  if (!store || !address || !window.indexedDB) return

  function note (words, told) {
    const before = document.querySelector('[data-offline-note]')
    if (before) before.remove()
    const made = document.createElement('p')
    made.className = 'govuk-body app-no-print'
    made.dataset.offlineNote = ''
    made.setAttribute('role', 'status')
    made.textContent = words + ' '
    if (told) {
      const link = document.createElement('a')
      link.className = 'govuk-link'
      link.href = told.page
      link.textContent = 'Offline pack ' + told.number
      made.append(link)
    }
    document.getElementById('main').prepend(made)
  }

  function look () {
    return store.look(address, navigator.onLine).then(function (found) {
      if (!found) return
      if (found.state === 'gone') note('The offline pack on this device was deleted. ' + store.farewell(found), found.pack)
      else {
        return store.all('answers').then(function (left) {
          if (left.length) note(left.length + (left.length === 1 ? ' answer' : ' answers') + ' on this device not sent home yet:', found.pack)
        })
      }
    }).catch(function (failed) {
      if (failed.kind === 'other') note(failed.message)
    })
  }

  // Signing out clears this browser: what was answered goes home before that, or its owner is asked.
  const out = document.querySelector('.app-masthead__out')
  let ready = false
  if (out) {
    out.addEventListener('submit', function (event) {
      if (ready || !store.here()) return
      event.preventDefault()
      event.stopImmediatePropagation()
      store.pack().then(function (told) {
        return told && told.who === body.dataset.who ? store.leave(told, told.purged || 'sign-out', address) : null
      }).then(function () { ready = true; out.requestSubmit() }).catch(function (failed) {
        ready = true
        store.pack().then(function (told) { if (told) note('You are not signed out yet: answers made offline could not be sent home. ' + store.words(failed) + ' Press “Sign out” once more to sign out and lose them, or send them home from', told) })
      })
    }, true)
  }

  if (store.here() && !document.querySelector('[data-offline-pack]')) look()
})()
