"""What somebody wrote in confidence, and who may read it; by hand, importing nothing of the application."""

from __future__ import annotations

from tests.contract.oracle import (
    AFTER_WITHDRAWAL,
    ALL_STAFF,
    CASE_WORKER,
    LINK,
    OTHER_LINK,
    OTHER_RECRUITER,
    OTHER_SEEKER,
    RECRUITER,
    SEEKER,
    STAFF,
)

TEXTS: dict[str, str] = {
    "seeker_mail": "kanarie.sokande@hemlig.example",
    "seeker_phone": "+46709990001",
    "question": "Kanariefråga: vem granskar min kod?",
    "competence": "Kanariekompetens Erlang",
    "goal": "Kanariemål: våga ringa upp",
    "reflection": "Kanarietanke efter mötet.",
    "action": "Kanarieläxa till torsdag",
    "step": "Kanariesteg i planen",
    "agency_comment": "Kanarieord från handläggaren.",
    "seeker_comment": "Kanarieord om planen.",
    "access_need": "Kanariebehov: teckenspråkstolk",
    "opened_statement": "Kanariemening i öppnat svar.",
    "shared_statement": "Kanariemening som delas vidare.",
    "sealed_statement": "Kanariemening under sigill.",
    "draft_statement": "Kanariemening i ett utkast.",
    "reply": "Kanariesvar till rekryteraren.",
    "chat": "Kanarierad i samtalet.",
    "others_mail": "annan.kanarie@hemlig.example",
    "others_question": "Annan kanariefråga: får man arbeta hemifrån?",
    "others_statement": "Kanariemening till någon annan.",
    "others_chat": "Kanarierad i ett annat samtal.",
    "interpreter": "Kanarietolk på tigrinja",
    "draft_event": "Kanariemässan som få vet om",
    "sheet": "kanarie.i.arket@hemlig.example",
    "recruiter_mail": "kanarie.rekryterare@hemlig.example",
    "recruiter_phone": "+46709990002",
    "check_in_code": "KANARIE7",
    "letter": "Kanariebrev till ett jobb.",
    "others_letter": "Annat kanariebrev till ett jobb.",
}
"""Each stands in one place of the world only."""

READERS: dict[str, tuple[str, ...]] = {
    # through a link of another event one is the same person still, with one's own address, questions and skills
    # whoever applies for a job can be reached by that employer
    "seeker_mail": (SEEKER, LINK, OTHER_LINK, RECRUITER, *ALL_STAFF),
    "seeker_phone": ALL_STAFF,
    "question": (SEEKER, LINK, OTHER_LINK, RECRUITER),
    "competence": (SEEKER, LINK, OTHER_LINK, RECRUITER, *ALL_STAFF),
    "goal": (SEEKER, LINK, OTHER_LINK, RECRUITER, CASE_WORKER),
    "reflection": (SEEKER, LINK),
    "action": (SEEKER, LINK, OTHER_LINK, CASE_WORKER),
    # what a case worker wrote stays theirs to read when the employers' words no longer are
    "step": (SEEKER, CASE_WORKER, AFTER_WITHDRAWAL),
    "agency_comment": (SEEKER, CASE_WORKER, AFTER_WITHDRAWAL),
    "seeker_comment": (SEEKER, CASE_WORKER, AFTER_WITHDRAWAL),
    "access_need": (STAFF,),
    "opened_statement": (SEEKER, LINK, RECRUITER),
    "shared_statement": (SEEKER, LINK, RECRUITER, CASE_WORKER),
    "sealed_statement": (RECRUITER,),
    "draft_statement": (RECRUITER,),
    "reply": (SEEKER, LINK, RECRUITER),
    "chat": (SEEKER, LINK, RECRUITER),
    "others_mail": (OTHER_SEEKER, OTHER_RECRUITER, STAFF),
    "others_question": (OTHER_SEEKER, RECRUITER, OTHER_RECRUITER),
    "others_statement": (OTHER_SEEKER, OTHER_RECRUITER),
    "others_chat": (OTHER_SEEKER, OTHER_RECRUITER),
    "interpreter": (SEEKER, LINK, STAFF),
    # whoever is enrolled in it or has a desk there is asked what they wish
    "draft_event": (STAFF, SEEKER, OTHER_SEEKER, RECRUITER),
    "sheet": (STAFF,),
    "recruiter_mail": (RECRUITER, STAFF),
    "recruiter_phone": (STAFF,),
    "check_in_code": (SEEKER, LINK, STAFF),
    "letter": (SEEKER, LINK, OTHER_LINK, RECRUITER),
    "others_letter": (OTHER_SEEKER, OTHER_RECRUITER),
}
