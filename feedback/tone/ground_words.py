"""Words for the seven grounds of the Swedish Discrimination Act, in both languages.

`ALWAYS` names a ground wherever it stands. `OF_PERSON` does so only when it is said of a person (*gammal kod* is
no age). `OWN` counts only in its own language (*men* is *but* in Swedish). `SPARED` are terms of the trade and other
words that only look alike. Source: Diskrimineringslagen (2008:567), 1 kap. 5 §.
"""

from __future__ import annotations

ALWAYS = {
    "identity": """
        trans, transperson*, transkvinn*, transman|transmän|transmannen, transsexu*, transvesti*, transkill*,
        transtjej*, ickebinär*, icke|inte binär*, könsidentitet*, könsuttryck*, könsöverskrid*, könskorriger*,
        könsbyt*, intersex*, hen person, transgender*, trans|transgender man|woman|person|people, transsexual*,
        nonbinary, non binary, genderqueer, genderfluid, cross dress*, crossdress*, gender identity|expression,
        drag queen|king, dragqueen*, pronomen, pronouns
    """,
    "sex": """
        *kvinn*, *tjej*, *flick|*flicka|*flickor|*flickan|*flickorna|flick*, *kille|*killen|*killar|*killarna|killes,
        *pojk|*pojke|*pojken|*pojkar|pojk*, manlig|manliga|manligt|manlighet*, karlar|karl|karln,
        gubb|gubbe|gubben|gubbar|gubbarna|gubbig|gubbigt|gubbiga, *gubbe,
        tant|tanten|tanter|tantig|tantigt|tantvarning, gubbvarning, kärring*, käring*, damer|damen|damerna,
        *mamma|*mamman|*mammor|mamma*, *pappa|*pappan|*pappor|pappa*, *gravid*, havande, föräldraledig*, barnledig*,
        *förälder|*föräldrar, småbarn*, barnafödande*, feminin*, maskulin*, husmor*, hemmafru*, fruntimmer*,
        ditt|hennes|hans|oavsett|vilket|fel|eget kön, kön och|eller, och|eller kön, könet|könen, könstillhör*,
        är|blev du gift|sambo|singel|skild, har du familj, are you married|single|divorced,
        do|does you|she|he have a family, skaffa|skaffar|vänta|väntar|få|får|ha|planera|planerar barn|tillökning,
        på smällen, vab|vabba|vabbar,
        barnen är|blir sjuka, dina|hennes|hans|egna barn, i väntans tider, have|having a|another baby|child,
        your|her|his kids|children|baby, have children|kids, are|re|is|s expecting so|and|a, könsroll*,
        kvotera*|inkvotera*, kvinno*, har du|ni barn, små barn, hemma med barn, klimakterie*, mens,
        woman|women|woman*|*woman|*women, female*, girl*, lady|ladies, gentleman|gentlemen, gender|genders|gendered,
        mother|mothers|motherhood|mum|mom|mommy, father|fathers|fatherhood, pregnan*, maternity, paternity,
        parental leave, housewife*, husband|wife, feminine|femininity, masculine|masculinity,
        small|young children|kids, have|has|having|got children|kids|babies, menopaus*, lad|lads, opposite sex,
        your|her|his sex, the fairer sex
    """,
    "ethnicity": """
        *invandr*, immigrant*, *flykting*, nyanländ*, *asylsök*, utländsk|utländska|utlänning*|utlandsfödd*,
        utrikesfödd*, svenskfödd*, halvsvensk*, *etnisk*, etnicitet*, rasifiera*, rasmässig*, hudfärg*, mörkhyad*,
        ljushyad*, färgad, mörkhy*, hemland|hemlandet|hemländer, ditt|hennes|hans|sitt ursprung, ursprungsland*,
        din|hennes|hans|annan|främmande kultur, nationalitet*, *zigenar*, neger*|negr*, svartskalle*|svartskall*,
        blatte|blattar, romer|romen|romerna|romsk|romska, samer|samerna|samisk|samiska, bryter, brytning, modersmål*,
        vilket land är|kommer du, which|what country are|do you, varifrån|var kommer|är du,
        kommer du ursprungligen|egentligen, i ditt|hennes|hans land, riktig svenska,
        ditt|hennes|hans namn är|var svårt|krångligt|konstigt|ovanligt, where are|do you really|originally|from|come,
        your|her|his name is|was hard|difficult|strange|unusual, in your|her|his country, proper swedish, blandras*,
        tredje världen, född i utlandet, arab|araben|araber|arabisk, afrikan|afrikanen|afrikaner,
        asiat|asiaten|asiater, kurd|kurden|kurder|kurdisk, turk|turken|turkar|turkisk, iranier*|iransk|perser|persisk,
        irakier*|irakisk, syrier*|syrisk|syrian*, somalier*|somalisk|somali, afghan|afghanen|afghaner|afghansk,
        eritrean*|eritreansk, etiopier*|etiopisk, bosnier*|bosnisk, serb|serber|serbisk, polack|polacken|polacker,
        ryss|ryssen|ryssar, kines|kinesen|kineser, indier|indiern, ukrainare*|ukrainsk, immigrant*, immigrat*,
        foreigner|foreigners, refugee*, asylum, ethnic*, racial*, your|her|his|mixed|any race, skin colour|color|tone,
        colored, nationality, nationalities, home country, country of origin|birth, your|his|her|different culture,
        *gypsy|gypsies, roma, sami, native speaker*, swede|swedes, native swede*, non native, mother tongue, african*,
        arab|arabs|arabic looking, asian*, kurdish, turkish guy|man|woman, ethnicity, heritage,
        foreign background|born|name|sounding,
        från|from somalia|syrien|irak|iran|afghanistan|eritrea|etiopien|turkiet|polen|ryssland|indien|pakistan|kina|
        afrika|asien|mellanöstern|balkan|bosnien|ukraina|rumänien|thailand|syria|iraq|ethiopia|turkey|poland|russia|
        india|china|africa|asia|ukraine|romania, from the middle,
        arab*|african|afrikansk|asian|asiatisk|kurdish|turkish|turkisk|indian|indisk|russian|rysk|polish|polsk|
        chinese|kinesisk|iranian|svensk|swedish background|bakgrund, utländskt|konstigt|svårt namn,
        namn låter utländskt, osvensk|osvenskt
    """,
    "religion": """
        *muslim*, islam|islams|islamisk*|islamist*|islamic*, kristen|kristna|kristet|kristendom*,
        judisk|judiska|judiskt, jude|juden|judar|judarna|judes, judendom*, hindu|hinduer|hinduisk*|hinduism*|hindus,
        buddhis*, sikh|sikher|sikhs, katolik*|katolsk|katolska, ateis*|atheis*,
        *religion|*religionen|*religioner|*religiös*|religions*, trosuppfattning*, livsåskådning*,
        slöja|slöjan|slöjor|sjal|sjalen, huvudduk*, hijab*, niqab*, burka*, turban*, ramadan*, ber fem,
        bön|bönen|bönestund*|bönepaus*|bönetid*|bönerum*|böner, moské*, kyrklig*, frikyrk*, sabbat*, sabbath*,
        äter du griskött|fläsk|fläskkött, dricker du alkohol, do you eat|drink pork|alcohol,
        fastan|fastar|fastade|fastemånad*, fasting, pray|prays|prayed, går|gå|gick du i kyrkan|moskén,
        gå|går|gick i kyrkan|moskén, be på|under arbetstid|jobbet|rasten|passet, kosher*, halal*,
        troende, din|hennes|hans|er|sin tro, jehovas, pingstvän*, din|hans|hennes gud, moslem*,
        jew|jews|jewish, catholic*, christianity, religio*, headscarf|headscarves, head scarf, prayer|prayers|praying,
        mosque*, church|churchgoer*, your|her|his|their faith|beliefs|religion|god, devout, believer|believers,
        hinduism, judaism, veil
    """,
    "disability": """
        *funktionsned*, *funktionshind*, *funktionsvar*, *handikap*, *rullstol*, rörelsehind*, *hörselskad*,
        *hörselneds*, hörapparat*, *synskad*, *synneds*, dövhet*|dövstum*|döva, adhd|add, *autis*, asperger*,
        dyslexi*|dyslekti*|dyslexic*, dyskalkyl*, npf, neuropsykiatri*, din|hennes|hans|sin|en|har diagnos,
        har diagnoser, deprimera*|deprimerad*|depression*, psykisk|psykiska ohälsa|sjukdom*|problem*,
        psykiskt sjuk|instabil, sjukskriv*, utbränd*|utbrändhet*, utmattning*, kroniskt sjuk, epilep*, *cancer*,
        lönebidrag*, stammar|stamning*|stammade, läs och skrivsvårighet*, skrivsvårighet*, lässvårighet*,
        personlig assistent, invalidiser*, förståndshandikap*|utvecklingsstör*, sjukdom|sjukdomen|sjukdomar|sjuklig,
        haltar|haltade, limp|limps|limped|limping, mår|mådde du|ni dåligt|bra|psykiskt, unwell, *värk|*värken,
        migrän*, ångest*, koncentrationssvårighet*, din|har diabetes|astma|allergi|reumatism|medicin,
        ofta|mycket|långvarigt sjuk, sjukdagar|sjukdagarna, sjukfrånvaro*, på medicin|mediciner, din|hans|hennes hälsa,
        med hälsan, your|his|her|chronic back|neck|joint pain, chronic pain, migraine*, anxiety,
        your|has|have diabetes|asthma|allergy|arthritis,
        sick day|days, often sick|ill, on medication|meds, your|her|his medication|health|eyesight|hearing, bipolär*,
        schizofren*, tourett*, rullator*, blindkäpp*, ledarhund*, cp skad*|skadad, amputer*, halt och,
        arbetshandikap*, nedsatt arbetsförmåga|hörsel|syn|rörlighet, wheelchair*, disabilit*, deafness,
        autism|autistic, handicap*, crippl*, mental health, mentally ill|unstable|disabled, mental illness|disorder,
        bipolar, chronic|chronically illness|ill|disease, hearing aid|aids|impair*|loss, visually impaired,
        visual|sight|physical|speech impair*, burnout|burned|burnt out, stutter*|stammer*, special needs, sick leave,
        depressed, illness|illnesses, on the spectrum, neurodiver*, learning difficult*, impairment*, cerebral palsy
    """,
    "orientation": """
        *homosexu*, *bisexu*, *heterosexu*, asexu*, pansexu*, *lesbisk*|*lesb|*lesbian*, gay|gays,
        bög|bögen|bögar|bögig*, *bög, hbtq*|hbt*|lgbt*, queer*, sexuell läggning, din läggning, sexuella läggning*,
        sexualitet*, samkönad*, regnbågsfamilj*, sexual orientation|preference, sexuality, homosexual*, same sex,
        straight guy|man|woman
    """,
    "age": """
        *ålder|*åldern|ålders*|*åldrar, åldring*|åldrig*|åldras, *åring|*åringar|*åringen,
        # årig|åriga man|kvinna|person, pensionär*, *pensionen|pension, *pensionera|*pensionerad|pensionerar,
        ungdom|ungdomen|ungdomar|ungdomlig*, *tonår*, gamling*, farbror*, mormor*|morfar*|farmor*|farfar*,
        *talist|*talisten|*talister, född #, född på, åldersmässig*, överårig*, för gammal|ung|gamla|unga för,
        närmar dig #|trettio|fyrtio|femtio|sextio|sjuttio, du är|blir snart #|femtio|sextio|sjuttio, bara barnet,
        bara ett|en barn|barnunge, veteran på, are|re|is close|near to forty|fifty|sixty|seventy,
        just|only|still a kid|child,
        vid [2-7]\\d är|kan|orkar|blir|borde, at [4-7]\\d you|people|one|a, din generation,
        ditt|hans|hennes födelseår, unga ben|krafter, till|i åren kommen,
        medelålders, fyllda #,
        fyllt #, är # år|bast, du|hon|han är [2-7]\\d, she|he|s|is|are|re over [4-7]\\d, är över [4-7]\\d,
        you|he|she are|is|re|s [2-7]\\d, nära pension*, över|under # år, age|aged|ageing|aging|ageist, elderly,
        pensioner*, retirement, retire|retiring, teenage*, youth|youthful*|youngster*, middle aged, boomer*,
        millennial*, gen z|x|y, generation z|x|y, # years old, # year old|olds, over|under the hill,
        your|his|her generation, your|his|her fifties|sixties|forties|twenties|thirties, your|his|her # s,
        your|his|her #s, born in #, grandma|grandpa|grandmother|grandfather|grandad|granny, past your|his|her prime,
        old|young enough, digital native*, fresh blood, young blood
    """,
}

