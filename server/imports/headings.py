"""The headings staff and their spreadsheet programs use, for each field, Swedish and English.

They are written as `plain` leaves them: lower case, no accents, no punctuation, parentheses dropped.
"""

from __future__ import annotations

from server.imports.cells import words
from server.imports.codes import Kind

WISH_MAX = 10
WISH_FIELDS = tuple(f"wish_{rank}" for rank in range(1, WISH_MAX + 1))

_SHARED: dict[str, str] = {
    "email": "epost|epost kontakt|epost till kontakt|kontakt epost|kontaktpersonens epost|epostadress|mail"
    "|mailadress|mejl|mejladress|email|email address|emailadress|epost adress"
    "|epost kontaktperson|kontaktens epost|contact email|work email|primary email|epost rekryterare",
    "phone": "telefon|telefon kontakt|kontakt telefon|mobil kontakt|kontaktens telefon|telefonnummer|telefonnr"
    "|tel|telnr|tel nr|tfn|mobil|mobilnummer|mobilnr|mobiltelefon|mob"
    "|phone|phone number|phone no|mobile|mobile phone|mobile number|cell|cell phone|cellphone|telephone"
    "|direktnummer|telefon mobil|mobil telefon|kontakttelefon|contact phone",
    "from": "fran|ankomst|anlander|tid fr|kan fr|arrival|arrives|fr|from|start|starttid|tid fran|kan fran"
    "|tillganglig fran|available from|start time|borjar"
    "|fran kl|from time|time from|kan from|fran klockan|kan borja|starts|starts at|tidigast",
    "to": "till|avfard|avgang|tid tom|kan tom|departure|leaves|to|slut|sluttid|tid till|kan till"
    "|tillganglig till|available to|available until|end|end time"
    "|until|slutar|till kl|to time|time to|kan tom|till klockan|ends|ends at|senast|tom",
    "times": "tid|tidsspann|passande tid|motestid|tider|time|times|nar"
    "|tillganglighet|tillganglig|available|availability|available times"
    "|kan tider|tider som passar|passande tider|tidsonskemal|kan tid|nar kan du|tidsfonster|when",
    "form": "form|motesform|onskad form|format|meeting form|meeting type|meeting format|form av mote"
    "|video eller pa plats|video pa plats|deltar|deltagande|attendance|mode|deltagandeform"
    "|digitalt eller pa plats|hur|on site or video|online or on site|typ av mote|plats eller video",
}

_EMPLOYERS: dict[str, str] = {
    "name": "foretag|account name|account|kund|kundnamn|partner|utstallarnamn|foretag organisation"
    "|company organisation|exhibitor name"
    "|arb giv|arbgiv|arbetsg|ag|ag namn|foretagsnamn|foretagets namn|arbetsgivare"
    "|arbetsgivarens namn|bolag|bolagsnamn"
    "|organisation|organisationsnamn|company|company name|employer|employer name|organization"
    "|organisation name|firma|verksamhet|utstallare|exhibitor|namn pa foretag|business|business name",
    "org_number": "vat no|vat id|org nr|orgnr|org nummer|orgnummer|organisationsnummer|organisationsnr|org no"
    "|organisation number|organization number|organisation no|corporate id|corporate identity number"
    "|company number|registration number|reg no|org id|company registration number|org number|vat|vat number"
    "|momsnummer",
    "contact": "kontaktuppgifter|kontaktuppgift|kontaktinfo|kontaktinformation|contact details|contact info"
    "|primary contact"
    "|kontaktperson|kontakt|kontaktpersoner|kontaktnamn|contact|contact person|contact name"
    "|rekryterare|rekryterarens namn|recruiter|recruiter name|ansvarig|kontaktpersonens namn|representant"
    "|representative|namn kontaktperson|var kontakt|kontakt namn",
    "contact_first": "fornamn|kontakt fornamn|kontaktens fornamn|kontaktpersonens fornamn|fornamn kontakt"
    "|fornamn kontaktperson|kontaktperson fornamn|first name|firstname|given name|contact first name",
    "contact_last": "efternamn|kontakt efternamn|kontaktens efternamn|kontaktpersonens efternamn|efternamn kontakt"
    "|efternamn kontaktperson|kontaktperson efternamn|last name|lastname|surname|family name|contact last name",
    "recruiter_count": "bemanning|antal i montern|antal rekr|staffing|antal rekryterare|rekryterare antal|antal"
    "|antal personer|antal deltagare"
    "|antal representanter|number of recruiters|no of recruiters|recruiters|recruiter count|count"
    "|hur manga rekryterare|hur manga|nr of recruiters|num recruiters|antal pers|how many|how many recruiters"
    "|headcount",
    "competences": "soker kompetens|soker kompetenser|soker|kompetens|kompetenser|kompetensbehov"
    "|kompetensomraden|soker profiler|profiler|roller|roles|skills|competences|competencies|looking for"
    "|skills wanted|wanted skills|skills needed|inriktning|teknik|tekniker|sokt kompetens"
    "|efterfragad kompetens|soker efter|seeking|profiles|competences wanted|required skills|hiring for"
    "|rekryterar",
    "avoid": "vill inte mota|vill ej mota|helst inte|undvik|ej mota|avoid|does not want to meet|rather not"
    "|not meet|would rather not meet|inte mota|do not want to meet|doesn t want to meet",
    "station": "bord|rum|bord rum|bordsnummer|bordsnr|bord nr|monter|monternummer|monternr|station|table|room"
    "|booth|stand|table room|table number|table no|desk|rum bord|booth number|monterplats",
    "about": "om foretaget|beskrivning|presentation|om|about|description|about the company"
    "|foretagsbeskrivning|foretagspresentation|om oss|kort om foretaget|company description",
}

