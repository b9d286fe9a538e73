"""Words about the person, absolutes, and asking for better without saying how, in both languages."""

from __future__ import annotations

TRAITS_BAD = """
    lat|lata|jättelat|superlat,
    blyg|blyga|blygt, tråkig|tråkiga, dum|dumma, korkad*, trög|tröga, arrogant|arroganta, dryg|dryga,
    otrevlig|otrevliga, oartig|oartiga, konstig|konstiga, udda, naiv|naiva, slarvig|slarviga, slö|slöa, omogen|omogna,
    barnslig|barnsliga, oproffsig|oproffsiga, oprofessionell|oprofessionella, osocial|osociala, inåtvänd|inåtvända,
    introvert|introverta, hopplös|hopplösa, värdelös|värdelösa, oduglig|odugliga, inkompetent|inkompetenta,
    okunnig|okunniga, obegåvad|obegåvade, osäker|osäkra, nervös|nervösa, opålitlig|opålitliga, oärlig|oärliga,
    ointresserad|ointresserade, omotiverad|omotiverade, passiv|passiva, stel|stela, kall|kalla, sur|sura,
    gnällig|gnälliga, besvärlig|besvärliga, jobbig|jobbiga, aggressiv|aggressiva, självgod|självgoda,
    självupptagen|självupptagna, egoistisk|egoistiska, feg|fega, ful|fula, tjock|tjocka, överviktig|överviktiga,
    smutsig|smutsiga, sjavig|sjaviga, oordentlig|oordentliga, lättstött|lättstötta, känslig|känsliga, svag|svaga,
    dålig|dåliga, usel|usla, kass|kassa, oambitiös|oambitiösa, förvirrad|förvirrade, virrig|virriga, rörig|röriga,
    ohyfsad*, långsam|långsamma, tillbakadragen|tillbakadragna, ostrukturerad|ostrukturerade, ödmjuk nog,
    otillräcklig|otillräckliga, medelmåttig|medelmåttiga, ouppfostrad*, respektlös|respektlösa,
    oengagerad|oengagerade, pinsam|pinsamma, fånig|fåniga, löjlig|löjliga, lazy, shy, boring, stupid, dumb, slow,
    arrogant, rude, weird, strange, odd, naive, sloppy, careless, immature, childish, unprofessional, antisocial,
    introverted, introvert, hopeless, useless, worthless, incompetent, ignorant, untalented, insecure, nervous,
    unreliable, dishonest, uninterested, disinterested, unmotivated, passive, stiff, cold, grumpy, difficult,
    annoying, aggressive, selfish, conceited, cocky, smug, cowardly, ugly, fat, overweight, dirty, sensitive,
    oversensitive, weak, bad, terrible, awful, pathetic, mediocre, disorganised|disorganized, confused, timid, quiet,
    awkward, clueless, disrespectful, unlikeable, unlikable, inferior, dull, negative, negativ|negativa, irriterande,
    pratglad|pratglada, pratig|pratiga, fladdrig|fladdriga, flummig|flummiga, hungrig|hungriga, lynnig|lynniga,
    sömnig|sömniga, entonig|entoniga, otålig|otåliga, envis|envisa, bitter|bittra, chatty, hungry, moody, flaky,
    sleepy, monotonous, impatient, stubborn, talkative, unkempt, scruffy, irritating, ridiculous, embarrassing,
    unintelligent, ointelligent|ointelligenta, tystlåten|tystlåtna
"""
TRAITS_GOOD = """
    *duktig|*duktiga, *smart|*smarta, *intelligent|*intelligenta, *begåvad|begåvade, *talangfull|talangfulla,
    *trevlig|*trevliga, charmig|charmiga, charmerande, snäll|snälla, *social|*sociala, utåtriktad|utåtriktade,
    extrovert|extroverta, ödmjuk|ödmjuka, ambitiös|ambitiösa, driven|drivna, *positiv|*positiva, glad|glada,
    *härlig|*härliga, *fantastisk|*fantastiska, *underbar|*underbara, *grym|*grymma, *klok|*kloka, rolig|roliga,
    *sympatisk|*sympatiska, *snygg|*snygga, vacker|vackra, *söt|*söta, *mysig|*mysiga, perfekt|perfekta,
    *skärpt|skärpta, *briljant, trygg|trygga, orädd, självsäker|självsäkra, go|jättego, *cool, modig|modiga, lysande,
    imponerande, enastående, bäst, *gullig|*gulliga, genial|genialisk, smart, clever, intelligent, gifted, talented,
    nice, charming, kind, sociable, outgoing, extrovert|extroverted, humble, ambitious, cheerful, wonderful, amazing,
    brilliant, fantastic, funny, likeable|likable, lovely, great, awesome, pretty, beautiful, handsome, attractive,
    perfect, confident, brave, bright, impressive, incredible, sweet, cute, adorable, sharp, pleasant, friendly,
    positive, genius, wise, cool, special, exceptional, extraordinary, delightful
"""
TRAIT_SPARED = """
    smart lösning*|sätt|val, smart solution*|way|choice|contract*, lazy load*, lazy evaluation, slow query|queries,
    cold start*, weak|strong typing|reference*, dumb component*|terminal*, naive bayes|implementation|solution,
    greedy algorithm*, aggressive caching, pretty clear|well|good|much|print*|easy, sharp question*|focus*,
    special case*|thanks, duktig|duktiga på, smart|smarta på, bra på, trevlig dag|helg|fortsättning, trevligt att,
    nice to|that, great to|that|job|work|example*|question*|way|answer*, duktig i|med,
    talented|skilled|clever|brilliant|great|fantastic|amazing|brave|awesome|wonderful|confident|gifted at|with|in,
    osäker|osäkra på|om, unsure about|of, confident that|about, trygg|trygga i|med, positiv|positiva till,
    positive about|that|to, glad|glada att|för|över, svag|svaga i|på, weak in|on, känslig|känsliga data|uppgifter*,
    sensitive data|information, ointresserad|ointresserade av, uninterested in, special needs,
    negative test*|case*|feedback, negativ|negativa test*|tal|återkoppling, difficult question*|problem*|topic*|to,
    sen|cold call*, go vidare, nervous about|before, nervös inför|över, modig fråga, stel led,
    go back|ahead|through|for|to|on|with|into|over|deeper, cool down, quiet mode,
    nice example*|work|job|way|demo|question*, kind of, kind regards, sharp example*, bright idea,
    social|sociala medi*|tjänst*, social media
"""
PERSON_PHRASES = """
    *ig röst|skratt|lukt, din|dina|hennes|hans skjorta|skjortan|skor|byxor|kostym|kavaj|tröja|naglar|händer luktar,
    skjortan|skorna|kostymen|kavajen|tröjan|naglarna är|var *ig|*iga, hygien|hygienen är|var, din|ditt hygien,
    personlig hygien, du är för kort|lång|liten|stor|tjock|smal|klen för,
    facket verkar|är viktigare|viktigt, röstar|röstade * på,
    whiny|shrill|squeaky|loud|quiet voice|laugh, your|his|her hygiene, personal hygiene,
    your|his|her shirt|shoes|trousers|suit|nails|jacket was|were|is|are|looked,
    you are|re too short|tall|small|big|fat|thin|weak for, the union seems|is|matters, vote|voted|votes for the,
    konstigt|konstig|störande|gällt|gäll|pipig skratt|röst, strange|odd|annoying|loud laugh|voice,
    inte särskilt|direkt|speciellt|vidare skärpt|smart|vass|intelligent|social|trevlig, not the sharpest|brightest,
    din|hennes|hans röst är|var|låter|lät,
    din|dina|hennes|hans skratt|leende|klädsel|kläder|klädstil|frisyr|vikt|parfym|handslag|humör,
    ditt|hennes|hans skratt|leende|hår|skägg|smink|handslag|humör, *tatuering*, piercing*, sminka|sminkad,
    för mycket|lite|starkt|stark smink|parfym, skägg|skägget, frisyren, håret, luktar|luktade|luktat,
    ovårdad|ovårdat|ovårdade, raka dig|av, klä|klär|klädde|klätt|klädd dig|sig|er|fin|finare|snyggare|bättre|slarvigt,
    gå|gått|gick ner|upp i vikt,
    svagt|dåligt|blekt|slarvigt|konstigt|märkligt|oseriöst|osäkert|nervöst|trött|barnsligt intryck,
    dåligt|kort|inget tålamod|temperament|humör|stubin, något|nåt * över dig,
    politisk|politiska åsikt|åsikter|åsikten, med|aktiv|aktiva|medlem i facket, fackmedlem*,
    fackligt aktiv|aktiva|ansluten|anslutna|engagerad|engagerade,
    your|his|her voice is|was|sounds|sounded,
    your|his|her laugh|smile|clothes|clothing|outfit|hair|hairstyle|weight|perfume|beard|handshake|mood,
    tattoo|tattoos, piercing|piercings, too much|strong make|makeup|perfume, your make up, beard,
    smelled|smelt|smell of|bad|strongly, shave|shaved|unshaven, lose|gain|gained|lost weight,
    dress|dressed more|better|nicely|badly|sloppily,
    weak|poor|bad|strange|odd|sloppy|tired|unkempt|nervous impression, short|bad|hot temper|fuse,
    something * about you, bored us|me, people person, political view|views|opinion|opinions,
    union member|members|activist|activists, in|of|join|joined a|the union,
    din|er|hennes|hans personlighet*|attityd|inställning|utstrålning|karaktär|intelligens|stil|person|läggning|energi,
    ditt utseende|temperament|kroppsspråk|uppträdande|uppförande, ditt sätt att vara, ditt sätt är|var|mot|gentemot,
    som person|människa,
    jobbig|trevlig|stark|svår|härlig|fin|konstig|bra|tråkig personlighet, you are|re the best|worst, du är bäst|sämst,
    personkemi*|personkemin, din personliga kemi,
    your personality|attitude|character|looks|appearance|intelligence|vibe|temper|energy|manner|body|ego|iq,
    as a person|human,
    saknar|saknade|har|hade|visar|visade ingen|inget|inga|helt|all|varje|tillräcklig driv|ambition*|motivation|
    självförtroende|energi|glöd|ödmjukhet|karaktär|disciplin|mognad|begåvning|talang|självinsikt|empati|vett,
    saknar|saknade|har|hade ingen|inget|inga|helt driv|ambition*|motivation|självförtroende|energi|glöd|ödmjukhet|
    karaktär|disciplin|mognad|begåvning|talang|självinsikt|empati|vett,
    saknar|saknade driv|ambition*|motivation|självförtroende|energi|glöd|ödmjukhet|karaktär|disciplin|mognad|
    begåvning|talang|självinsikt|empati|vett, saknar|saknade social*|sociala kompetens|förmåga|färdighet*,
    dåligt|dålig|svagt självförtroende|självkänsla|karaktär|attityd, inte rätt virke|typ|person|människa,
    inte tillräckligt smart|intelligent|driven|vass|skärpt, har|hade fel|dålig|dåligt|rätt|bra inställning|attityd,
    passar inte in, född till|ledare|säljare, född med,
    lack|lacks|lacked|lacking|have|has|had|show|showed no|any|the|of|all|all confidence|ambition|motivation|drive|
    energy|discipline|maturity|humility|intelligence|talent|empathy|charisma|character|passion,
    lack|lacks|lacked|lacking confidence|ambition|motivation|drive|energy|discipline|maturity|humility|intelligence|
    talent|empathy|charisma|character|passion, lack|lacks|lacked|lacking social skills,
    low|poor self esteem|confidence, have|has|had|show|showed no|zero|little personality|charm|manners|character,
    bad|poor|wrong|negative|terrible|great|good|right attitude, not the right type|person|kind,
    not smart|clever|bright|intelligent|sharp enough, do|did|don|didn|doesn|won|wouldn|would|will not|t fit in,
    not a|our fit|culture, a|born born|leader|natural, a natural, cultural|culture fit, natural talent|leader|born,
    not our type|kind, attitude problem*, attitydproblem*, social kompetens saknas
"""
NOUNS_ALONE = """
    *lagspelare*|*ensamvarg|*råtta|*karriärist|*karriärmänniska|*gruppmänniska|loner|teamspelare*|*talang|naturbegåvning*|stjärna|geni|idiot|nolla|virrpanna|besserwisser|gnällspik|
    solstråle|pärla|klippa|toffel|energitjuv|stjärnskott|loser|*lyssnare|pratkvarn|genius|star|idiot|loser|player|
    listener|talent|natural|superstar|rockstar|pushover|know|slacker|failure|joke|fool|moron|gem|introvert|extrovert|
    catch|mess|dreamer|perfectionist
"""
JUDGED = """
    *bra|*god|dålig|*duktig|*fantastisk|svag|stark|usel|kass|född|skicklig|*smart|trevlig|*härlig|*grym|stor|sann|
    riktig|medioker|medelmåttig|tråkig|sämre|bättre|hemsk|*underbar|osäker|konstig|lat|mysig|begåvad|vass|intelligent|
    great|good|bad|poor|fantastic|weak|strong|terrible|awful|brilliant|talented|skilled|mediocre|lazy|boring|nice|
    lovely|better|worse|horrible|wonderful|amazing|born|excellent|gifted|difficult|weird|smart|negative|positive|real|
    natural|average|slow
"""
OFTEN = """
    aldrig, alltid, jämt, ständigt, jämt och ständigt, ingenting, hela tiden, varje gång, never, always, constantly,
    nothing, all the time, every time
"""
ABSOLUTES = """
    inget|ingenting av det|allt, none of what, ingen aning, no idea, a single time,
    all other|others candidates|applicants|people, inget som helst,
    inte|ej ett|en enda|dugg, ett|en enda, noll, ingen förstod|förstår|fattade|orkar|orkade|vill,
    helt|totalt|fullständigt|absolut|komplett|fullkomligt fel|värdelös*|hopplös*|oduglig*|omöjlig*|oförberedd*|
    ovidkommande|irrelevant*|ointressant*|oacceptabel*|oacceptabelt|utan|ointresserad|ostrukturerad*|obegriplig*|
    borta|okunnig*|oprofessionell*|katastrof*|kass|värdelöst|meningslös*|meningslöst|inkompetent*|fel|saknar,
    omöjlig|omöjligt att, inte alls, absolut ingen|inget|inga, ingen som helst|alls, inga som helst|alls, inget alls,
    under alla omständigheter, någonting alls, inte något alls, allt var|är|blev fel|dåligt|kaos, alla andra,
    vem som helst, varenda, för alltid, någonsin, katastrof|katastrofal*, totalt, nothing at all, nothing you,
    completely|totally|absolutely|utterly|entirely wrong|useless|hopeless|unprepared|irrelevant|unacceptable|lost|
    incompetent|unprofessional|clueless|pointless|impossible|no|lacking|uninterested|terrible|awful|unable|unclear|
    worthless, zero, impossible to|for, not at all, not a|one single, not one of,
    everything was|is|went wrong|bad|chaos, everyone|everybody|anyone|anybody else|could|knows, every single, no one,
    nobody, none of, ever, worst, sämsta|sämst, disaster|disastrous,
    total|complete|utter waste|lack|failure|disaster|mess
"""
ABSOLUTE_SPARED = """
    hör|kom|fråga alltid, aldrig|alltid välkom*, alltid roligt|kul|trevligt|bra|lika|gärna, är|du alltid välkom*,
    får|kan|kunde du|ni|vi|man alltid, du|ni|man kan|får|kunde alltid, du alltid, som alltid,
    nästan alltid|aldrig|ingenting, inte alltid|ständigt, inte varje gång, tveka|tvekade aldrig, aldrig tveka|tvekade,
    sällan eller aldrig, har|hade aldrig arbetat|jobbat|använt|provat|testat|sett|hört|kört|byggt|skrivit|mött,
    har|hade du aldrig arbetat|jobbat|använt|provat,
    aldrig arbetat|jobbat|använt|provat|testat|kört|byggt|förr|tidigare, aldrig en dum|dålig, ingenting att,
    det gör ingenting, kostar ingenting, alltid testa|skriv|börja|validera|verifiera|kolla|backup*|on|först,
    alltid på, lita aldrig på indata|användare*, aldrig på indata,
    noll|nollställ* fel|till|downtime|avbrott|driftstopp|budget|tolerans|trust, från noll, alltid en,
    alltid något|nåt, alltid ett, för alltid tacksam, bättre än någonsin, inte omöjligt att,
    always welcome|happy|glad|good|nice|a|great|room|something|an|possible|free|worth|on|be|test|write|start|validate|
    check|ask|up, are|is always welcome|happy, you can|could always, can|could|may always, as always,
    almost|nearly always|never|nothing, not always|constantly, never hesitate,
    have|had|has|ve never worked|used|tried|seen|heard|built|written|tested|met|run,
    never worked|used|tried|before|trust|mind|too|built, hardly ever, rarely if ever, nothing to|but|wrong|else|new,
    nothing stops|prevents, zero|zeros downtime|trust|day|based|errors|knowledge|bugs|to|config*, from zero,
    not impossible, not impossible to, ever since|wondered|need|want|after, if you ever, best ever, never ending,
    no|not one size, happily ever, not every time, hands on, all the time you|in|needed,
    everyone|everybody could|else follow|understand|understood|in, anyone could|else follow|understand, none of us,
    worst case, var|är inte alltid
"""
BETTER = """
    kändes|känns inte rätt|bra|helt|riktigt, kändes|känns det inte *, *magkänsla*, under all kritik, rätt känsla,
    klickade|klickar inte|aldrig, not|t feel right|good, not|t click, not|t really|quite click, gut feeling*,
    pull yourself together, something was|is missing, have done better,
    bli|blir|blev bättre|vassare|skarpare|tydligare, bli bättre på det|detta|allt,
    bättra|förbättra|skärp|skärpa|utveckla dig|er, förbättra|förbättras, skärpa till, skärp till, *utvecklas,
    jobba|arbeta|öva|träna|tänk|fundera på det|detta|dig|saken|allt,
    jobba|arbeta|öva|träna|försök|prestera|visa|kunna|kämpa|plugga mer|hårdare|bättre|vidare, lära|lär dig|sig mer,
    mer|större|bredare|djupare|bättre erfarenhet|kunskap|kunskaper|kompetens|engagemang|driv|bredd|djup|förståelse,
    räcker|räckte|räckt inte, höll|håller inte, inte|ej tillräckligt|nog bra|duktig|vass|*erfaren|kunnig|stark,
    inte bra|tillräckligt|godkänt|nog, inte bra nog, för dålig|dåligt|svag|svagt|lite|låg|låg nivå,
    höj|höja nivån|ribban, steppa|växla upp, ta|tag i|tag det|dig, mer att önska|ge, övrigt att önska, var|vara mer *,
    du|ni behöver|måste|bör växa|mogna, kan|kunde|borde|måste|behöver göra bättre, kan|kunde bättre,
    utveckla din|dina|ditt kunskap*|kompetens*|förmåg*|färdighet*|jag, bli mer|säkrare|tryggare *,
    borde|kunde ha|varit förberett|gjort|varit|svarat bättre, visa mer *, det saknas|fattas något|mycket, gör om,
    ryck upp dig, saknar|saknade|saknas|saknades något|mycket|allt|en del, kunde|kan varit|vara bättre,
    bättre nästa gång, bättre tur|lycka, försök|pröva|prova igen, inte redo|mogen|färdig|där,
    mer övning|träning|tid|studier, något|mycket saknas|saknades, lycka till|med, mindre bra, under förväntan,
    imponerade inte, övertygade inte, övertygad|imponerad blev vi, motsvarade inte, når|nådde inte upp|fram|hela,
    tyvärr inte aktuell*, inte aktuell*, inte vad vi söker|sökte, get|be|become|do|getting|must better, be better *,
    keep improving|growing|at, not quite|yet there|enough, quite there yet, show more *, improve,
    improve yourself|your|on|it|that|this, improvement|improvements, work on|harder it|yourself|that|this|your,
    work|try|study|push|think|practise|practice harder|more|better, step|level it|up, up your game, better luck,
    not ready|there, should|must|need to|have|must develop|grow|mature, should|must develop|grow|mature,
    need|needs to|more develop|grow|mature|develop, more practice|training|study|depth, try again,
    need|needs|needed|require|requires|lack|lacks more experience|knowledge|skills|skill|practice|training|depth|
    breadth|work|experience|knowledge|skills, more experience|knowledge|skills|depth|breadth,
    not good|skilled|experienced|strong|enough enough|experience|knowledge|skill, not good, not enough|sufficient,
    lacking, fell|falls|fall short, be more *, needs|need improvement|work|to improve,
    room|lot for|of|to improvement|learn|be, could|should|must be|do|have better|been|done,
    not what we|i wanted|want|need|expected, below|beneath expectations|average|par, left us|me unconvinced,
    did|didn not|t impress|convince, not convinced|impressed, good luck, raise your|the game|bar,
    develop yourself|your|further, learn more, grow, some work, not impressive
"""
CONCRETE = """
    genom att, till exempel, t ex, exempelvis, bl a, som när, om * på, med ett|en exempel|projekt|kurs,
    *kurs|*kursen|*kurser|utbildning*|*certifi*, projekt|*projekt|projektet, portfolio|portfölj, github|repo*,
    bygg|bygga, skriv|skriva, läs|läsa, prova|testa|pröva,
    berätta|visa|beskriv|förklara|nämn|ställ|fråga|förbered|sammanfatta|jämför|räkna|ansök|boka|kontakta|skicka|gå|ta|
    börja|öppna|använd|koppla|lyssna|repetera *, börja med, lär|lära dig|sig mer om|bra|grunderna,
    lär|lära dig|sig sql|java|python|react|docker|kubernetes|git|linux|testning|c|php|excel|html|css|aws|azure,
    öva|träna|jobba|arbeta|bättre|läs på att|sql|python|java|docker|kubernetes|test*|presentation*|intervju*|din|dina|
    ditt|på, erfarenhet|kunskap|kunskaper av|om|inom|i|med *, *på att *,
    på|i|med|inom sql|python|java|react|docker|kubernetes|git|c|linux|testning|*test|*tester|felsök*|nätverk*|
    databas*|*språk|svenska|engelska|javascript|typescript|moln*, praktik*, öva på|med *, på hur *, by *ing,
    for example|instance, e g, such as, course|courses|class|certificat*|training in, project|projects,
    build|write|read|try|tell|show|describe|explain|name|ask|prepare|summarise|summarize|compare|apply|book|contact|
    send|take|start|open|use|connect|bring|rehearse|listen|practise|practice *, learn more about|how,
    learn sql|java|python|react|docker|kubernetes|git|linux|how|to|testing|c|php|excel|html|css|aws|azure,
    experience|knowledge|skills|practice|training|depth with|of|in|from|on *, better at *ing,
    improve|improving|develop your *,
    in|with|at sql|python|java|react|docker|kubernetes|git|c|linux|testing|debugging|networks|databases|javascript|
    typescript|*ing, work on|harder your|on *, internship*|apprentice*, next time|step *, nästa gång *
"""
VAGUE_AFTER = """
    by|genom working|practising|trying|improving|jobba|öva|träna|försöka hard|harder|more|hårt|mer,
    try|försök harder|more|hårdare|mer, practise|practice|öva more|mer, take|ta it|tag|det|dig|care|time|på|more,
    show|visa more|mer|better|bättre, gå|go vidare|på|bra|further, start|börja over|om, read|läs more|mer,
    next time|nästa gång,
    improve|develop|improving your|yourself skill|skills|performance|yourself|knowledge|level|attitude|self|game,
    ask|fråga yourself|dig, try|försök|prova to|again|att|igen, experience|knowledge in|of|i general|allmänhet|all,
    work on your skills|performance|yourself|attitude|self, for example everything, visa vad|upp|att, berätta mer,
    läs på, more|mer practice|training|övning|träning *, bättre förberedd, kunskaper i allmänhet,
    erfarenhet i allmänhet, på att bli bättre, better|bättre at|på everything|allt|it|det,
    work|jobba|öva|träna|arbeta på det|dig|detta|allt, skriv|write|use|använd upp|off|it|more|mer
"""
COMMON_CAPITALS = """
    inte|aldrig|alltid|måste|bra|dåligt|dålig|mycket|väldigt|du|det|är|var|helt|fel|nej|ja|ingen|inget|inga|mer|
    bättre|lyssna|verkligen|absolut|ej|tyvärr|snälla|sluta|viktigt|extremt|hela|alla|och|men|som|för|ni|vi|jätte*|
    super*|tack|grattis|ingenting|någonting|skärp|katastrof|värdelös*|förbered*|not|never|always|must|very|good|bad|
    you|is|was|were|are|wrong|no|yes|none|nobody|nothing|more|better|listen|really|stop|important|extremely|all|every|
    the|and|but|please|too|your|terrible|great|awful|awesome|completely|totally|do|don|need|have|should|everything|
    anything|useless|amazing|so|this|that|ever|again
"""
