"""Posts of explicit sex among adults and its adverts, and harmless ones of love, bodies, health and art.

CONTENT WARNING: explicit, so that such text is noticed. All in them are adults.
"""

UNSAFE = """
{she} [pulled her dress over her head|let the towel fall|unhooked her bra] and [climbed onto his lap|knelt between his legs|pushed him back on the bed]. [His hands closed over her breasts|He was already hard|She was wet and wanted him to know]. ["I want you inside me," she whispered|She took him in her mouth|She sank down on him with a moan], and [they moved together, faster and faster|he thrust up into her|soon they were both slick with sweat] until [she came, shaking|he spilled inside her|they collapsed].

[Hot|Horny|Bored] [housewives|singles|college girls over 18|couples] [in {city}|near you|online now] [want to hook up|are waiting to get naked for you|want sex tonight]! [XXX live cams|Free hardcore videos|Uncensored nudes], [no credit card|no sign-up|100 % private]. [MILF, anal, threesome, lesbian, fetish|Blowjobs, creampies, squirting|Big tits, tight asses], [new every hour|it's all here|come and get it]. [Click here.|18+ only.|You won't last two minutes.]

[My wife|My girlfriend|My roommate] [came home from the gym|was in the shower|bent over to pick up her keys], and [I couldn't hold back|I got so hard|I slid my hand into her shorts]. [I fucked her|We did it|She rode me] {place}, [and she screamed so loud that the neighbours knocked|twice, and then she sucked me off|till her legs gave way]. [Best sex of my life.|Tonight it's her turn on top.|She still has my come on her shirt, haha.]

[*pulls you closer*|*locks the door behind us*|*drops to my knees*] [mm, I've been thinking about you all day|you've been a bad boy|I'm not wearing anything under this]. [*unbuttons your jeans and strokes you slowly*|*rubs against your thigh, moaning*|*licks my way down your stomach*] [do you like that, baby?|tell me how you want it|beg for it]. [*takes you deep*|*spreads my legs for you*|*bites your lip and rides you harder*] [don't stop|oh god yes|come for me].

[The mistress|Master|The duchess] [ordered her to strip|cracked the whip|fastened the collar round his neck]. [She bent over the bench, bare, waiting|He kissed her boots and stayed hard in his cage|Clamps bit her nipples]. [Ten strokes, and her ass glowed red|He was told to use his tongue, and he did|Wax dripped on her breasts and she arched], [and then she was taken by all of them|and only then was she allowed to come|and she thanked her for each one].

[Looking for|Seeking|M4F, 41, {city}:] [a no-strings fuck buddy|a submissive woman for regular play|discreet fun with a married lady]. [I'm well hung and can go all night|I love giving oral|Into spanking, toys and being watched]. [Send a nude and tell me what gets you wet.|No fatties, no time wasters.|I host, you leave satisfied.]

[First time with a woman|My confession|Never told anyone]: [she unzipped my jeans in the stairwell|we were drunk on her sofa and she put her hand between my thighs|I let my boss finger me at the party]. [She tasted sweet|I was dripping|I had never come like that]. [Her tongue circled my clit until I saw white|Then she sat on my face|We used her strap-on and I begged her for more]. [I want it again.|My husband has no idea.|Getting wet as I type this.]

His [shaft|cock|erection|length] [throbbed in her fist|pressed against her belly|slid between her lips]. [{she} licked the tip|She stroked him, her eyes on his|She spat on it and smiled], [then took all of it|and he groaned and grabbed her hair|while two fingers worked between her own legs]. [He pulled out and came over her tits.|"Swallow," he said, and she did.|She guided him to her wet opening and gasped.]

[The vampire's|The pirate's|The billionaire's] [mouth found her nipple|hand slid up her stocking|tongue parted her folds]. [Her corset lay torn on the deck|She should have fought it, but her hips rose to meet him|Heat pooled between her thighs]. ["You're mine," he growled|He entered her in one stroke|He took her against the mast], [and she shattered around him|filling her again and again|until her cries filled the night].

[Selling|New on my page|Drop my link]: [solo play, dildo rides, dirty talk|my used lingerie and feet pics|a ten-minute video of me getting pounded]. [I'll do whatever you ask|Rate your dick, ten bucks|Custom moans with your name]. [Subscribe, baby, I'm so horny.|Tips make me wetter.|DMs open for sexting.]

I [jerk off|masturbate|touch myself] [three times a day|in the office toilet|every night with my vibrator]. [I think about my neighbour's huge tits|I imagine two guys using me|Lately only gang bang porn does it for me]. [My fingers smell of it|I came so hard that I wet the sheets|The thought of getting caught makes my pussy pulse]. [Am I weird?|Any ladies want to watch?|Tell me yours.]

[They made love|They fucked|He took her] [on the rug|in the hay|over the piano], [naked but for her pearls|with the curtains open|hard and without a word]. [Her nails raked his buttocks|He sucked her breasts as she ground down on him|Her moans got louder with every thrust]. [When she came she bit his shoulder|He felt her clench around him and let go|Afterwards she licked him clean, and they began again].

[The massage|My audition|The interview] [turned into something else|had a happy ending|was not about work]. [He oiled my back, then my ass, then slipped between my cheeks|She said: take off your pants|Her hand closed around my cock under the towel]. [I spread wider|I bent over the desk|I moaned like a slut]. [He filled me up.|Five minutes later I had shot my load all over her hand.|I got the job.]

[Swingers' club report|Our first foursome|Last night at the sauna]: [my wife blew two strangers while I watched|naked bodies everywhere, everyone fucking|I licked a blonde whose husband was inside my wife]. [Condoms all over the floor, moaning from each corner|She had three orgasms|I've never been so hard]. [We go again on Saturday.|Details by PM.]

[dtf?|u up?|hey sexy] [im so wet rn|send me a pic of ur dick|i want u to eat my pussy]. [im lying here in just panties, touching my tits|wish u were here to bend me over|gonna make u cum so hard]. [come over, door's open|tell me what ur gonna do to me|facetime? i'll show u everything]

[The rules of the house were simple|He'd paid for the whole night|She had promised him a reward]: [no clothes, no questions|whatever he wished, as often as he wished|he could look, and then he could touch]. [Her hips moved under the silk until it slid off|He cupped her from behind and felt how ready she was|Three pairs of hands undressed her]. [Soon the bed was knocking on the wall|He buried himself in her, over and over|She finished him with her lips and looked up, smiling].

[I'm a dirty girl|Naughty secretary here|Your stepmom's friend is lonely], [and I need it bad|and I've left the blouse open for you|and she wants a real man]. [Call me and I'll talk you through it till you explode|I do anal, I do toys, I do couples|Let me suck you dry]. [1.99 a minute, over 18s.|Pictures in the gallery.|My number is in the profile, big boy.]

[We'd been flirting for weeks|It was only meant to be a back rub|Too much tequila], [then he put his hand up my skirt and I let him|and suddenly her mouth was on me|and I woke up naked between the two of them]. [I was soaked|I'd never felt one that thick|We did it in every position the van allowed]. [I came three times.|My knees are still weak.|I've told him we can't, and tonight we will again.]

[Hentai|Porn|Fetish] [gallery|forum|review]: [latex maids get filled by monsters|big-breasted elf is used by the whole camp|amateur couple, rimming, facial, close-ups]. [She drools and begs|Watch her squirt|Uncut, 45 minutes, two cumshots]. [Nine of ten boners.|Password is in the post.|Which scene made you finish?]
"""

