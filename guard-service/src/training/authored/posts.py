"""Sentences of web posts in the kinds that few public data hold, harmful ones and their harmless look-alikes.

CONTENT WARNING: sexual, violent, self-harming and hateful sentences, about adults, so that such text is caught. None of
them says how harm is done. Slots in braces are filled from WORDS.
"""

WORDS = {
    "she": ["She", "Maya", "Elena", "The blonde", "His wife", "Jessica", "The widow", "My girlfriend", "The nurse", "Rin", "Carla", "Her best friend", "The queen", "Lady Ashcombe", "Tasha", "My ex", "The stewardess", "Hermia"],
    "he": ["He", "Marcus", "Daniel", "My husband", "The stranger", "Luke", "The captain", "My boss", "Kenji", "Her trainer", "The duke", "Andre", "The plumber", "My best friend's dad", "Rafe", "The vampire", "Logan", "The soldier"],
    "place": ["on the kitchen table", "in the back of the car", "in the shower", "against the wall", "on the hotel bed", "in his office", "by the fire", "on the couch", "in the locker room", "under the stars", "in the barn", "on the beach", "in the elevator"],
    "adv": ["slowly", "roughly", "hungrily", "eagerly", "gently", "without a word", "again and again", "deep and hard", "greedily"],
    "moan": ["moaned", "whimpered", "gasped", "groaned", "cried out", "screamed", "begged for more", "panted"],
    "part": ["breasts", "tits", "nipples", "ass", "thighs", "pussy", "cock", "clit", "balls", "hard length", "wet folds", "bare hips"],
    "part2": ["arms", "wrists", "thighs", "legs", "stomach", "hips", "shoulder", "forearm"],
    "time": ["last night", "for months", "every day after work", "since the divorce", "again this morning", "since I was 15", "all week", "whenever he yells at me", "for nine years", "after every meal"],
    "blade": ["a razor", "a box cutter", "the blade from my sharpener", "a kitchen knife", "broken glass", "scissors", "my nails", "a lighter"],
    "weapon": ["an axe", "a chainsaw", "a machete", "a hammer", "his knife", "the crowbar", "a shotgun", "a rusty hook", "a drill", "the sword", "barbed wire", "a cleaver"],
    "victim": ["the guard", "the old man", "his victim", "the boy's father", "the prisoner", "the soldier", "her attacker", "the clerk", "the hostage", "my opponent", "the priest", "the farmer"],
    "gore": ["skull", "throat", "belly", "chest", "face", "spine", "jaw", "eye sockets", "guts", "ribs"],
    "group": ["Muslims", "Jews", "blacks", "gays", "immigrants", "Mexicans", "trannies", "feminists", "women", "refugees", "Arabs", "Asians", "gypsies", "liberals", "Christians", "Indians", "whites", "the Chinese"],
    "people": ["Muslims", "Jews", "black people", "gay people", "immigrants", "Mexicans", "trans people", "feminists", "women", "refugees", "Arabs", "Asians", "Roma", "disabled people", "Christians", "Indians", "old people", "Chinese people"],
    "you": ["bitch", "loser", "you fat pig", "whore", "retard", "you piece of shit", "freak", "you worthless cunt", "moron", "you ugly slut", "faggot", "clown"],
    "city": ["Leeds", "Boston", "Oslo", "Perth", "Austin", "Lyon", "Toronto", "Kraków", "Seville", "Nairobi", "Osaka", "Glasgow"],
    "who": ["my sister", "my best friend", "a colleague", "my son", "my roommate", "my mother", "a student of mine", "my cousin", "my wife", "my neighbour"],
    "paper": ["the Tribune", "local radio", "a new study", "the county court", "the police", "the hospital", "the ministry", "an inquest", "the museum", "the documentary"],
}  # fmt: skip

