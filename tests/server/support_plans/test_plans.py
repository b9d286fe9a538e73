"""A case worker plans with a seeker, who answers; what lies behind a step is seen only while it is shared."""

from __future__ import annotations

from typing import Any

import pytest

from tests.server.hall import Hall
from tests.server.harness import Browser

DAY, LATER, END = "2026-06-01", "2026-06-08", "2026-06-19"


def trial(feedback: list[str] | None = None, **more: Any) -> dict[str, Any]:
    given = {"measure": "work_training", "starts_on": DAY, "ends_on": END, "responsible": "employer"}
    return given | {"feedback_ids": feedback or []} | more


class Case:
    """A seeker who shares one feedback, and where their plan is."""

    def __init__(self, hall: Hall, seeker: Browser, feedback: str) -> None:
        self.hall, self.seeker, self.feedback = hall, seeker, feedback
        self.case_worker = hall.case_worker
        self.plan = f"/api/seekers/{hall.seekers[0]}/plan"

    async def add(self, **step: Any) -> dict[str, Any]:
        answer = await self.case_worker.post(f"{self.plan}/steps", json=trial([self.feedback]) | step)
        assert answer.status_code == 200, answer.text
        return dict(answer.json()["steps"][-1])

    async def change(self, step: dict[str, Any], **change: Any) -> Any:
        kept = {name: step[name] for name in ("title", "starts_on", "ends_on", "responsible", "status", "version")}
        kept |= {"measure": step["measure"] and step["measure"]["code"]}
        kept |= {"feedback_ids": [one["feedback_id"] for one in step["sources"]]}
        return await self.case_worker.put(f"{self.plan}/steps/{step['id']}", json=kept | change)

    async def answer(self, step: dict[str, Any], answer: str | None) -> Any:
        return await self.seeker.put(f"/api/my/plan/steps/{step['id']}/answer", json={"answer": answer})

    async def read(self) -> dict[str, Any]:
        return dict((await self.case_worker.get(self.plan)).json())


@pytest.fixture
async def case(hall: Hall) -> Case:
    seeker = await hall.meet()
    feedback = await hall.give_feedback()
    await seeker.put("/api/my/sharing", json={"shares": True})
    return Case(hall, seeker, feedback)


async def test_a_planned_measure_names_the_employer_whose_words_it_rests_on(case: Case) -> None:
    step = await case.add()

    assert step["measure"]["title"] == {"sv": "Arbetsträning", "en": "Work trial"}
    assert [one["employer_name"] for one in step["sources"]] == ["Fjällnät (exempel)"]
    assert (step["status"], step["answer"]) == ("proposed", None)
    mine = (await case.seeker.get("/api/my/plan")).json()
    assert mine["steps"] == [step]
    assert mine["case_workers"] == ["Case Worker Provsson"]


async def test_when_sharing_ends_the_step_stays_and_what_it_rests_on_is_gone_at_once(case: Case) -> None:
    step = await case.add()
    case.hall.app.clock.advance(seconds=1)

    await case.seeker.put("/api/my/sharing", json={"shares": False})
    hidden = await case.case_worker.get(case.plan)
    changed = await case.change(step | {"sources": []}, ends_on="2026-06-26")
    case.hall.app.clock.advance(seconds=1)
    await case.seeker.put("/api/my/sharing", json={"shares": True})

    assert [one["sources"] for one in hidden.json()["steps"]] == [[]]
    assert "Fjällnät" not in hidden.text + changed.text
    assert [one["feedback_id"] for one in (await case.read())["steps"][0]["sources"]] == [case.feedback]
    assert (await case.seeker.get("/api/my/plan")).json()["steps"][0]["sources"] != []


async def test_a_step_cannot_rest_on_feedback_that_is_not_shared(case: Case) -> None:
    case.hall.app.clock.advance(seconds=1)
    await case.seeker.put("/api/my/sharing", json={"shares": False})

    refused = await case.case_worker.post(f"{case.plan}/steps", json=trial([case.feedback]))

    assert (refused.status_code, refused.json()["reason"]) == (409, "FeedbackNotShared")


async def test_a_step_begins_when_the_seeker_has_said_yes(case: Case) -> None:
    step = await case.add()

    early = await case.change(step, status="running")
    said_no = (await case.answer(step, "no")).json()["steps"][0]
    said_yes = (await case.answer(step, "yes")).json()["steps"][0]
    begun = await case.change(said_yes, status="running")
    late = await case.answer(step, None)

    assert (early.status_code, early.json()["reason"]) == (409, "SeekerHasNotSaidYes")
    assert (said_no["answer"], said_yes["answer"]) == ("no", "yes")
    assert begun.json()["steps"][0]["status"] == "running"
    assert (late.status_code, late.json()["reason"]) == (409, "HasBegun")


async def test_a_yes_to_one_thing_is_no_yes_to_another(case: Case) -> None:
    step = await case.add(measure=None, title="Ring Noor", feedback_ids=[])
    answered = (await case.answer(step, "yes")).json()["steps"][0]

    begun = await case.change(answered, title="Flytta till Kiruna", status="running")
    changed = (await case.change(answered, title="Flytta till Kiruna")).json()["steps"][0]

    assert (begun.status_code, begun.json()["reason"]) == (409, "SeekerHasNotSaidYes")
    assert (changed["title"], changed["answer"]) == ("Flytta till Kiruna", None)


