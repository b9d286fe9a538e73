"""Which ready phrases come first."""

from __future__ import annotations

from feedback.answers import Answers
from feedback.chip_order import NO_USE, chip_order, use_of
from feedback.pack_loader import load_pack

IT = load_pack("it_v1")
PACK = {
    "worked": tuple(choice.code for choice in IT.worked.choices),
    "do_next": tuple(choice.code for choice in IT.do_next.choices),
    "enabling": tuple(choice.code for choice in IT.enabling.choices),
}


def test_a_new_employer_sees_the_packs_own_order() -> None:
    assert chip_order(IT) == PACK
    assert NO_USE.share("worked", "prepared") == 0.0


def test_what_the_employer_picks_most_comes_first_then_what_the_occupation_picks() -> None:
    own = use_of([Answers(do_next=("practise_sql",)), Answers(do_next=("practise_sql", "think_aloud"))])
    role = use_of([Answers(do_next=("practise_networks",), enabling=("work_trial",))] * 3)

    order = chip_order(IT, own=own, role=role)

    assert order["do_next"][:4] == ("practise_sql", "think_aloud", "practise_networks", PACK["do_next"][0])
    assert order["worked"] == PACK["worked"]
    assert sorted(order["do_next"]) == sorted(PACK["do_next"])


def test_a_phrase_about_a_wanted_competence_comes_before_unused_ones() -> None:
    order = chip_order(IT, wanted={"sql"})

    assert order["do_next"][0] == "practise_sql"


def test_what_excludes_the_others_stays_last_however_often_it_is_picked() -> None:
    alone = next(choice.code for choice in IT.enabling.choices if choice.alone)

    order = chip_order(IT, own=use_of([Answers(enabling=(alone,))] * 5))

    assert order["enabling"][-1] == alone