HARMFUL = {
    "S12": [
        "{she} dropped to her knees {place} and took him in her mouth.", "{he} pulled her panties down and licked her {adv}.", "{she} spread her legs and {moan} as he entered her.", "{he} thrust into her {adv} until they both came.", "{she} rode him {adv}, her {part} bouncing.", "I fucked her {place} and she {moan}.",
        "{he} grabbed her {part} and bent her over {place}.", "{she} stroked his cock {adv} until he came all over her.", "His fingers slid inside her, and {she} was dripping wet.", "{he} tied her wrists, blindfolded her and teased her {part} {adv}.", "{she} sucked on his {part} while he {moan}.", "Their naked bodies pressed together {place} as he pounded her {adv}.",
        "I came so hard when she sat on my face.", "{she} was naked under the coat and pushed my hand between her thighs.", "The two women kissed {adv}, then one went down on the other {place}.", "{he} shot his load deep inside her.", "\"Fuck me harder,\" {she} begged, and {he} did.", "{she} got on all fours and told him to spank her.",
        "My nipples were hard and I touched myself thinking of him {time}.", "{he} watched porn and jerked off {time}.", "I had a threesome with my wife and her friend {place}.", "HOT horny MILFs in {city} want to fuck you tonight, free XXX cams, no sign-up.", "Watch uncensored hardcore sex videos, big tits, anal, creampie, amateur, all free!!!", "Sexy escorts in {city}, full service, oral and anal, call now.",
        "Her {part} glistened and he buried his tongue in her.", "{he} unzipped and she wrapped her lips around his shaft.", "She wore nothing but stockings and asked me to use her like a slut.", "{she} squirted all over the sheets and {moan}.", "An orgasm ripped through her as {he} rubbed her clit {adv}.", "We had sex {place}, then again {place}, and she swallowed every drop.",
        "*pushes you onto the bed and slides my hand up your skirt* you like that, don't you", "*moans loudly as you thrust into me* don't stop, daddy", "I want to taste your pussy and make you scream my name.", "{he} spanked her bare ass until it was red, then took her from behind.", "The collar around her neck, {she} crawled to her master and begged to be taken.", "She straddled him, guided him in and rolled her hips until he came.",
        "I love being naked on cam while strangers tell me what to do with my toys.", "{he} pinched her {part} and whispered what he would do to her once they were alone.", "Erotic stories, swingers, cuckold wives, gang bang pics: new every day on our site.", "{she} ground against him, soaked through her thong, and {moan}.", "Wanna see my nudes? Snap me, I'm horny and alone in {city}.", "He came on her {part} and she rubbed it in with a smile.",
        "Their tongues met, her bra fell, his mouth closed over her {part}.", "{she} let both men have her at once {place}.", "For an hour he edged her, his cock throbbing against her thigh, until she begged.", "His hard-on pressed against her ass as they slow-danced, and soon his hand was in her underwear.",
    ],
    "S11": [
        "I cut my {part2} with {blade} {time} and it felt good.", "I want to die. I have wanted to die {time}.", "I've decided: I am going to kill myself this weekend.", "I took all the pills {time} and I still woke up.", "Nobody would notice if I hanged myself.", "The only thing that calms me is seeing my own blood run down my {part2}.", "I have been starving myself {time} and I'm proud of every bone I can see.",
        "Stay strong, girls, don't eat! Hunger is just fat leaving your body. #proana #thinspo", "I throw up {time} so that I stay skinny.", "I have the rope ready and the letter is written.", "I burned my {part2} with {blade} again.", "Everyone would be better off without me, so I'm ending it tonight.", "New cuts on my {part2}, deeper this time.", "My goal weight is 40 kilos, I eat one apple a day and I will not stop.",
        "I keep {blade} under my pillow for when it gets bad, and it got bad {time}.", "Goodbye everyone. By the time you read this I'll be dead.", "I stood on the bridge {time} and next time I will jump.", "You should cut too, it really helps.", "I punched the wall until my hand broke because I deserve the pain.", "I don't want help. I just want it to be over, and I know how I will do it.", "I'd rather slit my wrists than go back there.",
        "I tried to overdose {time}; they pumped my stomach; I wish they hadn't.", "I scratch myself with {blade} until it bleeds and then I can sleep.", "Looking for a partner to end it together, no judgement.", "my brain keeps telling me to kill myself and tbh i am so close to doing it", "i just relapsed, blood everywhere, my {part2} are a mess lol", "I wish I was brave enough to pull the trigger.", "Purging again. My throat bleeds but the scale says 43 so who cares.",
        "He put the gun in his own mouth and pulled the trigger because life was not worth it.", "{she} drew {blade} across her wrist and watched the bath turn red.", "{she} swallowed the whole bottle, lay down and waited to die.", "I am a burden and the world will be happier once I hang.", "Suicide is the only way out for people like us.", "I'm not eating until I'm thin or dead.",
    ],
    "S1": [
        "{he} drove {weapon} into the {gore} of {victim}, and blood sprayed across the wall.", "The {gore} of {victim} split open and the brains spilled out.", "I will find you and cut your {gore} open.", "{he} hacked off the fingers of {victim} one by one while he screamed.", "Intestines slid out of the torn {gore} and steamed on the floor.", "{she} stabbed {victim} over and over until the {gore} was pulp.",
        "His head rolled down the steps, the neck spurting blood.", "I'm going to shoot every last one of them, wait and see.", "{he} peeled the skin from the {gore} of {victim} with {weapon}.", "They poured petrol on {victim}, lit it and laughed at the burning flesh.", "The bullet tore off half of his {gore}.", "If you come to {city} again I will break your legs and bury you.",
        "Someone should put a bullet in that politician's head.", "Maggots crawled in the rotting {gore} of {victim}.", "{he} smashed the {gore} of {victim} with {weapon} until teeth and bone lay on the floor.", "The bodies hung from hooks, gutted, blood dripping into buckets.", "I want to watch them choke on their own blood.", "{she} gouged out his eyes with her thumbs and licked the blood.",
        "Kill them all, their wives and their children too.", "Tomorrow I bring a rifle to the office and they will all be sorry.", "{he} slit the throat of {victim} and held the head back so it would gush.", "The chainsaw ripped through muscle and bone; an arm fell, twitching.", "We should hang the traitors from the lamp posts.", "I beat him until I could not recognise his {gore}, and I'd do it again.",
        "I know where you live. Sleep with one eye open, because you're dead.", "A severed hand lay in the sink, tendons hanging from the wrist.", "The mob dragged {victim} out, stomped on the {gore} and set the corpse alight.", "Blood, guts and bits of {gore} covered the windshield.", "Rise up, take your guns and shoot the cops.", "{he} ripped out the tongue of {victim} and nailed it to the door.",
    ],
    "S10": [
        "{group} are vermin and should be wiped out.", "I can't stand {group}, they are all filthy liars.", "Send all {group} to the camps.", "{group} are less than human, period.", "No {group} in my country, not now, not ever.", "Every {group} man I see is a criminal waiting to happen; {group} breed like rats.", "The world would be better without {group}.", "{group} control the banks and the media, and they want us dead.",
        "Why are {group} so fucking stupid? Must be their genes.", "Deport {group} or shoot them, I don't care.", "{group} deserve every beating they get.", "Shut up, {you}, nobody wants you here.", "You are disgusting, {you}. Kill yourself.", "Look at this {you}, so ugly that even her dog ran away.", "I hope you get raped, {you}.", "Go back to your kitchen, {you}.",
        "{you} like you should be sterilised.", "Listen, {you}: we will make your life hell until you quit.", "Everyone at school laughs at you, {you}, and you deserve it.", "It's a fact that {group} are dumber than us.", "I refuse to be treated by a doctor from that lot; {group} are unclean.", "Being gay is a disease and {group} spread it.", "We need a final solution for {group}.", "Burn their churches and their homes, that is all {group} understand.",
    ],
    "S2": [
        "I sell coke and pills in {city}, DM me, quick delivery.", "We cloned three hundred cards last month and nobody noticed.", "Buy real fake passports, driving licences and counterfeit euros, no questions asked.", "Here is the plan: we break in while they are at church and take the jewels.", "I hacked her account and now I make her pay.", "Get unlimited Vicodin and Xanax without prescription!", "Looking for someone who can make a person in {city} disappear, I pay well.",
    ],
}  # fmt: skip

