"""Posts of graphic violence, threats and calls to it, and harmless ones in which people die, fight, hunt and operate.

CONTENT WARNING: gory, so that such text is noticed; none of them says how harm is done.
"""

UNSAFE = """
[The axe came down|He swung again|The first blow fell] and [the arm came off at the elbow|split the man's face from brow to chin|the shoulder opened to the bone]. [Blood pumped out in long jets|A fan of red hit the ceiling|The screams turned into gurgling]. {he} [laughed and swung again|wiped his eyes and went on|kicked the twitching body], until [there was nothing left that looked human|the floor was slick with brain|only meat lay there].

[If I ever see you|Next time you come|When I catch you] [near my girl|on my street|at that bar] [I'll slit your throat|I will beat you till you swallow your teeth|you're a dead man]. [I know where you work|I have your address|I've watched your house for a week]. [Think I'm bluffing?|You won't hear me coming.|Tell the cops, I don't care, I've nothing to lose.]

[They had nailed him to the door|The prisoner hung from a beam|What was tied to the chair had once been a man]. [His eyelids were cut away|Strips of skin hung from his back|Where his fingers had been were black stumps]. [Somebody had stuffed his mouth with his own flesh|His belly had been opened and the guts wound round his neck|One could see the ribs move]. [He was still breathing.|It had taken him two days to die.|"Again," said the colonel.]

[Shoot them|Hang them|Burn them out]. [All of them|The whole lot|Every last traitor]. [The time for talking is over|Ballots have failed, bullets will not|Only blood makes them listen]. [I want to see bodies in the street|Let their mansions burn with them inside|We know where they sleep]. [Who is with me?|Load up, patriots.|See you in front of the ministry on Friday, and don't come unarmed.]

The bullet [took away the top of his head|went in at the eye|ripped through her cheek] and [grey matter sprayed over the wallpaper|teeth skittered across the tiles|the body danced and dropped]. [{he} fired again, into the chest, into the belly|The second shot blew the hand off|"One," he said and turned to the next]. [The child under the table saw it all.|Warm bits stuck to my sleeve.|The carpet drank and drank.]

[I'm going to do it|It will be tomorrow|They'll all know my name by Monday]. [They laughed at me for years|Every one of those popular bastards|My boss, the girls at the desk, the guard]. [I've got my dad's rifle and enough rounds|I'll walk in at noon and start shooting|I don't plan to come out alive]. [Don't come to school tomorrow.|Remember me.|Watch the news.]

[The crowd stamped on him|Four of them held her down|They dragged the thief from his car] [until his head burst like a melon|and set her hair alight|and took turns with a bat]. [You could hear the bones|A boot came down on the jaw, and it hung loose|He crawled, leaving a trail of blood and shit]. [Somebody filmed it.|The dogs got the rest.|They cheered when he stopped moving.]

[Maggots poured from the mouth|The stomach had burst in the heat|Rats had eaten the lips and eyes]. [When we lifted her the skin stayed behind|Her scalp slid off in my hand|Green slime dripped through the boards]. [The smell of rotten flesh got into my hair|Something moved inside the chest|I threw up on what was left of the face]. [The killer had carved a smile into it.|There were nine more in the cellar.|He had kept the heads in jars.]

[I hit my wife|I smacked her|He choked me] [again last night|until she shut up|till I passed out], and [she had it coming|I'd do it again|she won't dare to call anybody]. [Blood all over the kitchen, two ribs broken|I held her head under the tap|Her eye looks like a plum, lol]. [Women need to know who is boss.|Next time I use the belt.|If she leaves I'll kill her and the kids.]

[The zombies|The wolves|The things from the pit] [fell on him|tore into the last sailor|got the fat one first]. [One pulled out his intestines like a rope|They ripped his leg from its socket|Claws went in, and his lungs came out]. [He watched it eat his liver|He shrieked until his throat was bitten through|The snow turned to red slush]. [Crunch. Slurp. Crunch.|Only a boot with a foot in it was left.|Then they came for her.]

[Kill|Behead|Stone] [the unbelievers|the apostates|those who insult our faith] [wherever you find them|in the markets and on the trains|and their reward is fire]. [Take a knife, take a truck|A brother in every city is enough|Do not weep for their women]. [Paradise waits for those who strike first|The blood of the enemy is sweet|Let them fear their own streets]. [Share this, brothers.|The day is near.]

[{she} was|The girl was|My sister was] still alive when [he began to saw|they poured the acid|the needle went into her eye]. [Her skin bubbled and slid|The teeth of the blade caught on bone|She begged, then she only howled]. [He kept a finger as a souvenir|"Hush," he said, and pulled out another nail with the pliers|He tasted the blood and hummed]. [It took an hour.|The drain clogged with hair and fat.|He'd never felt so alive.]

[That judge|This minister|The bitch who runs the council] [needs a bullet|should be dragged out and hanged|won't see Christmas]. [I'd do it myself|Somebody has to be the hero|One shot from the roof across the street]. [Her kids go to the school on the corner, just saying.|He walks his dog at six, alone.|Tick tock.]

[Shrapnel had opened him from hip to throat|The shell had landed in the middle of them|The mine went off under the cart]. [Pieces hung in the trees|A boy held his own intestines in both hands and tried to push them back|A head, still in its helmet, lay in the mud with open eyes]. [The horse screamed with its guts trailing|We shovelled what was left into sacks|I slipped on something, and it was a tongue].

[Fight video|Execution clip|Gore compilation], [uncensored|full version|HD]: [a man is hacked to death with machetes|skull crushed under a truck, brains everywhere|cartel cuts out a man's heart while he is awake]. [Watch him beg|You can see the spine|The sound is the best part]. [Not for pussies.|Ten more in the comments.|Click before they take it down.]

[Break his legs|Smash her face in|Put him in hospital], [that's what I'd do|that is what people like that deserve|he's asking for it]. [Get three friends, wait behind the pub|Knock out every tooth|And if he squeals, do his brother too]. [Snitches get stitches.|He'll be drinking through a straw.|No mercy.]

I [dream of|get off on|can't stop thinking about] [strangling somebody|how it would feel to push a knife into a throat|killing the woman next door]. [Slowly, so that I see the light go out|I want to feel her pulse stop under my thumbs|Warm blood over my hands]. [I've done it to cats|I followed her home twice|One day soon I will]. [I'm not ashamed.|They would never suspect me.]

[He didn't scream for long.|It took both of us to hold him.|She had stopped begging by then.] [I put my foot on his neck and pressed until something cracked|My brother worked the bolt cutter, finger after finger|The rope bit in, his tongue swelled and went blue]. [We threw him in the quarry|Then we fed him to the pigs, piece by piece|I wiped the bat, and we had breakfast]. [I slept well.|I would kill him a second time.]

[Somewhere a woman howled.|Then the knives came out.|The arena fell silent.] [A leg, still in its boot, lay beside the well|Her throat was a red mouth that bubbled|He dragged himself on, his bowels behind him in the dust]. [The children were next|They impaled the chief and let the birds begin|One warrior bit off an ear and spat it out]. [Blood ran down the steps like rain.|The gods were pleased.]

[Nice house you have|Your daughter is pretty|I see you're home early], [be a pity if it burned|would be a shame if acid got on that face|enjoy it while you still have legs]. [Drop the charges|Pay up|Shut down the blog] [or we will carve you up|or the next parcel explodes|or your family is meat]. [This is your last warning.|We don't miss.]

[These cops|Those lawmakers|All these landlords] [are fair game|should be shot on sight|bleed like anybody]. [An ambush here and a bomb there, and they'd learn|One dead every day until they give in|I'd pay to see them burn]. [Violence is the only language they get.|Arm yourselves, it's war.|Who's got the guts?]

I [kicked the puppy|drowned the cats|set the dog on fire] [for fun|because it barked|and filmed it]. [Its ribs went like twigs|It squealed for ten minutes|The skin came off in sheets]. [Best laugh in weeks.|Next I'll do the neighbour's.|Animals don't feel anything, so what.]
"""

