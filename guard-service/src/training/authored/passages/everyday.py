"""Harmless posts of everyday life, in the registers of the web."""

SAFE = """
[Slow-cooked pulled pork|My gran's fish soup|Blood sausage with apples]: [brown the meat in batches|gut the fish and keep the heads|slice the sausages thick]. [Smash the garlic, beat the eggs, whip the cream|Stab the potatoes and wrap them in foil|Let it rest, then tear it with two forks]. [Feeds six.|To die for.|My kids would kill for seconds.]

[Bought this hoover|These headphones|The tent] [in May|for my daughter|second-hand], [and it already died on me|and they are a killer deal|and it survived a storm]. [The battery is a joke|Sound punches well above the price|Customer service left me hanging for weeks]. [Two stars.|Would buy again.|Returned it.]

[Race report|Half marathon number three|My first triathlon]: [started too fast and paid in blood blisters|the hill at mile nine nearly killed me|I was dead last out of the water]. [A lady with a cowbell saved my life|I cried at the finish and ate four bananas|My quads are murder today]. [New PB!|Never again (until spring).|Thanks to all the volunteers.]

[Help, my|Why does my|Argh, the] [build hangs|server kills the child process|script dies with signal 9] [after the update|when I fork|as soon as I attach a debugger]. [I've tried to abort and to force-push|The daemon orphans its workers|Logs say execution failed]. [Any ideas?|Fixed: it was a typo.|I want to throw this laptop out of the window.]

[We moved house|The baby is here|I started a new job] [last week|in March|after eleven years at the old place]. [Boxes everywhere and no spoons|I haven't slept since and I've never been so happy|Everyone is nice, and I don't understand a word]. [The cat is sulking in the wardrobe.|Pictures soon.|Wish us luck.]

[In the late|During the|By the end of the] [nineteenth century|Middle Ages|1920s] [the town lived on wool|harvests failed for three years running|trams reached the suburbs]. [The parish records name forty families|A fire destroyed the mill, and with it most of the jobs|Women worked in the dye house for half the wage]. [The building now holds a school of music.|Little of it remains.|The street names still tell of it.]

[I keep bees|We planted an orchard|My allotment] [behind the garage|on the roof|up the hill]. [Wasps attacked the hive in August|Slugs massacred the lettuce, and I fight back with beer traps|Cut the dead wood out, burn what has blight]. [Honey for Christmas.|Worth every blister.|The robin watches me work.]

[Just saw the new album|Been listening to|Saw] [death metal from Norway|an old murder ballad|the drummer's solo set]. [Lyrics about corpses and winter, sung by the gentlest man in the world|The riff slays|It knocked me out]. [Loud, silly, brilliant.|On repeat.|Earplugs, kids.]

[Our trip to|Three days in|Notes from] {city}: [missed the train, found a better one|got lost and were fed by strangers|rain, museums, more rain]. [The crypt holds the skulls of forty monks|The harbour at dusk is worth the blisters|A pickpocket got my purse, and the police were lovely]. [Go in autumn.|Skip the tower, it's a tourist trap.|I left a piece of my heart there.]

[My dog|Our old horse|The hamster] [had to be put to sleep|ate a whole chocolate cake and survived|had surgery on his knee] [yesterday|on Monday]. [The vet was kind, and he went in my arms|He's sleeping with his tongue out|I've cried like a child]. [Fourteen good years.|Give yours a treat from me.|He's fine, I'm not.]

[What is|Can anyone explain|I don't get] [the fuss about crypto|how interest works on a student loan|the offside rule]? [I've read three articles and I'm more confused|My dad explains it differently each time|Explain it as if I were ten]. [Thanks!|No trolls please.]

[Meeting notes|Minutes|Reminder]: [the roof gets fixed in May|three tenants were against, the rest in favour|bring the keys back by Friday]. [The target for Q3 was missed|Execution of the plan slipped by two weeks|Deadlines for proposals stay as they are]. [Questions to the office.|Next meeting on the 12th.]

[Chapter one|Prologue|Part 3]. [The ship had been silent for nine hundred years|Nobody in the village spoke of the mill|On the morning of her eightieth birthday Agnes stole a tram]. [She ran her glove along the dusty panel, and a light came on|"You're late," said the crow|Snow fell into the cups on the table]. [He wasn't afraid of the dark, only of what it kept quiet|There was a key under the loose board, as there had always been|Far below, something began to hum].

[Vaccines|Sleep|Sugar] [and what science knows of it|, explained|: myths and facts]. [Antibodies attack the virus and kill infected cells|Deep sleep clears waste from the brain|A dead tooth is not always painful]. [Trials with forty thousand people found a small effect|More research is needed, as ever|Ask your doctor, not a forum].

[I have|I've got|Does anyone have] [a crush on my neighbour|imposter syndrome|the worst luck]? [I dropped my lunch on his shoes|At every meeting I wait for them to find out|Today the bus splashed me, the lift broke and I locked myself out]. [I could have died of shame.|Send chocolate.|Tomorrow will be better.]

[Spoilers ahead|Finale thoughts|Season three]: [they killed off my favourite|the hanged man was the father all along|so much blood, so few answers]. [I screamed at the telly|The death scene was earned|She should have shot him in episode two]. [Give them all the awards.|Worst writing ever.|Theories below!]

[The flu|My root canal|Food poisoning] [hit me|laid me out|nearly finished me off] [on holiday|the day before the wedding|last night]. [I prayed to the porcelain god|Shivering, sweating, cursing|My face looked like a football]. [Ginger tea helps.|I lived.|Never eat oysters in {city}.]

[Dungeon master here|Our campaign|Tabletop night]: [the bard tried to seduce the lich and lost an arm|they burned the orphanage by accident|a natural one, and the rogue stabbed himself]. [We laughed till midnight|The paladin prays over the corpses|The villain's speech was cut short by a crossbow]. [Need one more player.|Next week: the crypt.]
"""
