"""Every route, tried by everybody: what the oracle says is what the application does."""

from __future__ import annotations

import ast
from pathlib import Path

import httpx

from tests.contract import canaries, oracle
from tests.contract.conftest import House
from tests.contract.figures import note
from tests.contract.forgetful import forgetful
from tests.contract.matrix import ORIGIN, try_all, undeclared
from tests.contract.world import withdraw_sharing

DEMO_ONLY = tuple(name for name in oracle.OPERATIONS if " /api/demo" in name)
MAIL_ONLY = ("GET /api/mailbox",)
BEFORE_WITHDRAWAL = tuple(actor for actor in oracle.EVERYBODY if actor != oracle.AFTER_WITHDRAWAL)
BY_HAND = (
    "oracle.py",
    "oracle_rules.py",
    "oracle_feedback.py",
    "oracle_responses.py",
    "oracle_case_work.py",
    "oracle_jobs.py",
    "oracle_planning.py",
    "oracle_learning.py",
    "oracle_live.py",
    "canaries.py",
)


async def test_everybody_may_do_what_the_oracle_says_and_nothing_else(house: House) -> None:
    app = house.app()

    async with forgetful(app, house.settings.database_url) as running:
        report = await try_all(running, house.world, house.callers, actors=BEFORE_WITHDRAWAL)
        await withdraw_sharing(house.database, house.world)
        after = await try_all(running, house.world, house.callers, actors=(oracle.AFTER_WITHDRAWAL,))

    assert undeclared(app) == []
    assert report.findings + after.findings == []
    assert report.tries + after.tries > 2000
    note(f"matrix: {len(oracle.OPERATIONS)} operations, {report.tries + after.tries} requests, 0 leaks")
    # whom nobody is ever seen to be let in for, or what nobody is ever shown, would be denied for no reason
    assert sorted(set(oracle.OPERATIONS) - set(report.let_in)) == []
    assert sorted(set(canaries.TEXTS) - set(report.read)) == []
    assert oracle.CASE_WORKER in report.read["shared_statement"]
    kept = ["agency_comment", "agreed_purpose", "hand_over", "seeker_comment", "step", "talk", "task"]
    assert sorted(after.read) == kept


async def test_without_the_demo_nobody_signs_in_by_a_click(house: House) -> None:
    app = house.app(demo=False)

    async with forgetful(app, house.settings.database_url) as running:
        async with httpx.AsyncClient(transport=httpx.ASGITransport(running), base_url=ORIGIN) as client:
            answers = [await client.request(*name.split(" "), json={"role": "staff"}) for name in DEMO_ONLY]

    assert undeclared(app, left_out=DEMO_ONLY) == []
    assert [answer.status_code for answer in answers] == [404, 405, 405]


def test_where_mail_is_sent_nobody_reads_it_here(house: House) -> None:
    app = house.app(demo=False, smtp_url="smtp://127.0.0.1:2525")

    assert undeclared(app, left_out=(*DEMO_ONLY, *MAIL_ONLY)) == []


def test_the_oracle_is_written_apart_from_the_application() -> None:
    for name in BY_HAND:
        tree = ast.parse((Path(__file__).parent / name).read_text())
        modules = {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
        modules |= {one.name for node in ast.walk(tree) if isinstance(node, ast.Import) for one in node.names}

        assert modules <= {"__future__", "dataclasses", "typing", *(f"tests.contract.{one[:-3]}" for one in BY_HAND)}
