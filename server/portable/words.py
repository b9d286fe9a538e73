"""The few words that the document adds to what people have said."""

from __future__ import annotations

from typing import Final

WORDS: Final[dict[str, dict[str, str]]] = {
    "sv": {
        "person": "Om mig",
        "email": "E-post",
        "goal": "Mitt mål",
        "competences": "Det jag kan",
        "feedback": "Återkoppling från arbetsgivare",
        "feedback_lead": "Arbetsgivarnas egna svar efter möten, ordagrant. Inget är hopräknat.",
        "sealed": "Återkoppling som jag inte har öppnat",
        "questions": "Frågor jag tar med mig",
        "recruiter": "Från",
        "statement": "Med egna ord",
        "translation": "Översättning",
        "own": "Så såg jag det själv",
        "not_seen": "Inget underlag",
        "between": "Mellan ”{low}” och ”{high}”",
        "evidence_self": "mina egna ord",
        "evidence_informal": "från livet utanför jobbet",
        "evidence_employer_confirmed": "bekräftat av arbetsgivare",
        "evidence_credential": "med intyg",
        "made": "Uttaget {day} ur Direktkontakt",
    },
    "en": {
        "person": "About me",
        "email": "E-mail",
        "goal": "My goal",
        "competences": "What I know",
        "feedback": "Feedback from employers",
        "feedback_lead": "The employers' own answers after meetings, word for word. Nothing is added up.",
        "sealed": "Feedback that I have not opened",
        "questions": "Questions that I bring",
        "recruiter": "From",
        "statement": "In their own words",
        "translation": "Translation",
        "own": "How I saw it",
        "not_seen": "Nothing to go by",
        "between": "Between “{low}” and “{high}”",
        "evidence_self": "my own words",
        "evidence_informal": "from life outside work",
        "evidence_employer_confirmed": "confirmed by an employer",
        "evidence_credential": "with a certificate",
        "made": "Taken out of Direktkontakt on {day}",
    },
}