OF_PERSON = {
    "sex": "sterila man",
    "ethnicity": """
        svensk|svenska, svart|svarta, vit|vita, mörk|mörka, norsk|norska, dansk|danska, finsk|finska, polsk|polska,
        rysk|ryska, kinesisk|kinesiska, indisk|indiska, arabiska, afrikansk|afrikanska, asiatisk|asiatiska,
        exotisk|exotiska, utländskt, foreign, black|blacks, white|whites, brown, swedish, indian|indians, chinese,
        polish, russian|russians, turkish, iranian|iranians, iraqi|iraqis, exotic, mexican, latino|latina, american,
        german, finnish
    """,
    "religion": "christian|christians, ortodox|ortodoxa",
    "disability": "döv|dövt, blind|blinda, sjuk|sjuka, halt|lam|lama, disabled, deaf, mute, sick, ill, lame",
    "age": """
        gammal|gammalt|gamla|gammalmodig*, *gammal, äldre|äldst|äldsta, ung|ungt|unga, yngre|yngst|yngsta,
        old|older|oldest, young|younger|youngest
    """,
}

OWN = {
    ("sex", "en"): "man|men|manly, male|males, boy|boys, mr|mrs, daddy|dad|dads",
    ("sex", "sv"): "mannen|männen|männens|mannens, en|ung|äldre|yngre|gammal|vit man, män, dam, herre, gumma|gumman",
    ("ethnicity", "sv"): "*accent|*accenten, ras|rasen|raser, rom|same|samen|samens, dansken|norrman|tysken, finne är",
    ("ethnicity", "en"): "race|races, accent|accents",
    ("age", "en"): "junior citizen, senior citizen*, seniors",
}