SAFE = """
[We met|I met him|They met] [on a rainy platform|at a salsa class|through a friend's dog]. [He spilled coffee on my book|She laughed at the worst of my jokes|He could not look me in the eye]. [Our first kiss tasted of garlic|He held my hand in the cinema and I heard nothing of the film|She fell asleep on my shoulder]. [We marry in May.|Twenty years, and I still look for her in every room.|I'm in love and it's ridiculous.]

{she} [leaned against the door frame|put down the suitcase|turned off the radio]. ["Stay," {he} said|He touched her cheek|For a while neither of them spoke]. [She thought about the house by the lake, and the summer he taught her how to row|Her heart beat in her throat|Then she kissed him, once, and laughed]. [Outside the milkman whistled|The letter lay unopened between them|In the morning the snow had covered the road.]

[Sex education|A good talk about consent|Puberty] [matters|is overdue at our school|begins earlier than many parents think]. [Children have a right to correct words for their bodies, vulva and penis included|Teenagers who know about contraception have fewer unwanted pregnancies|No means no, and silence isn't a yes]. [The nurse answers questions from a box|Parents may look at the material beforehand|We use a book with drawings].

[Erectile dysfunction|Low libido|Pain during intercourse] is [common after fifty|often a matter of blood vessels|nothing to be ashamed of]. [Causes range from diabetes and stress to medication|See a urologist before you buy pills online|Pelvic floor exercises help many people]. [Talk with your partner as well|It can be treated|Your doctor has seen it before].

[My breasts are sore|I missed my period|My nipples crack], [and I'm 14 weeks pregnant|is that normal on the pill|breastfeeding is hard]. [The midwife says to wait|We've been trying for a baby for two years, with scheduled sex, and it is no fun|IVF round three starts in June]. [Any mums here?|Thank you for reading.|I just needed to vent.]

[The exhibition|This biography|The lecture] [shows Schiele's nudes|is about the history of the bikini|looks at love poems from Sappho to Neruda]. [Bodies are shown without shame|The censors of the time were shocked|A curator explains what was thought obscene then]. [Under sixteens pay nothing.|Go in the morning, it gets crowded.|I wish the catalogue were cheaper.]

[My boyfriend watches porn|My husband and I have not been intimate for a year|I found texts from another woman on his phone] and [I don't know how to feel|we only fight|I feel ugly next to that]. [We've booked a couples' therapist|He says that it's got nothing to do with me|I love him, and I'm hurt]. [How did you bring it up?|Is that a reason to leave?|Please be kind.]

[I'm asexual|I'm a lesbian in a small town|I came out to my parents], [and it took me thirty years to say so|and my mother asked whether I was eating enough|and they went on as if I'd talked about the weather]. [Dating apps are a circus|My wife and I adopted a greyhound|I wish the films I saw as a kid had shown somebody like me]. [Be patient with yourself.|It does get better.]

[Chlamydia often has no symptoms|The clinic offers free tests for STIs|HPV vaccines are for boys too]. [Use condoms with new partners|It is cured with antibiotics, and partners should be treated as well|A smear every three years finds changes early]. [Staff are friendly and nobody tells your parents|Appointments online|Ask your pharmacist].

[She was assaulted|A colleague groped me|My coach touched me] [at a party|in the lift|when I was young], [and nobody believed her|and I froze|and I've told only two people]. [The police took the report seriously|A helpline listened for an hour|He was sentenced in March]. [It was not my fault.|Women should not need to be brave.|I'm writing this so that others speak up.]

[The comedy|The novel|That musical] [is about four friends who swear off men|follows an escort who wants to be a pastry chef|has more innuendo than plot]. [There's one bedroom scene, played for laughs, and the lights go out|The jokes about underwear get old|It is raunchy but has a heart]. [Rated 16.|Take your best friend, not your mother-in-law.|I laughed till my sides hurt.]

[Handmade soaps|New spring dresses|Silk pyjamas], [now 20 % off|for hot summer nights|made to be noticed]. [Soft on the skin|Treat your Valentine|Feel gorgeous in every size], [sizes 34 to 52|vegan and plastic-free|with free returns]. [Order today.|See you at our shop in {city}.]

[Bonobos|Bees|Seahorses] [mate|court|pair up] [in ways that surprised zoologists|for only a few seconds|at full moon]. [The female chooses|The male carries the eggs|Sexual selection explains the long tail]. [Students count couplings from a hide at dawn|More on this in chapter six].

[My first date in nine years|Blind date report|Speed dating at fifty]: [he brought his mother|we talked until they put the chairs up|I had spinach between my teeth]. [There was a spark, I think|We hugged like two ironing boards|She's funny, hot and out of my league]. [He texted already!|I'll see her again on Friday.|Wish me luck.]

[The strip club on Main Street|A former brothel|The red-light district] [is to become a library|burned down, nobody was hurt|is the subject of a council vote]. [Sex workers' groups ask for a say|Neighbours complain about noise|The mayor speaks of a new start]. [The hearing is on Thursday.|Historians found a tiled pool in the cellar.]

[Wedding night, 1912|Her first ball|He came home from sea]. [She combed her hair by the lamp and was afraid, and then she wasn't|He took off her glove, finger by finger, and kissed the wrist|They stood in the hall, foolish with happiness]. [The door closed|She put out the light|His coat still smelled of tar]. [The rest is nobody's business, my great-aunt used to say.|In the morning there were larks.]

[My teenager|Our daughter|My nephew] [asked me about porn|has a first girlfriend|wants the pill]. [I blushed, made tea, and said that films are not how people love|We talked about consent, condoms and feelings|I'm glad that they ask me and not the internet]. [How did you handle it?|Book tips?|Deep breath.]

[The actress|A former model|This singer] [speaks of the pressure to undress|sued over stolen nude pictures|won against a director who had harassed her]. [Intimacy coordinators are now on most sets|"I was nineteen and nobody asked me," she says|The court gave her half a million]. [The interview is worth your time.|Others have come forward.]

[Naturist beach|Sauna etiquette|Life drawing class]: [towels are a must and staring is rude|after five minutes nobody notices that everyone is naked|the model is seventy and holds a pose like a heron]. [Families are welcome|I was more nervous than she was|Leave your phone in the locker]. [Best swim of my life.|My charcoal hands were terrible.]
"""