_SEEKERS: dict[str, str] = {
    "name": "namn|namn och personnummer|namn personnummer|namn och pnr|namn pnr"
    "|fornamn efternamn|for och efternamn|fornamn och efternamn|efternamn fornamn"
    "|fullstandigt namn|deltagare|sokande|arbetssokande|name|full name|participant|kandidat|candidate"
    "|job seeker|jobseeker|last name first name|first and last name|deltagarens namn|person|ditt namn"
    "|your name|seeker",
    "first_name": "fornamn|first name|firstname|given name|tilltalsnamn|forename|given names",
    "last_name": "efternamn|last name|lastname|surname|family name",
    "gender": "kon|k m|kon k m|man kvinna|kvinna man|gender|sex|juridiskt kon|konstillhorighet|konsidentitet|m f|f m",
    "birth_year": "fodd|fodelsear|fodd ar|fodelsedatum|fodelsedag|birth year|year of birth|born|birthyear"
    "|birth date|birthdate|date of birth|dob|fodelsear 4 siffror|yob|arskull|ar fodd|birthday",
    "age": "alder|age|hur gammal|alder ar",
    "personal_number": "personnummer|personnr|person nr|pnr|pers nr|persnr|personal number"
    "|personal identity number|social security number|ssn|samordningsnummer|personal id|personal id number"
    "|personnummer 10 siffror",
    "office": "kontor|af kontor|arbetsformedling|lokalkontor|hemmakontor|office|local office|branch|ort"
    "|bostadsort|hemort|stad|kommun|city|town|location|municipality|enhet|af",
    "wish": "onskar traffa|matchas mot|matchas med|intresserad av|companies of interest|employers of interest|valjer"
    "|vill prata med|hoppas traffa|traffa|mota|onskemal ag|onskemal arbetsgivare|onskad ag|onskade ag"
    "|onskar mota|onskemal"
    "|onskat foretag|onskade foretag|onskad arbetsgivare"
    "|onskade arbetsgivare|vill traffa|vill mota|val|valt foretag|foretagsval|wish|wishes|wants to meet"
    "|wish to meet|would like to meet|choice|choices|preference|preferences|prioritet|prio|prioritering"
    "|foretagsonskemal|company wish|wanted employer|preferred company|preferred employer|preferred employers"
    "|preferred companies|requested employers|hand val|handsval|vilka foretag vill du traffa|meet"
    "|employer choice|onskan|onske foretag",
    "avoid": "helst inte|undvik|vill inte traffa|vill ej traffa|vill inte mota|vill ej mota|avoid|rather not"
    "|does not want to meet|not meet|inte traffa|would rather not meet|do not want to meet"
    "|would rather avoid",
    "access_needs": "behov|access requirements|access requirement|requirements for access"
    "|sarskilda onskemal behov|sarskilda behov|tillganglighetsbehov|anpassning|anpassningar|behov av anpassning"
    "|stod|stodbehov|behov av stod|access needs|accessibility|accessibility needs|accommodation"
    "|accommodations|special needs|needs|support needs|hjalpmedel|tolk|tolkbehov|behov av tolk|interpreter"
    "|ovriga behov|adaptations|adjustments|tillganglighet behov",
    "languages": "sprak|sprakkunskaper|talar|talar sprak|languages|language|speaks|spoken languages|modersmal"
    "|languages spoken",
    "competences": "kompetens|kompetenser|kunskaper|fardigheter|skills|skill|it kompetens|inriktning|teknik"
    "|tekniker|kan|det personen kan|kompetensomraden|competences|competencies|erfarenhet|erfarenheter"
    "|experience|expertise|key skills|tekniska kunskaper|it skills",
    "consent": "samtycke|i agree|agree|i consent|share my data|agree to share|dela mina uppgifter|dela uppgifter"
    "|uppgifter delas|personuppgifter|ok gdpr|gdpr ok|samtycker|samtycke gdpr|gdpr|gdpr samtycke|godkanner"
    "|godkannande"
    "|medgivande|consent"
    "|consents|consent given|has consented|agrees|agreed|ok att dela|samtycke till registrering|gdpr consent"
    "|samtycke ja nej|godkant",
}