async def test_another_day_asks_the_seeker_again_and_a_stale_change_is_refused(case: Case) -> None:
    step = await case.add()
    answered = (await case.answer(step, "yes")).json()["steps"][0]

    stale = await case.change(step, starts_on=LATER)
    moved = await case.change(answered, starts_on=LATER)

    assert (stale.status_code, stale.json()["reason"]) == (409, "WasChanged")
    assert (moved.json()["steps"][0]["starts_on"], moved.json()["steps"][0]["answer"]) == (LATER, None)


async def test_a_pathway_becomes_steps_with_days_of_their_own(case: Case) -> None:
    body = {"code": "preparatory_employment", "starts_on": DAY, "feedback_ids": [case.feedback]}

    plan = (await case.case_worker.post(f"{case.plan}/pathways", json=body)).json()

    assert [(one["measure"]["code"], one["starts_on"], one["ends_on"]) for one in plan["steps"]] == [
        ("work_training", "2026-06-08", "2026-07-05"),
        ("supervisor", "2026-06-08", "2026-08-02"),
        ("introduction_job", "2026-07-13", None),
    ]
    assert [len(one["sources"]) for one in plan["steps"]] == [1, 1, 1]
    missing = await case.case_worker.post(f"{case.plan}/pathways", json=body | {"code": "nothing"})
    assert missing.status_code == 404


async def test_own_words_are_a_step_too_and_nothing_at_all_is_none(case: Case) -> None:
    step = await case.add(measure=None, title="Ring Noor om handledare", feedback_ids=[])

    nothing = await case.case_worker.post(f"{case.plan}/steps", json=trial(measure=None))
    unknown = await case.case_worker.post(f"{case.plan}/steps", json=trial(measure="miracle"))

    assert (step["measure"], step["title"]) == (None, "Ring Noor om handledare")
    assert (nothing.json()["reason"], unknown.json()["reason"]) == ("NothingToDo", "MeasureNotValid")


async def test_steps_are_put_in_order_taken_out_and_put_back_where_they_lay(case: Case) -> None:
    first, second = await case.add(), await case.add(measure="validation", ends_on=None)

    turned = await case.case_worker.put(f"{case.plan}/order", json={"step_ids": [second["id"], first["id"]]})
    half = await case.case_worker.put(f"{case.plan}/order", json={"step_ids": [second["id"]]})
    removed = await case.case_worker.post(f"{case.plan}/steps/{second['id']}/remove")
    unseen = (await case.seeker.get("/api/my/plan")).json()
    back = await case.case_worker.post(f"{case.plan}/steps/{second['id']}/restore")

    assert [one["id"] for one in turned.json()["steps"]] == [second["id"], first["id"]]
    assert (half.status_code, half.json()["reason"]) == (409, "NotTheSameSteps")
    assert [one["id"] for one in removed.json()["steps"]] == [first["id"]]
    assert [one["id"] for one in unseen["steps"]] == [first["id"]]
    assert [one["id"] for one in back.json()["steps"]] == [second["id"], first["id"]]


async def test_a_case_workers_words_are_the_agencys_and_reach_the_seeker_at_once(case: Case) -> None:
    step = await case.add()
    about = {"text": "Vad tror du om fyra veckor?", "step_id": step["id"]}

    await case.case_worker.post(f"{case.plan}/comments", json=about)
    mine = (await case.seeker.get("/api/my/plan")).json()
    await case.seeker.post("/api/my/plan/comments", json={"text": "Det blir bra."})
    plan = await case.read()

    said = mine["steps"][0]["comments"]
    assert [(one["said_by"], one["author_name"], one["text"]) for one in said] == [
        ("agency", "Case Worker Provsson", about["text"])
    ]
    assert [(one["said_by"], one["text"]) for one in plan["comments"]] == [("seeker", "Det blir bra.")]
    elsewhere = await case.seeker.post(
        "/api/my/plan/comments", json={"text": "?", "step_id": str(case.hall.seekers[1])}
    )
    assert elsewhere.status_code == 404


async def test_a_plan_is_for_its_seeker_and_their_own_case_worker(case: Case) -> None:
    step = await case.add()
    other = await case.hall.seeker(1)
    others_plan = f"/api/seekers/{case.hall.seekers[1]}/plan"

    assert (await case.case_worker.get(others_plan)).status_code == 404
    assert (await case.case_worker.post(f"{others_plan}/steps", json=trial())).status_code == 404
    assert (await case.case_worker.post(f"{others_plan}/steps/{step['id']}/remove")).status_code == 404
    assert (await other.get("/api/my/plan")).json()["steps"] == []
    assert (await other.put(f"/api/my/plan/steps/{step['id']}/answer", json={"answer": "yes"})).status_code == 404
    assert (await case.hall.staff.get(case.plan)).status_code == 403
    assert (await case.hall.recruiter.get(case.plan)).status_code == 403
    assert [one["id"] for one in (await case.read())["steps"]] == [step["id"]]