HARMLESS = [
    # love, bodies, health without sexual content
    "{she} kissed him good night and closed the door.", "{he} took her hand and they danced {place}.", "{she} blushed when he told her that he loved her.", "They lay in each other's arms and talked until the sun came up.", "The midwife explained how breastfeeding works.", "{she} went to the clinic for a smear test, and all was well.", "The class on consent and contraception filled two evenings.", "{he} proposed {place} and she said yes.",
    "My wife and I talked with a counsellor about our marriage.", "The museum in {city} shows nudes by Rubens and Modigliani.", "The film has a love scene, but it fades to black.", "Ultrasound showed a healthy girl.", "{she} wore a red dress and everybody stared.", "{paper} reports on a new vaccine against HPV.", "We flirted a little, swapped numbers and took the last tram home.", "{he} gave her a massage after the marathon because her calves were sore.",
    # help, loss, recovery
    "{who} was depressed {time} and is better now thanks to therapy.", "I called the crisis line when {who} talked about suicide, and they helped us.", "{paper} says that suicide rates fell by five per cent.", "In the clinic {she} learned to eat again, and her weight is normal now.", "If you feel that life is too much, please talk to a doctor or call a helpline.", "I stopped harming myself four years ago and I'm grateful for my friends.", "The charity in {city} trains teachers to notice self-harm.", "I feel sad and tired {time}, so I started running and sleeping more.",
    "We lost {who} last year and miss him every day.", "I cut my finger while chopping onions and needed two stitches.", "The nurse cleaned the wound and put on a fresh bandage.", "{who} went on a diet, walks an hour a day and feels great.", "I was so embarrassed I could have died.", "This commute is killing me.", "I'd kill for a slice of that cake.", "{who} survived an accident, and the scar on her {part2} has faded.", "Exam week was murder, but we made it.",
    # violence as news, history, law, fiction, games
    "{paper} reported that a man from {city} was charged with murder.", "The jury heard how the victim was stabbed and found him guilty.", "The battle cost ten thousand lives, as the memorial in {city} says.", "The detective knelt by the body and looked for a wallet.", "{he} drew his sword and the dragon fled.", "In the last level you fight a giant and shoot him with arrows.", "{paper} mourned the victims of the bombing on its tenth anniversary.", "The novel begins with a murder in a vicarage.",
    "Two people were hurt when a bus hit a tree near {city}.", "The soldiers fired and the rebels fell back across the river.", "Police arrested three men after a knife attack; nobody was badly hurt.", "My knight takes the bishop and attacks the queen.", "The trial over the massacre opened in {city} today.", "The surgeon opened the chest and repaired the valve.", "The zombie film was silly, but the effects were well done.", "{he} swore revenge on the man who betrayed his family.", "The wolf killed two sheep in the night.",
    "The defence asked how the gun came into the house.", "We destroyed them 5-0 and their keeper never saw the ball.", "The butcher in {city} explained how to bone a leg of lamb.", "In 1916 the regiment lost half its men in one morning.", "{paper} describes how survivors of the genocide rebuilt their village.", "The vampire fell to dust when the sun came in.", "The boxer went down in round three and got up again.",
    # groups, quarrels, opinions
    "{people} have every right to live here as they please.", "I grew up among {people} and had a happy childhood.", "Racism against {people} made {who} leave town, and that is a shame.", "I disagree with the mayor; his plan for the harbour is foolish.", "{who} was called names at school, and the teacher put an end to it.", "The election was close and people on both sides are angry.", "I was rude to {who} yesterday and said sorry this morning.", "{paper} writes about prejudice against {people} in hiring.",
    "A film about {people} in {city} won the prize.", "Damn, that was a good match.", "This bloody printer jams again and I hate it.", "What the hell, the shop is closed on Mondays?", "The government's tax bill is a mess and I'll vote against them.", "My idiot brother locked himself out again, bless him.", "God, I suck at this game.", "It is not fair to judge {people} by what a few people did.", "The critics tore the play to pieces.", "I'm fucking tired but so happy we finished the damn move.",
    # crime and drugs in the news
    "{paper} seized two tons of cocaine in the port of {city}.", "{who} has been sober for six years.", "Someone stole my bike in {city}, so I bought a better lock.", "The bank called because of a strange payment and blocked my card.", "The lecture was about how phishing works and how to notice it.", "The mafia film is three hours long and I loved each minute.",
]  # fmt: skip

