"""The inventory: told a piece at a time, quoted back, and kept only where the seeker says so."""

from __future__ import annotations

from typing import Any

from tests.server.hall import Hall
from tests.server.harness import Browser

PATH = "/api/my/inventory/helped"
WHAT = "Jag fick igång kassasystemet i min farbrors butik."
HOW = "Jag hittade felet i en importfil och lärde Nadia att kontrollera den."


async def tell(seeker: Browser, **body: Any) -> dict[str, Any]:
    answered = await seeker.put(PATH, json=body)
    assert answered.status_code == 200, answered.text
    return dict(answered.json()["situations"][0])


async def test_what_is_told_is_quoted_back_and_can_be_gone_on_with_later(hall: Hall) -> None:
    seeker = await hall.seeker()

    await tell(seeker, answers={"what": WHAT}, state="begun")
    await tell(seeker, answers={"what": WHAT, "how": HOW}, state="begun")

    later = (await (await hall.seeker()).get("/api/my/inventory")).json()["situations"][0]
    assert (later["state"], later["answers"]) == ("begun", {"what": WHAT, "how": HOW})
    assert ("teaching_others", "lärde Nadia att kontrollera den") in [
        (one["code"], one["quote"]) for one in later["heard"]
    ]
    assert [one["code"] for one in later["maybe"]] == ["problem_solving", "customer_contact", "it_support"]
    assert [one["label"] for one in (await seeker.get("/api/my/claims")).json()["claims"]] == ["Python"]


async def test_what_is_kept_becomes_a_claim_with_ones_own_words_as_its_example(hall: Hall) -> None:
    seeker = await hall.seeker()

    done = await tell(
        seeker, answers={"what": WHAT, "how": HOW}, proof="somebody", kept=["teaching_others"], state="done"
    )

    claims = (await seeker.get("/api/my/claims")).json()
    assert (done["state"], done["proof"], claims["told"]) == ("done", "somebody", 1)
    assert [(one["code"], one["evidence"], one["example"]) for one in claims["claims"]][1:] == [
        ("teaching_others", "informal", f"{WHAT}\n{HOW}")
    ]


async def test_better_evidence_that_was_there_before_stands(hall: Hall) -> None:
    seeker = await hall.seeker()
    for label, evidence in (("Lära andra", "credential"), ("Problemlösning", "self")):
        await seeker.post("/api/my/claims", json={"label": label, "evidence": evidence})

    await tell(seeker, answers={"how": HOW}, kept=["teaching_others", "problem_solving"], state="done")

    claims = {one["code"]: one for one in (await seeker.get("/api/my/claims")).json()["claims"]}
    assert (claims["teaching_others"]["evidence"], claims["teaching_others"]["example"]) == ("credential", None)
    assert (claims["problem_solving"]["evidence"], claims["problem_solving"]["example"]) == ("informal", HOW)


async def test_a_situation_is_passed_by_and_nothing_is_claimed_from_it(hall: Hall) -> None:
    seeker = await hall.seeker()

    skipped = await tell(seeker, answers={}, kept=["teaching_others"], state="skipped")

    assert skipped["state"] == "skipped"
    assert len((await seeker.get("/api/my/claims")).json()["claims"]) == 1


async def test_what_is_not_offered_is_refused(hall: Hall) -> None:
    seeker = await hall.seeker()

    nowhere = await seeker.put("/api/my/inventory/nothing", json={"answers": {}, "state": "begun"})
    unknown = await seeker.put(PATH, json={"answers": {}, "kept": ["flying"], "state": "done"})
    unseen = await seeker.put(PATH, json={"answers": {}, "proof": "magic", "state": "done"})
    unasked = await seeker.put(PATH, json={"answers": {"score": "5"}, "state": "begun"})

    assert (nowhere.status_code, unknown.status_code, unseen.status_code) == (404, 409, 409)
    assert [field["path"] for field in unasked.json()["fields"]] == ["score"]
