"""What feedback says stands in its own tables alone: no event, no mail and no log holds a copy of it."""

from __future__ import annotations

import json

import pytest
from sqlmodel import select

from feedback.pack_loader import load_pack
from server.kit.outbox import OutboxRow
from server.kit.streams import StreamEventRow
from tests.server.hall import COMPLETE, Hall

REPLY, ASKED, ANSWERED = "Kanariesvaret flög.", "Kanariefrågan?", "Kanarieklart."
DISPUTED, GOAL, ACTION, REFLECTED = "Kanarietvisten.", "Kanariemålet", "Kanarieläxan", "Kanarietanken."
TRANSLATED = "The canary sentence."
OWN_WORDS = (REPLY, ASKED, ANSWERED, DISPUTED, GOAL, ACTION, REFLECTED, TRANSLATED)


async def test_a_whole_life_of_feedback_leaves_its_words_nowhere_else(
    hall: Hall, capfd: pytest.CaptureFixture[str]
) -> None:
    seeker = await hall.meet()
    feedback_id = await hall.give_feedback()
    path = f"/api/my/feedback/{feedback_id}"
    for method, rest, body in (
        ("PUT", "/api/my/sharing", {"shares": True}),
        ("PUT", f"{path}/self-rating", {"ratings": {"item_1": 2}}),
        ("POST", f"{path}/open", None),
        ("PUT", f"{path}/statement-sharing", {"shared": True}),
        ("POST", f"{path}/reply", {"text": REPLY}),
        ("PUT", f"{path}/reception", {"next_clear": 2, "respected": 3, "rings_true": 4}),
        ("POST", f"{path}/question", {"text": ASKED}),
        ("PUT", f"{path}/dispute", {"words": DISPUTED, "shared": True}),
        ("PUT", "/api/my/goal", {"feedback_id": feedback_id, "chip": COMPLETE["do_next"][0]}),
        ("PUT", "/api/my/goal", {"text": GOAL}),
        ("POST", "/api/my/actions", {"text": ACTION}),
        (
            "PUT",
            f"/api/my/meetings/{hall.meetings[0]}/reflection",
            {"answers": {"learnt": REFLECTED}, "shared": True},
        ),
    ):
        answer = await seeker.request(method, rest, json=body)
        assert answer.status_code < 300, (rest, answer.text)
    for method, rest, body in (
        ("POST", f"/api/my/given-feedback/{feedback_id}/answer", {"text": ANSWERED}),
        ("PUT", f"/api/meetings/{hall.meetings[0]}/scorecard/translation", {"language": "en", "text": TRANSLATED}),
    ):
        answer = await hall.recruiter.request(method, rest, json=body)
        assert answer.status_code < 300, (rest, answer.text)
    assert (await hall.case_worker.get(f"/api/seekers/{hall.seekers[0]}/feedback")).status_code == 200
    await hall.app.deliver()

    async with hall.app.database.read() as session:
        events = [json.dumps(row.body, ensure_ascii=False) for row in await session.exec(select(StreamEventRow))]
        mails = [json.dumps(row.payload, ensure_ascii=False) for row in await session.exec(select(OutboxRow))]
    logs = "".join(capfd.readouterr())
    assert events
    for words in secret_words():
        for where, texts in (("an event", events), ("a mail", mails), ("a log", [logs])):
            assert [text for text in texts if words in text] == [], f"{words!r} stands in {where}"


def secret_words() -> list[str]:
    """All that tells of what was answered: sentences, codes of what was chosen, their texts, and keys of ratings."""
    pack = load_pack("it_v1")
    chosen = [
        *map(pack.worked.choice, COMPLETE["worked"]),
        *map(pack.do_next.choice, COMPLETE["do_next"]),
        *map(pack.enabling.choice, COMPLETE["enabling"]),
        pack.next_step.choice(COMPLETE["next_step"]),
    ]
    texts = [text for option in chosen for text in (option.code, option.text.sv, option.text.en)]
    return [COMPLETE["worked_statement"], *OWN_WORDS, *texts, "ratings", "answers", "item_1"]