BRIDGES = [
    "I don't know why I am writing this here.", "Sorry for the long post.", "Anyway.", "So here is what happened.", "It was a Tuesday, as far as I remember.", "That is the whole story.", "Let me start at the beginning.", "What do you think?", "Thanks for reading.", "Chapter 4", "Part two follows.", "EDIT: typos.", "The rain had stopped.", "Nobody said a word.",
    "We had moved to {city} the year before.", "The kettle whistled.", "He had worked late.", "I am 34 and live in {city}.", "My phone rang twice.", "The bus was late again.", "Work was slow that week.", "She looked out of the window.", "I made coffee and opened the laptop.", "It got dark early.", "I haven't told anybody about it.", "The dog barked next door.", "More tomorrow.", "You will see what I mean.", "Not that it matters now.", "The others had gone home.",
]  # fmt: skip


def fill(rng, sentence):
    """A sentence with its slots filled; now and then it begins in small letters as posts do."""
    for name, words in WORDS.items():
        while "{" + name + "}" in sentence:
            sentence = sentence.replace("{" + name + "}", rng.choice(words), 1)
    if sentence.split(" ", 1)[0].islower() and rng.random() < 0.7:
        sentence = sentence[0].upper() + sentence[1:]
    return sentence


def rows(rng, keep, hosts, count):
    """Posts as (text, label, categories, kind): short ones, long ones of such sentences, and ones set into host texts.

    Args:
        keep: tells whether a phrase belongs to this side of the split
        hosts: harmless long texts of the data
        count: how many rows to make
    """
    harmful = {category: list(filter(keep, texts)) for category, texts in HARMFUL.items()}
    harmless, bridges = list(filter(keep, HARMLESS)), list(filter(keep, BRIDGES))
    kinds = rng.choices(["S12", "S11", "S1", "S10", "S2", "safe"], [18, 12, 12, 6, 2, 46], k=count)
    return [_post(rng, kind, harmless if kind == "safe" else harmful[kind], harmless, bridges, hosts) for kind in kinds]


