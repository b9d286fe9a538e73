"""Getting ready: a checklist that is ticked off, and a map of people that nobody else sees."""

from __future__ import annotations

from tests.server.hall import Hall

PETRA = {"name": "Petra", "circle": "work", "can_help": "Känner någon på Fjällnät"}


async def test_points_are_ticked_off_and_begun_again_before_another_meeting(hall: Hall) -> None:
    seeker = await hall.seeker()

    ticked = await seeker.put("/api/my/rehearsal/own_part", json={"done": True})
    await seeker.put("/api/my/rehearsal/own_part", json={"done": True})
    await seeker.put("/api/my/rehearsal/aloud", json={"done": True})
    unticked = await seeker.put("/api/my/rehearsal/aloud", json={"done": False})
    unknown = await seeker.put("/api/my/rehearsal/score", json={"done": True})
    anew = await seeker.delete("/api/my/rehearsal")

    assert [one["code"] for one in ticked.json()["points"] if one["done"]] == ["own_part"]
    assert [one["code"] for one in unticked.json()["points"] if one["done"]] == ["own_part"]
    assert unknown.status_code == 404
    assert not any(one["done"] for one in anew.json()["points"])


async def test_somebody_is_put_on_the_map_asked_and_taken_off(hall: Hall) -> None:
    seeker = await hall.seeker()

    [petra] = (await seeker.post("/api/my/network", json=PETRA)).json()["contacts"]
    path = f"/api/my/network/{petra['id']}"
    asked = await seeker.put(path, json=PETRA | {"asked": True})
    nowhere = await seeker.post("/api/my/network", json=PETRA | {"circle": "enemies"})
    gone = await seeker.delete(path)

    assert petra == {"id": petra["id"], "asked": False, **PETRA}
    assert asked.json()["contacts"][0]["asked"] is True
    assert nowhere.status_code == 404
    assert gone.json()["contacts"] == []


async def test_nobody_sees_changes_or_removes_somebody_elses_people(hall: Hall) -> None:
    seeker, other = await hall.seeker(), await hall.seeker(1)
    [petra] = (await seeker.post("/api/my/network", json=PETRA)).json()["contacts"]
    path = f"/api/my/network/{petra['id']}"

    assert (await other.get("/api/my/network")).json()["contacts"] == []
    assert (await other.put(path, json=PETRA)).status_code == 404
    assert (await other.delete(path)).status_code == 404
    assert (await hall.case_worker.get("/api/my/network")).status_code == 403


async def test_the_map_has_an_end(hall: Hall) -> None:
    seeker = await hall.seeker()
    for _ in range(60):
        await seeker.post("/api/my/network", json=PETRA)

    assert (await seeker.post("/api/my/network", json=PETRA)).status_code == 409