def _split(table: dict[str, str]) -> dict[str, tuple[str, ...]]:
    return {field: tuple(words.split("|")) for field, words in table.items()}


_WEAK_TIMES = "kan komma|jag kan komma|jag kan|kan delta|kan vara med|kan medverka|kan narvara"

# Headings that fit a field only when nothing better has claimed it, in this order.
WEAK: dict[Kind, dict[str, tuple[str, ...]]] = {
    "employers": _split(
        {
            "name": "namn|name",
            "contact": "namn|name|person|deltagare|participant|for och efternamn|full name|fullstandigt namn",
            "times": _WEAK_TIMES,
        }
    ),
    "seekers": _split(
        {
            "wish": "foretag|company|arbetsgivare|employer|bolag",
            "office": "plats",
            "avoid": "ej|inte|not",
            "consent": "ok|okej|okay",
            "times": _WEAK_TIMES,
        }
    ),
}

HEADINGS: dict[Kind, dict[str, tuple[str, ...]]] = {
    "employers": _split({**_EMPLOYERS, **_SHARED}),
    "seekers": _split({**_SEEKERS, **_SHARED}),
}

# Fields that may stand several times under a number: wishes, and a second and third contact of an employer.
CONTACT_FIELDS = ("contact", "email", "phone")
CONTACTS_MAX = 3
MORE_CONTACTS = tuple(f"{field}_{rank}" for rank in range(2, CONTACTS_MAX + 1) for field in CONTACT_FIELDS)
RANKED: dict[Kind, tuple[str, ...]] = {"employers": CONTACT_FIELDS, "seekers": ("wish",)}

# What a column holds rather than whom it is about, in a heading that says both.
SPECIFIC = frozenset(
    {"email", "phone", "org_number", "recruiter_count", "contact_first", "contact_last", "first_name", "last_name",
     "birth_year", "personal_number", "consent"}
)  # fmt: skip

# Headings of what we have no place for, though they look like others that we have.
FOREIGN = words(
    "postadress|adress|gatuadress|besoksadress|fakturaadress|address|street address|postal address|postnr|postnummer"
    "|postort|zip|zip code|hemsida|webb|webbplats|webbadress|www|url|website|vaxel|fax|faxnr|bransch|kundnr|kundnummer"
    "|fakturareferens|bolagsform|status|inbjuden|anmald|anmalningsdatum|anmalningstid|registrerad|lunch|parkering|el"
    "|handlaggare|coach|jobbcoach|owner|agare"
)
REMARKS = words(
    "kommentar|kommentarer|ovrigt|anteckning|anteckningar|notering|noteringar|notes|note|comment|comments|remarks|info"
)

# Headings of columns that nobody misses.
UNTOLD = FOREIGN | words(
    "nr|no|id|nummer|number|lopnr|lopnummer|rad|rad nr|radnr|row|tidsstampel|tidstampel|timestamp|slutforandetid"
    "|completion time|senast andrad|last modified time|last modified|ort|stad|city|kommun"
)

FIELDS: dict[Kind, tuple[str, ...]] = {
    "employers": (*HEADINGS["employers"], *MORE_CONTACTS),
    "seekers": (*(field for field in HEADINGS["seekers"] if field != "wish"), *WISH_FIELDS, "wish_mark"),
}

# What tells the two sheets apart: fields that the other kind of sheet does not have.
TELLING: dict[Kind, dict[str, int]] = {
    "employers": {
        "name": 3,
        "org_number": 3,
        "contact": 3,
        "recruiter_count": 3,
        "station": 2,
        "about": 2,
        "contact_first": 1,
        "contact_last": 1,
    },
    "seekers": {
        "name": 2,
        "first_name": 1,
        "last_name": 1,
        "gender": 3,
        "birth_year": 3,
        "age": 3,
        "personal_number": 3,
        "wish": 3,
        "access_needs": 3,
        "languages": 3,
        "consent": 3,
        "office": 1,
    },
}

SENSITIVE_FIELDS = frozenset({"access_needs", "personal_number", "scheduling_needs"})
TYPED_ONLY = frozenset({"scheduling_needs"})
"""What no column holds: it is understood from another, and staff may type it."""