def _post(rng, kind, pool, harmless, bridges, hosts):
    shape = rng.random()
    wanted = min(len(pool), rng.choice([1, 1, 2, 2, 3, 5]))
    picked = [fill(rng, sentence) for sentence in rng.sample(pool, wanted)]
    if shape < 0.15:
        text, form = " ".join(picked), "short"
    elif shape < 0.4:
        text, form = _woven(rng, picked, [fill(rng, s) for s in rng.sample(bridges, rng.randint(2, min(8, len(bridges))))]), "bridged"
    elif shape < 0.55:
        around = rng.sample(harmless, rng.randint(2, 6)) + rng.sample(bridges, 2)
        text, form = _woven(rng, picked, [fill(rng, s) for s in around]), "among look-alikes"
    else:
        text, form = _woven(rng, picked, sentences(rng.choice(hosts), rng)), "in a host"
    if rng.random() < 0.15:
        text = text.lower()
    return text, ("safe" if kind == "safe" else "unsafe"), ([] if kind == "safe" else [kind]), "post " + form


def _woven(rng, picked, around):
    together = rng.random() < 0.6
    places = [rng.randint(0, len(around))] * len(picked) if together else [rng.randint(0, len(around)) for _ in picked]
    for place, sentence in sorted(zip(places, picked), reverse=True):
        around.insert(place, sentence)
    return rng.choice([" ", " ", "\n", "\n\n"]).join(around) if len(around) < 12 else " ".join(around)


def sentences(text, rng):
    """Two to nine neighbouring sentences of a text."""
    sentences = [s.strip() for s in text.replace("\n", " ").replace("? ", "?|").replace("! ", "!|").replace(". ", ".|").split("|")]
    sentences = [s for s in sentences if s] or [text]
    length = rng.randint(2, 9)
    start = rng.randint(0, max(0, len(sentences) - length))
    return sentences[start : start + length]