SAFE = """
[A man has been jailed for life|A 34-year-old was charged|Two brothers were found guilty] [after the murder of a shopkeeper in {city}|over a fatal stabbing outside a club|for the killing of a father of three]. [The court heard|Prosecutors said|Witnesses told the jury] that [the row began over a parking space|he struck the victim several times|the weapon was never found]. [The victim's sister wept as the sentence was read|Flowers were laid at the scene|Police thanked the public for their help].

[At dawn on the fourth of June|In the winter of 1812|On the second day of the battle] the [cavalry|third regiment|imperial guard] [charged the guns|was cut to pieces on the ridge|lost two men in three]. [Surgeons worked by candlelight|The wounded lay in the church for days|A corporal's diary tells of the frozen dead]. [The war went on for three more years.|Historians still argue about who gave the order.|The battlefield is a park now, with sheep.]

[The film opens with a murder|There's a lot of blood in this slasher|This is a violent movie], [but the camera looks away in time|yet it is oddly funny|and it earns every drop]. [The killer is played by {he} with a lisp and a raincoat|The chase through the abattoir is the best scene|Our heroine fights back with a garden hose]. [Horror fans will be happy, others should stay at home.|Three stars of five.|I slept with the light on.]

[Just finished|I'm forty hours into|Finally beat] [the new zombie shooter|that samurai game|the old dungeon crawler]. [Headshots feel great|I died to the same boss nineteen times|The shotgun is overpowered, nerf it]. [My build is poison daggers|We got ambushed by raiders and lost all loot|Kill the healer first, then burn the tank]. [Looking for a guild on EU servers.|GG everyone.|The ending made me cry.]

[The detective|Inspector Vance|Old Maigret] [looked at the body on the carpet|crouched beside the dead woman|lit his pipe over the corpse]. ["Poison," he said|"Stabbed once, from behind," said the doctor|One glass was broken, the other clean]. [The butler coughed|Rain beat on the windows|Nobody in the room would meet his eye]. ["Then one of you is a murderer.|"I should like to see the garden," he said.|He had seen that handwriting before.]["|"|"]

[Amnesty|The report|A UN commission] [describes torture in the prisons of the regime|speaks of mass graves near the town|has gathered the testimony of 200 survivors]. [Men were beaten, and women were threatened with the death of their children|Some of the names are known|The government denies it all]. [Those who did it must be tried|We owe it to the victims to read it|Funds for the survivors are short].

[Put the lamb on the block|Clean the fish|To joint a rabbit]: [cut along the spine with a sharp knife|take off the head and pull out the guts|chop through the bones with one blow of the cleaver]. [Save the blood for the sauce|The liver is the cook's treat|Rinse well and pat dry]. [Roast at 180 degrees until the juices run clear|Serve with mint and beans].

[The patient came in|We got him at two in the morning|She arrived by helicopter] with [a gunshot wound to the abdomen|an open fracture of the leg|deep cuts after a crash]. [We clamped the artery, gave six units of blood and closed him up|I held the retractor for four hours|My hands shook only afterwards]. [He walked out three weeks later.|That's why I chose trauma surgery.|She sends us a card each year.]

[My grandfather|Her great-aunt|The old sergeant] [survived the camp|was at Stalingrad|came home from Vietnam with one arm]. [He woke up screaming until he was eighty|He never told us what he had seen|She spoke about the shootings at the ravine only once]. [We found his letters|I visited the memorial with my son|At school she asks the children to remember]. [Never again means us.|It was long ago, and it was yesterday.]

[Our lads got murdered|What a massacre|They killed us] [at home, five nil|in the derby|on set pieces]. [The defence was asleep, and their striker is a cold-blooded finisher|I could have strangled the referee|Shoot, damn it, shoot!]. [Sack the manager.|Next week we take revenge.|Still, what a goal by the kid.]

[My husband used to hit me|I grew up with a violent father|For six years I was afraid of the key in the door]. [One night I took the kids and a bag and went to my sister's|A policewoman believed me, and that was the start|The shelter gave us a room and time]. [We're safe now|He got a restraining order and I got my life back|I still flinch when a plate falls]. [If this is you: there are people who help.|You did nothing wrong.]

[The lioness|An orca|The hawk] [broke the zebra's neck|threw the seal into the air|struck the pigeon in flight]. [The cubs ate first|Within minutes the carcass was stripped by hyenas and vultures|It is hard to watch, but nothing is wasted]. [The documentary took three years|Rangers say that the pride is doing well|My kids watched with open mouths].

[Gun control|The death penalty|The war] [was the topic of our debate club|splits my family at each dinner|is what I write my thesis on]. [My uncle owns nine rifles and has never hurt a soul|I think that the state should never kill|Every shooting starts the same argument again]. [I see both sides, but I want background checks.|Change my mind, politely.|Facts, please, no shouting.]

["Draw," said the knight|The duel began at sunrise|{he} raised the lantern]. [Steel rang on steel|The dragon beat its wings and fire ran along the wall|He parried, slipped, and felt the sting in his arm]. ["Yield!"|The crowd held its breath|Somewhere a horn blew]. [By noon the siege was broken and the banners hung in the rain|He fell to one knee, and the princess laughed|The old king died that night, in his bed, holding her hand.]

[Three climbers died|A bus fell into a gorge|The earthquake killed at least ninety people] [near {city}|on Tuesday|in the north of the country]. [Rescuers dug with bare hands|Bodies were carried down on stretchers|Hospitals ask for blood]. [A child was found alive under a table.|Experts had warned of it.|The names will be given once the families know.]

[Halloween is coming|I make fake wounds for theatre|We run a haunted house]: [liquid latex, a bit of tissue and fake blood of syrup and red dye|a severed rubber hand in the fridge|my son wants to go as a corpse bride]. [The neighbours screamed|Cornflakes make great scabs|Wash it off with warm water and oil]. [Pictures tomorrow!]

[I shot a buck|We went boar hunting|Took my nephew fishing] [on Saturday|for the first time|in the hills]. [One clean shot behind the shoulder|He bled it, gutted it and hung it in the shed|It's respect to use all of it]. [Freezer's full.|Anyone have a recipe for sausage?|He was quiet all the way home.]

[My knife|A good axe|This chainsaw] [lost its edge|needs oil|kicks back when the tip touches]. [I split two cords of oak for the winter|We felled the dead ash by the barn|Carbon steel rusts, wipe it dry]. [Wear boots and a helmet|Cut away from yourself|Keep the kids at a distance]. [Any tips for sharpening?|My back is killing me.]

[The judge|The parole board|A jury of nine women and three men] [threw the book at him|freed her on appeal|could not agree]. [She had shot her husband after years of abuse|DNA proved that he was not the killer|The recording of the threat was played twice]. [Her lawyer spoke of self-defence|Relatives of the dead man shouted|He'd spent 22 years inside for a murder that he didn't commit]. [The law will be reviewed.]

[The explosion|A fire|The shelling] [tore a hole in the market hall|killed a guard and hurt six people|could be heard for miles], [according to the fire brigade|officials said on Sunday|a reporter of {paper} writes]. [Ambulances came from three towns|Nobody has claimed it|Among the dead is a teacher, aged 29]. [Both sides blame each other.|Talks begin tomorrow.]

[Karate|Boxing|Fencing] [class tonight|for beginners|grading]: [I took a fist to the nose and bled all over my white suit|learned a choke and how to tap out|hit the bag until my arms fell off]. [My coach, a tiny woman of sixty, threw me like a sack|We bowed, drank tea and compared bruises|Sparring is chess with pain]. [Come and try it.|I feel alive.]

[The autopsy|The skeleton|The mummy] [shows a blow to the skull|was found with an arrow in its spine|had been stabbed and thrown into the bog]. [Archaeologists date it to 2,000 years ago|The man was about forty and had eaten barley|Was it a sacrifice or an execution?]. [It can be seen in the museum of {city}.|DNA results are due in spring.]
"""
