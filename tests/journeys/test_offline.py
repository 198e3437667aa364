"""The network is cut: a reviewer answers, loads the page again, comes back, and chooses where two answers met."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

from .conftest import Visitor
from .test_report import enter

pytestmark = pytest.mark.journey
PUT = "Put the pack on this device and open it"
OPEN = "Open the pack"
HOME = "Send everything home and delete it here"
THROWS = "() => { throw new DOMException('In-script words', 'QuotaExceededError') }"
CANARY = "Quernstone"
"""A word of an answer; it may lie in no store of the browser in clear, and neither may a pseudonym."""

STORED = """async () => {
  const asked = ask => new Promise((yes, no) => { ask.onsuccess = () => yes(ask.result); ask.onerror = no })
  const held = one => one instanceof CryptoKey || (one && typeof one === 'object' && Object.values(one).some(held))
  const found = []
  for (const { name } of await indexedDB.databases()) {
    const base = await asked(indexedDB.open(name))
    for (const store of base.objectStoreNames) {
      const rows = await asked(base.transaction(store).objectStore(store).getAll())
      const keys = await asked(base.transaction(store).objectStore(store).getAllKeys())
      found.push(JSON.stringify([store, keys, rows]))
      if (rows.some(held)) found.push('A-KEY-IS-STORED')
    }
    base.close()
  }
  for (const name of await caches.keys()) {
    const cache = await caches.open(name)
    for (const one of await cache.keys()) found.push(one.url + ' ' + await (await cache.match(one)).text())
  }
  found.push(JSON.stringify({ ...localStorage }), JSON.stringify({ ...sessionStorage }))
  return found
}"""


def allow(lead: Visitor) -> None:
    """The lead lets cases be taken offline."""
    enter(lead, "Cases")
    lead.follow(re.compile("Offline packs: "))
    lead.arrives("Whether cases may be taken offline")
    lead.shoot("offline-leave")
    lead.page.get_by_label(re.compile("^Yes")).check()
    lead.page.get_by_label("Why", exact=True).fill("The council's offices have no signal")
    lead.press("Save the setting")
    lead.reads("The setting is saved")


def take(reviewer: Visitor, count: int = 1) -> str:
    """Take cases and put them on this device; the pseudonym of the first."""
    pseudonym = begin(reviewer, count)
    reviewer.press("Put the pack on this device and open it")
    reviewer.arrives("Offline pack on this device")
    expect(reviewer.page.locator("[data-sheet]")).to_contain_text(pseudonym)
    return pseudonym


def begin(reviewer: Visitor, count: int = 1) -> str:
    """Take cases, and put them on no device yet; the pseudonym of the first."""
    page = reviewer.page
    enter(reviewer, "Cases")
    reviewer.follow("Take cases offline")
    reviewer.arrives("Take cases offline")
    for place in range(1, count + 1):
        page.locator(f"#case-{place}").check()
    pseudonym = page.locator("label[for=case-1] .app-code").inner_text()
    reviewer.press("Take these cases")
    reviewer.arrives(re.compile("^Offline pack"))
    return pseudonym


def offers(visitor: Visitor, *buttons: str) -> None:
    """What the page offers to do with a pack here, and nothing else."""
    expect(visitor.page.locator("main [data-act]:visible")).to_have_text(list(buttons))


def cut(reviewer: Visitor) -> None:
    """There is no connection from here on."""
    reviewer.context.set_offline(True)
    reviewer.expected += ["ERR_INTERNET_DISCONNECTED", "Failed to fetch"]
    expect(reviewer.page.locator("[data-net]")).to_contain_text("No connection")


def box(reviewer: Visitor, place: int) -> Any:
    """The box beside a question."""
    return reviewer.page.locator("[data-question] textarea").nth(place)


def in_clear(reviewer: Visitor) -> str:
    """Everything that the browser stores, as one text."""
    return "\n".join(reviewer.page.evaluate(STORED))


def test_a_pack_is_worked_on_without_a_connection_and_merged_with_both_texts_kept(
    visit: Callable[..., Visitor],
) -> None:
    allow(visit("lead"))
    train, office = visit("inspector4"), visit("inspector4")
    pseudonym = take(train)
    train.shoot("offline-sheet")
    cut(train)
    page = train.page
    page.locator("[data-question] input[type=radio]").first.check()
    box(train, 0).fill(f"{CANARY} on the train")
    box(train, 1).fill(f"{CANARY} beside it")
    status = page.locator("[data-question] [data-status]")
    expect(status.nth(1)).to_contain_text("Kept on this device")
    expect(status.nth(0)).to_contain_text("Kept on this device")
    held = in_clear(train)
    assert '["answers",' in held and "/offline/ " in held
    assert CANARY not in held and pseudonym not in held and "A-KEY-IS-STORED" not in held

    page.reload()
    expect(box(train, 0)).to_have_value(f"{CANARY} on the train")
    expect(box(train, 1)).to_have_value(f"{CANARY} beside it")
    expect(page.locator("[data-net]")).to_contain_text("No connection")
    train.shoot("offline-no-connection")

    enter(office, "Cases")
    office.page.locator("tbody tr").filter(has_text=pseudonym).get_by_role("link").first.click()
    office.page.get_by_role("button", name=re.compile("review$")).first.click()
    office.arrives(re.compile("Review of case"))
    office.page.locator("[data-question] textarea").first.fill("Written in the office")
    expect(office.page.locator("[data-status]").first).to_contain_text("Saved", timeout=10_000)

    train.context.set_offline(False)
    expect(status.nth(1)).to_contain_text("Sent home", timeout=20_000)
    expect(status.nth(0)).to_contain_text("Answered elsewhere too", timeout=20_000)
    train.press("Send everything home and delete it here")
    train.reads("Everything is home, and nothing is left on this device")
    train.follow("Go to the pack's page")
    train.arrives(re.compile("^Offline pack"))
    train.reads("Written in the office")
    train.reads(f"{CANARY} on the train")
    train.shoot("offline-clash")
    train.picture("offline-pack", height=800)
    page.get_by_role("button", name=re.compile("^Use what I wrote offline")).click()
    train.reads("Your choice is saved")
    train.reads("Written in the office")
    office.page.reload()
    expect(office.page.locator("[data-question] textarea").nth(0)).to_have_value(f"{CANARY} on the train")
    expect(office.page.locator("[data-question] textarea").nth(1)).to_have_value(f"{CANARY} beside it")


def test_a_withdrawn_pack_goes_at_the_next_contact_and_what_was_answered_is_home(visit: Callable[..., Visitor]) -> None:
    reviewer, lead = visit("inspector4"), visit("lead")
    pseudonym = take(reviewer)
    cut(reviewer)
    box(reviewer, 3).fill("Seen on the train, before it was withdrawn")
    expect(reviewer.page.locator("[data-status]").nth(3)).to_contain_text("Kept on this device")
    enter(lead, "Cases")
    lead.follow(re.compile("Offline packs: allowed"))
    lead.follow("Everybody's offline packs")
    lead.arrives("Offline packs")
    lead.shoot("offline-packs")
    lead.follow(re.compile("^Withdraw"))
    lead.page.get_by_label("Why is the pack withdrawn?").fill("The device was left in a taxi")
    lead.shoot("offline-withdraw")
    lead.press("Withdraw the pack")
    lead.reads("The pack is withdrawn")
    reviewer.context.set_offline(False)
    expect(reviewer.page.locator("[data-says]")).to_contain_text("The lead withdrew it", timeout=20_000)
    assert pseudonym not in reviewer.page.content()
    assert reviewer.page.evaluate("async () => (await caches.keys()).length") == 0
    lead.page.reload()
    lead.reads("Purged because the leave was withdrawn")


def test_signing_out_sends_answers_home_and_leaves_nothing(visit: Callable[..., Visitor]) -> None:
    reviewer = visit("inspector4")
    take(reviewer)
    reviewer.go("/")
    reviewer.page.locator("body").wait_for()
    reviewer.page.goto(reviewer.server.address + "/offline/")
    cut(reviewer)
    box(reviewer, 4).fill("Sent home by signing out")
    expect(reviewer.page.locator("[data-status]").nth(4)).to_contain_text("Kept on this device")
    reviewer.page.wait_for_timeout(300)
    reviewer.context.set_offline(False)
    reviewer.go("/account/")
    reviewer.page.get_by_role("button", name="Sign out").click()
    expect(reviewer.page).to_have_url(re.compile("signed-out"))
    left = "\n".join(reviewer.page.evaluate(STORED))
    assert "answers" not in left or '["answers",[],[]]' in left


def test_after_its_time_the_cases_go_and_answers_come_home_without_the_key(visit: Callable[..., Visitor]) -> None:
    reviewer = visit("inspector4")
    pseudonym = take(reviewer)
    cut(reviewer)
    page = reviewer.page
    box(reviewer, 5).fill(f"{CANARY} an hour before the time was over")
    expect(page.locator("[data-status]").nth(5)).to_contain_text("Kept on this device")
    page.evaluate("async () => { await goldthreadOffline.tellWorker({ hold: null }) }")
    page.evaluate("location.reload()")
    expect(page.locator("[data-says]")).to_contain_text("1 answer waits here, sealed")
    assert pseudonym not in page.content() and CANARY not in page.content()
    page.evaluate("""async () => {
      const told = await goldthreadOffline.pack()
      const over = { ...told, over_at: Date.now() - 1000 }
      await goldthreadOffline.within('readwrite', at => at.pack.put(over, 'pack'))
    }""")
    page.reload()
    expect(page.locator("[data-says]")).to_contain_text("The time of this pack is over")
    held = in_clear(reviewer)
    assert '["cases",[],[]]' in held and '"answers",["' in held and CANARY not in held
    reviewer.context.set_offline(False)
    reviewer.go("/account/")
    expect(page.locator("[data-offline-note]")).to_contain_text("Its time is over")
    reviewer.follow(re.compile("^Offline pack"))
    reviewer.reads("Purged when its time was over")
    reviewer.reads("1 answer sent home so far")
    left = in_clear(reviewer)
    assert "/offline/ " not in left and '"answers",["' not in left


def test_only_what_fits_what_this_device_holds_is_offered(visit: Callable[..., Visitor]) -> None:
    train, office = visit("inspector4"), visit("inspector4")
    begin(train)
    address = train.page.url
    office.page.goto(address)
    for visitor in (train, office):
        visitor.reads("This pack is on no device yet")
        offers(visitor, PUT)
    train.press(PUT)
    train.arrives("Offline pack on this device")
    offers(train, HOME)
    sizes = "heads => heads.map(one => parseFloat(getComputedStyle(one).fontSize))"
    first, *others = train.page.locator("h1, h2, h3").evaluate_all(sizes)
    assert max(others) < first

    office.expect_status(403)
    office.press(PUT)
    office.reads("This pack was put on a device already: open it there")
    offers(office)
    office.page.reload()
    office.reads("This pack is not on this device")
    offers(office)
    office.go("/offline/")
    office.reads("There is no offline pack on this device")
    offers(office)

    way = train.page.get_by_text("Go to the pack's page")
    expect(way).to_be_visible()
    cut(train)
    expect(way).to_be_hidden()
    box(train, 6).fill("Kept until it can be sent")
    expect(train.page.locator("[data-status]").nth(6)).to_contain_text("Kept on this device")
    train.press(HOME)
    train.reads("still on this device. There is no connection. 1 answer waits here, sealed, to be sent home.")
    train.page.get_by_role("link", name="Goldthread").click()
    train.reads("That page opens once there is a connection")
    # Closed while there is no connection: nothing leads to a page that cannot be shown.
    train.page.evaluate("async () => { await goldthreadOffline.tellWorker({ hold: null }) }")
    train.page.evaluate("location.reload()")
    train.reads("1 answer waits here, sealed")
    train.reads("The pack’s page opens once there is one")
    offers(train)
    expect(way).to_be_hidden()
    train.context.set_offline(False)
    expect(way).to_be_visible()
    train.page.route("**/home/", lambda route: route.abort())
    train.expected += ["/home/", "ERR_FAILED"]
    train.page.goto(address)
    train.reads("Goldthread cannot be reached just now. This pack is on this device. 1 answer waits here")
    offers(train, OPEN, HOME)
    train.press(HOME)
    train.reads(
        "The pack is not home yet. Goldthread cannot be reached just now. This pack is on this device. 1 answer"
    )
    offers(train, OPEN, HOME)
    train.shoot("offline-pack-here")
    train.page.unroute("**/home/")
    train.press(OPEN)
    train.arrives("Offline pack on this device")
    expect(box(train, 6)).to_have_value("Kept until it can be sent")
    train.press(HOME)
    train.reads("Everything is home, and nothing is left on this device")
    offers(train)
    train.page.goto(address)
    train.reads("Sent home and ended by its reviewer")
    offers(train)


def test_a_step_that_fails_says_so_plainly_and_what_is_true(visit: Callable[..., Visitor]) -> None:
    reviewer = visit("inspector4")
    begin(reviewer)
    page, address = reviewer.page, reviewer.page.url
    reviewer.expected += ["/open/", "ERR_FAILED"]
    page.route("**/open/", lambda route: route.abort())
    reviewer.press(PUT)
    reviewer.reads(
        "The pack was not put on this device. Goldthread cannot be reached just now. This pack is on no device"
    )
    offers(reviewer, PUT)
    page.unroute("**/open/")
    page.route("**/open/", lambda route: route.fulfill(status=500, content_type="text/html", body="<h1>Oh</h1>"))
    reviewer.press(PUT)
    reviewer.reads("Goldthread could not give the key just now.")
    offers(reviewer, PUT)
    page.unroute("**/open/")
    page.evaluate(f"() => {{ IDBObjectStore.prototype.put = {THROWS} }}")
    reviewer.press(PUT)
    reviewer.reads("The cases could not be written on this device: it has no room, or refused. Give the pack up")
    offers(reviewer)
    assert "In-script" not in reviewer.text
    page.goto(address)
    reviewer.reads("This pack is not on this device")
    offers(reviewer)
    page.add_init_script(f"IDBFactory.prototype.open = {THROWS}")
    page.evaluate("localStorage.setItem('goldthread-offline', 'yes')")
    page.reload()
    reviewer.reads("What this browser keeps could not be read")
    offers(reviewer)
    reviewer.go("/offline/")
    reviewer.reads("What is on this device could not be read")
    offers(reviewer)
    page.goto(address)
    reviewer.follow(re.compile("give the pack up"))
    reviewer.press("Give it up and destroy the key")
    reviewer.reads("is given up, and its key destroyed")


def test_what_is_said_of_answers_that_were_lost_or_not_ended_is_true(visit: Callable[..., Visitor]) -> None:
    train, office = visit("inspector4"), visit("inspector4")
    begin(train)
    address = train.page.url
    train.press(PUT)
    train.arrives("Offline pack on this device")
    cut(train)
    box(train, 7).fill("Written before the pack was given up")
    expect(train.page.locator("[data-status]").nth(7)).to_contain_text("Kept on this device")
    office.page.goto(address)
    office.reads("This pack is not on this device")
    office.follow(re.compile("give the pack up"))
    office.press("Give it up and destroy the key")
    office.reads("is given up, and its key destroyed")
    train.context.set_offline(False)
    train.reads("its key is destroyed. 1 answer that was not sent home before that could be read by nobody")
    offers(train)

    take(train)
    train.expected += ["/home/", "ERR_FAILED"]
    ends = re.compile("ended=")
    train.page.route(
        "**/home/", lambda route: route.abort() if ends.search(route.request.post_data or "") else route.continue_()
    )
    train.press(HOME)
    train.reads("The cases were deleted here, but the pack has not ended yet. Goldthread cannot be reached just now.")
    offers(train)
    expect(train.page.locator("[data-sheet]")).to_be_empty()
    train.page.unroute("**/home/")
    train.follow("Go to the pack's page")
    train.reads("Sent home and ended by its reviewer")
    offers(train)


def test_without_scripts_it_says_that_it_is_not_available(visit: Callable[..., Visitor]) -> None:
    plain = visit("inspector4", scripts=False)
    enter(plain, "Cases")
    plain.follow("Take cases offline")
    plain.reads("it needs scripts, which are turned off")
