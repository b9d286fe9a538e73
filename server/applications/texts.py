"""The words of the mails about applications, in Swedish and English."""

from __future__ import annotations

FALLBACK = "sv"
_END = {"sv": "\n\nDirektkontakt\n", "en": "\n\nDirektkontakt\n"}
_MAILS: dict[str, dict[str, tuple[str, str]]] = {
    "sv": {
        "sent": ("{seeker} söker {title}", "Hej {name}!\n\n{seeker} söker jobbet {title}.\n\nLäs och svara:\n{link}"),
        "resumed": (
            "{seeker} söker {title} igen",
            "Hej {name}!\n\n{seeker} har ångrat sig och söker jobbet {title} igen.\n\nLäs och svara:\n{link}",
        ),
        "withdrawn": (
            "{seeker} har tagit tillbaka sin ansökan",
            "Hej {name}!\n\n{seeker} har tagit tillbaka sin ansökan till {title}. "
            "Ni behöver inte göra något.\n\n{link}",
        ),
        "in_conversation": (
            "{employer} vill prata vidare om {title}",
            "Hej {name}!\n\n{employer} vill prata vidare med dig om jobbet {title}.\n\nSe din ansökan:\n{link}",
        ),
        "offered": (
            "{employer} erbjuder dig {title}",
            "Hej {name}!\n\n{employer} erbjuder dig jobbet {title}.\n\nSe din ansökan:\n{link}",
        ),
        "hired": (
            "Du är anställd hos {employer}",
            "Hej {name}!\n\n{employer} har skrivit att du är anställd som {title}.\n\nSe din ansökan:\n{link}",
        ),
        "declined": (
            "Svar från {employer} om {title}",
            "Hej {name}!\n\n{employer} går inte vidare med din ansökan till {title} den här gången. "
            "Det du har fått höra i mötena har du kvar.\n\nSe din ansökan:\n{link}",
        ),
    },
    "en": {
        "sent": (
            "{seeker} applies for {title}",
            "Hello {name}!\n\n{seeker} applies for {title}.\n\nRead and answer:\n{link}",
        ),
        "resumed": (
            "{seeker} applies for {title} again",
            "Hello {name}!\n\n{seeker} has had second thoughts and applies for {title} again.\n\n"
            "Read and answer:\n{link}",
        ),
        "withdrawn": (
            "{seeker} has withdrawn an application",
            "Hello {name}!\n\n{seeker} has withdrawn the application for {title}. "
            "There is nothing you need to do.\n\n{link}",
        ),
        "in_conversation": (
            "{employer} wants to talk more about {title}",
            "Hello {name}!\n\n{employer} wants to talk more with you about the job {title}.\n\n"
            "See your application:\n{link}",
        ),
        "offered": (
            "{employer} offers you {title}",
            "Hello {name}!\n\n{employer} offers you the job {title}.\n\nSee your application:\n{link}",
        ),
        "hired": (
            "You are hired at {employer}",
            "Hello {name}!\n\n{employer} has written that you are hired as {title}.\n\nSee your application:\n{link}",
        ),
        "declined": (
            "An answer from {employer} about {title}",
            "Hello {name}!\n\n{employer} does not go on with your application for {title} this time. "
            "What you have heard in your meetings stays yours.\n\nSee your application:\n{link}",
        ),
    },
}
TOLD = frozenset(_MAILS[FALLBACK])
"""What a mail is written of; that it was read is seen on the page alone."""


def words(kind: str, locale: str, **named: str) -> tuple[str, str]:
    """Subject and text of the mail of this kind; names hold no line breaks."""
    subject, text = _MAILS.get(locale, _MAILS[FALLBACK])[kind]
    flat = {name: " ".join(value.split()) for name, value in named.items()}
    return subject.format(**flat), text.format(**flat) + _END.get(locale, _END[FALLBACK])
