"""Whether a describing word is said of a person or of a thing: *du är gammal*, but *legacy-koden är gammal*."""

from __future__ import annotations

from feedback.tone.patterns import Lexicon, lexicon, places
from feedback.tone.words import ENDS, Word

PEOPLE = """
    *person|*personer|*personen|*personerna|*människ*|*människor, *utvecklare*, *programmerare*,
    *kandidat|*kandidaten|*kandidater|*kandidaterna, *sökande|*sökanden, *kolleg*, *medarbetar*,
    *konsult|*konsulten|*konsulter, *tekniker, *ingenjör*, *chef|*chefen|*chefer, *ledare|*ledaren, *testare*,
    *designer|*designers, *arkitekt|*arkitekten, team|teamet, gäng|gänget, någon|nån|någon, *arbetare, *kvinn*,
    *tjej*, *kille|*killen|*killar, man|män|mannen|männen, *lyssnare, *säljare*, *talare, *student*, elev|elever,
    profil|profilen|profiler, förmåga|förmågor, talang*, rekryt*, anställd|anställda, arbetskraft*, folk|folket,
    dam|damer|dam*en, herre|herrar|herrn, lagspelare*, pedagog*, gubb*, muslim*, flykting*,
    person|persons|people|folks|someone|somebody|anyone|everybody, *developer*, *programmer|*programmers, candidate*,
    applicant*, colleague*, engineer*, teammate*|staff, tester|testers, manager*, leader*, listener*, consultant*,
    guy|guys|girl|girls|boy|boys|lady|ladies|lad, woman|women, worker*, employee*, speaker*, communicator*, player*,
    individual*, crowd, recruit|recruits, hire|hires, mother*, father*, professional*, listener
"""
_PRONOUNS = (
    "du|dig|ni|er|hon|han|hen|henne|honom|vi|oss|jag|mig, you|u|he|she|they|them|him|we|us|i|herself|himself|yourself"
)
_COPULAS = (
    "är|var|vara|varit|verkar|verkade|känns|kändes|blir|blev|bli|framstår|framstod|upplevs|upplevdes|upplever|upplevde|uppfattade|tyckte|fann|"
    "uppfattas|uppfattar|låter|lät|ser|såg|tycks|anses|beter|betedde|"
    "is|are|was|were|be|been|being|seem|seems|seemed|look|looks|looked|appear|appears|appeared|come|comes|came|sound|"
    "sounds|sounded|feel|feels|felt|act|acts|acted|found|find|finds|thought|call|called|kallar|kallade|re|s|m|ve"
)
_FILLING = (
    "en|ett|lite|litet|för|alltför|så|väldigt|mycket|ganska|rätt|nog|tyvärr|kanske|inte|ej|aldrig|alltid|också|ju|väl|"
    "faktiskt|alldeles|helt|extremt|otroligt|jätte*|super*|bara|mest|ofta|ibland|ännu|redan|fortfarande|tydligen|ut|"
    "som|på|i|av|att|om|och|eller|med|till|hos|oss|sig|mig|nästan|minst|minsta|mer|mest|aningen|smått|riktigt|såväl|"
    "både|dessutom|då|ha|har|haft|kan|kunde|ska|skulle|måste|bör|tycker|tyckte|tror|trodde|anser|ansåg|nästan|"
    "rent|nuvarande|himla|jävla|hemskt|rysligt|fruktansvärt|fantastiskt|kort|sagt|eftersom|än|under|när|vid|idag|"
    "a|an|the|too|very|so|quite|rather|bit|little|really|just|not|n|t|never|always|also|simply|probably|maybe|perhaps|"
    "a|of|for|to|in|at|on|and|or|as|across|like|most|more|less|almost|damn|bloody|pretty|sadly|unfortunately|honestly|frankly|way|"
    "extremely|incredibly|kind|sort|somewhat|still|already|only|far|much|have|has|had|can|could|would|should|may|"
    "might|will|think|thought|feel|because|than|with|don|didn|isn|aren|wasn|that|when|during|today|all|again|enough"
)
_THINGS = "det|den|detta|denna|de|dessa|it|this|these|those"
_NEW_CLAUSE = "men|utan|medan|but|while|though"

_YOU = lexicon("""
    du|dig|ni|er|hon|han|hen|kandidaten|svar*|exempel*|frågor*,
    you|u|he|she|they|candidate|answer|answers|questions|examples
""")
_PERSON = lexicon(f"{PEOPLE}, {_PRONOUNS}")
_PEOPLE = lexicon(PEOPLE)
_COPULA = lexicon(_COPULAS)
_FILL = lexicon(f"{_FILLING}, {_COPULAS}")
_THING = lexicon(_THINGS)
_CLAUSE = lexicon(_NEW_CLAUSE)
_USERS = lexicon("användar*|kund|kunder|kunderna|*besökar*|patient*|målgrupp*|users|user|customer*|visitor*|audience*")
# Describing words may stand beside each other, and are not what is described: *lat och ointresserad*.
_DESCRIBING = lexicon(
    "*ig|*igt|*iga|*sam|*samt|*samma|*ande|*lös|*löst|lat|blyg|trög|dum|stel|gammal|gamla|ung|unga|äldre|yngre,"
    " old|older|young|younger|lazy|shy|slow|rude|cold|stiff|*ful|*less|*ish|boring|arrogant"
)


def _is(word: Word, wanted: Lexicon) -> bool:
    return any(places((word,), wanted))


def is_of_users(words: tuple[Word, ...], end: int) -> bool:
    """Whether the words before `end` describe those whom a product is made for: *blinda användare*."""
    return end < len(words) and _is(words[end], _USERS)


def is_of_person(words: tuple[Word, ...], first: int, end: int, *, told: bool = False) -> bool:
    """Whether the describing words from `first` to before `end` are said of a person.

    The noun right after decides; else whom the clause is about, read backwards; a
    clause that names nobody is about whoever reads it. With `told` a verb such as
    *är* or *seems* must stand between.
    """
    if end < len(words) and not words[end].breaks and not _is(words[end], _FILL):
        after = words[end]
        if _is(after, _PEOPLE):
            return True
        if not _is(after, _PERSON) and not _is(after, _CLAUSE) and not _is(after, _DESCRIBING):
            return False
    return _subject(words, first, told=told)


def is_about_you(words: tuple[Word, ...], first: int) -> bool:
    """Whether the clause up to `first` says what somebody does or answers, or `first` opens the sentence."""
    clause = list(words[:first])
    for at in range(first, 0, -1):
        if words[at].breaks in ENDS:
            clause = list(words[at:first])
            break
    return first == 0 or any(_is(word, _YOU) for word in clause)


def _subject(words: tuple[Word, ...], first: int, *, told: bool) -> bool:
    has_verb = False
    for at in range(first, 0, -1):
        word = words[at - 1]
        if words[at].breaks in ENDS or _is(word, _CLAUSE):
            break
        has_verb = has_verb or _is(word, _COPULA)
        if _is(word, _PERSON):
            # vi upplevde dig som … tells as much as du är …
            return not told or has_verb or (at > 1 and _is(words[at - 2], _COPULA))
        if _is(word, _THING) or not (_is(word, _FILL) or _is(word, _DESCRIBING)):
            return False
    return True