SPARED = """
    *ålderdomlig*, behållaren, data race|races, race condition*|conditions|free|car|ahead|track, foreign key*,
    främmande nyckel*, black|white|grey box*, black|white|blue list*, blackbox*, whitebox*, blackboard*|whiteboard*,
    black friday|hat|ops, svart låda|lådan|lådor, vit låda|fläck, svarta lådan|lådor, svart lista|skärm|hål,
    svarta listan|hål, blind fläck|test*|tester|spot|spots|carbon|copy|date, blinda fläckar|fläcken,
    color|colour blind, accent color|colour*, accentfärg*, page|pages,
    ageing|aging code|system*|stack|hardware|software, age of the|this|data|a, data ageing|aging,
    huvudvärk*, have children s, your health app*|check*|data|endpoint*, accent på, hälsoapp*, får barn att,
    systemets|kodens|datats|plattformens ålder, lagringsålder*, max|maximum age, female|male connector*|plug*|to,
    ethnic* data, mother board*|ship, motherboard*, parent component*|class*|child, age group data, *dotterbolag*,
    race the clock, retire|retirement|retiring the|old|of|legacy system*, gender neutral|field|column, binär*,
    transaktion*, transport*, pension system*, pensionssystem*, pensionsbolag*, åldras inte, prayer wheel,
    youth hostel*, church numeral*, flickr*, aged the, race between|track|day, är # procent|av|minuter|timmar,
    are # percent|minutes|of, du är # procent|av|minuter, you are|re # percent|of|minutes, girl scout*,
    girls who code, kvinnojour*, alonzo church, golden age, moderna åldern, roma font, guldåldern|guldålder,
    stenåldern, stenålder, stone age, information age, digital age, age verification|limit*|check*, åldersgräns*,
    åldersverifiering*, veil of, unveil*, disabled button*|field*|state|by|in|feature*, junior|senior, master page,
    gender equality, manpower, kvinnlig|manlig kontakt*, hankontakt, honkontakt, handicap calculator, depression glass
"""
