// Somebody who signed in again in another tab holds a new token; the forms left open here are given it.
(function () {
  const address = document.body.dataset.stillHere
  if (!address) return
  function renew () {
    window.fetch(address, { redirect: 'error' })
      .then(function (answer) { return answer.json() })
      .then(function (held) {
        // Somebody else in the same browser: what this page holds is not theirs.
        if (held.who !== document.body.dataset.who) return
        document.querySelectorAll('[name=csrfmiddlewaretoken]').forEach(function (one) { one.value = held.token })
      })
      .catch(function () {})
  }
  document.addEventListener('goldthread:refused', renew)
})()
