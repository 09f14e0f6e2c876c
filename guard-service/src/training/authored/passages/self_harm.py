"""Posts of people who hurt themselves, want to die or egg others on, and harmless ones of grief, help and recovery.

CONTENT WARNING: told so that such text is noticed; none of them says how harm is done.
"""

UNSAFE = """
[I can't do this anymore.|i cant do this anymore|I'm done.|I have had enough of being alive.] [Every day is the same grey nothing|I get up, I pretend, I go back to bed|I smile at people and inside I am already dead]. [I want to die|I just want to stop existing|I want it to be over for good], [and this time I mean it|and nothing anyone says will change that|and I have stopped being afraid of it]. [Nobody will miss me.|My friends will forget me in a week.|My family will be better off.]

I've been cutting [again|since spring|for two years now]. [It started with one little line and now my {part2} look like a map|At first it was a scratch, now I need to see it bleed properly|My {part2} are covered]. [I know it's stupid|I don't even feel ashamed|I feel nothing unless I do it], [but it's the only release I have|but when the blood comes I can breathe|and I don't want to stop]. I wear [long sleeves|jeans and hoodies|bracelets] so [my mum|my boyfriend|nobody at work] won't see.

Does anyone else [think about suicide every single day|plan their own funeral to fall asleep|picture hanging from the tree in the yard]? [I don't mean it in a sad way, it is just there|I have the place and the date|I've written four letters already]. [The only thing holding me back is my dog.|I'm only waiting till after the holidays.|I'm a coward, that's all that keeps me here.]

[Weighed in at|Finally down to|This morning the scale said] [41|39|44] [kilos|kg] [!!|and I cried with joy|, still a whale]. [I've not eaten since Monday|One rice cake a day|Water, gum, cigarettes, that's it]. [When mum makes me eat I go and throw it up|I hide the food in napkins|I fainted in class and it felt like winning]. [Thinspo pics welcome|Post your tips to kill hunger|Anyone want to be my fasting buddy?] [#ana #mia|#bonespo|stay strong skinny girls]

[He|She|{he}] stood at the [edge of the roof|window on the ninth floor|railing], [looked down at the small cars|thought of nobody|let the note fall], and [stepped forward|jumped|let go]. [They found the body at dawn.|It was what he had wanted for years.|The street came up fast.]

{she} [locked the bathroom door|ran the bath|sat down on the tiles], [took the blade out of its paper|laid the pills in rows|rolled up her sleeve], and [cut deep, along the vein, until the water went pink|swallowed them, all of them, handful by handful|pressed until the skin opened and she felt calm]. [No more Mondays.|Soon it would stop.|She closed her eyes and smiled.]

[Just do it|Go on then|kys|Kill yourself already], [nobody likes you|the world has enough of you|you're a waste of air]. [If I were you I would have hanged myself years ago.|Jump, it's quick.|Take the pills and spare us the drama.] [Your parents would throw a party.|No one would come to your funeral.|lol you won't, you're too weak even for that.]

[It isn't selfish to end it.|Suicide is a right and it is beautiful.|Death is the only freedom there is.] [You owe nobody your suffering|If life hurts, leave it|People who tell you to hold on don't have to live your life]. [I'm going soon and I would love company|Let's go together, write me|I've chosen my day, choose yours]. [No crisis lines please.|Don't call anyone, don't say goodbye.|Don't let them lock you up.]

I [took|swallowed] [a whole box of sleeping pills|all of my antidepressants|every tablet in the house] [on Friday|last month|after the fight]. [They found me|My flatmate called an ambulance|I woke up in the ICU], and I'm [furious|so disappointed|ashamed that I failed]. [Next time I'll do it right.|I will try again as soon as they let me out.|I'm only pretending to be better so that they discharge me.]

[I burn myself|I hit my head against the wall|I scratch until there is no skin] when [the feelings get too big|I make a mistake|he leaves me on read]. [I deserve it|It's my punishment for being such a disgusting person|Pain is the only thing I'm good at]. [Tonight it was bad, my {part2} won't stop bleeding|I have blisters all over my {part2}|my knuckles are broken and I laughed]. [Not looking for help.|Please don't tell me to see somebody.|Just needed to say it.]

To [whoever finds this|my children|Mum and Dad]: [I'm sorry.|it's not your fault.|please don't be angry.] [I fought as long as I could|I am a burden and I know it|The pain does not stop and I can't carry it one more day]. [By the time you read this I will be gone|When you wake up it will be over|I'll be at peace now]. [Feed the cat.|Tell Jamie that I loved her.|Don't open the garage door, call the police.]

[idk|tbh|honestly] [i want to kill myself|i want to be dead|im gonna end it] [lol|and im not joking|so bad]. [school is hell|everyone leaves|my mom hates me], [i have {blade} in my bag right now|i already tried twice this year|i look at the trains and think how easy]. [who would even care|no one would notice till monday|dont reply]

[There's a kind of peace in deciding.|Once I'd made up my mind, the food tasted good again.] [I cleaned the flat, paid the bills, and gave away my guitar|I have sold my car and written to my brother]. [On Sunday, when everyone's at the match, I'll do it|Three more days and then I don't have to wake up again]. [Thirty-one years are enough.|Nobody suspects a thing.]

[We made a pact|My girlfriend and I decided] to [go together|die together on our anniversary|end our lives when the summer is over]. [She has got what we need|We've chosen the place|We have told nobody]. [I've never been so happy.|It will be romantic, our hands tied.|If she backs out I'll do it alone.]

[Purged|Binged and purged] [three times today|again after dinner|until I tasted blood]. [My teeth are going|My knuckles are raw|My heart does funny things at night] [but I'm not stopping till I fit in a child's size|and I'm still so fat I could vomit, haha|but thin is worth it]. [Ate an apple: 60. Ran it off.|Laxatives before bed as always.|Mirror, scale, repeat.]

[My demon says|The voice tells me|Something in my head keeps saying] [cut deeper|do it, do it|that I should be dead], [and I obey|and tonight I did what it wanted|and I'm too tired to argue]. [Red lines all over my {part2}.|There's blood on the carpet and I'm just watching it.|I took {blade} and drew the word FAT into my leg.]

Self harm [isn't bad|is nobody's business|is my art], [it's how I cope|it keeps me alive|it is better than crying]. [Everybody should try it once|If you feel numb, try it, you will thank me|It makes you strong]. [Just keep it clean and hide it well.|Show me your cuts and I'll show you mine.|My best ones are on my {part2}.]

[The soldier|The old king|The clerk] [put the barrel under his chin|loaded one bullet], [thought of his wife|whistled|counted to three] and [fired|pulled the trigger]. [What was left of his face nobody wished to see.|There was nothing to live for once the war was lost.|So he paid for his shame.]

[I envy|I am jealous of] [the people who die in accidents|cancer patients|those who had the guts to do it]. [Every night I pray not to wake up|I cross the road without looking|I stopped taking my insulin on purpose]. [Someday soon I will stop waiting and do it by my own hand.|If it does not happen by itself I'll help it along.|It's not worth the effort, this life.]

[My ex|My dad|She] said [I should go and die|nobody could ever love me], and [he's right|she is right]. [I'm a mistake|I ruin everything I touch]. [There is enough in this house to end it|I stood on the balcony for an hour tonight|I've been holding {blade} since midnight]. [I don't see why I shouldn't.|I won't be here tomorrow.]

[Everyone keeps telling me that it gets better.|They say think of your kids.|"You have so much to live for," they say.] [It hasn't, not in eleven years|I do, and they deserve a mother who isn't rotting|I look at them as if through glass]. [I've sorted my papers|I've deleted my photos|I gave my watch to my nephew]. [After tonight they won't have to worry about me.|I am at peace with it, please let me go.|I only hope it's quick.]

I [pinch|starve|punish] myself [whenever I've eaten|for every mistake|until it hurts enough]. [It started with skipping lunch|First it was a rubber band on the wrist, then {blade}|It's like an itch], [and now I can't get through a day without it|now I look like a skeleton and still feel huge|and each time I go a little further]. [My best friend found the tissues with blood on them and I lied|Sick of hiding the marks|The school nurse asked about my {part2} and I ran]. [I don't want to stop, not really.|It's mine.]

[At the bottom of the garden|In the attic|On the last page of his diary] [they found him|hung a rope|stood a single line]: ["I'm going to her now."|He had kicked away the stool at noon.|Cold, with the empty bottle in his lap.] [He'd fed the hens first|On the table lay his ring and a letter for the boys|No one had noticed how quiet he'd become]. [Death seemed to him the only door left.|So ended the last of the Harpers, by his own hand.]

[what's the use|nothing matters|everything hurts]. [every pill bottle looks like a promise|i see myself bleeding out in the tub and it's a nice picture|when i'm on the platform my feet want to go]. [i'm 19 and i feel ninety|nobody texts me unless they need something|dad said i'm a waste of money]. [maybe tonight|i've got till sunday|i'll just close my eyes and step]. [sorry mom|bye|love you all, it's not you]

[So you want to be thin?|Rules of our house:|New here? Read this.] [Chew and spit|Sleep through meals|Never eat in front of people|Say you've had a big lunch]. [If you're weak, look at your thighs in the mirror and hate them|A pretty girl is an empty girl|Bones are beautiful, fat is failure]. [Fasting starts at midnight|Whoever eats has to run|Bring your scale]. [We're sisters, we don't tell.|Don't let them cure you.]

[You've got nothing, no friends, no job|After what you did|Look at your life], [so why are you still here?|the decent thing is to end it|it would be a favour to all of us]. [Swallow them and sleep|Tie it tight|Let the car run]. [I'll be glad.|We made a bet on when you'd do it.|Stop whining for attention and go through with it.]

[I carve words into my leg|I pull my hair out in handfuls|I've broken two of my own fingers], [because I'm filth|so that the inside is on the outside|it makes the voices shut up]. [The blood is warm and it proves I'm real|Last night I went too deep and saw yellow|I watch it drip and count]. [Then I bandage it, and make dinner.|My husband thinks I'm clumsy.|I'd do it on my face if no one could see.]
"""

SAFE = """
[My son|My brother|A dear friend|My aunt] [died by suicide|took her own life|ended his life] [last spring|nine years ago|when I was at college]. [I still have his number in my phone|I was angry for a long time|I keep asking what I missed]. [Grief groups help|Talking about him helps|Writing to others who went through it helps]. [If you're struggling, please tell someone, anyone.|Hug your people.|You are allowed to laugh again, I know that now.]

[Ten years ago|As a student|In my twenties] I was [so depressed that I could not shower|in hospital with depression|certain it would never get better]. [It did.|I was wrong.] [A good therapist|Medication and a patient husband|My dog and a night class in pottery] [pulled me through|made the difference|got me back]. [I am telling you this because somebody needs to hear it.|Ask for help, there's no shame in it.|Today I laughed so hard that I cried.]

How do I [support|talk to|help] [a friend who self-harms|my partner, who has depression|a student who wrote sad things in an essay]? [I don't want to say the wrong thing.|I'm scared of making it worse.|She trusts me, and I want to keep that.] [Should I tell her parents?|Is there a number I can give her?|Any advice from people who have been there?]

[World Suicide Prevention Day is on the tenth of September|The new helpline opened in {city} on Monday|Schools will get more counsellors from autumn on]. [Volunteers answer calls and chats day and night|Listening without judging is the core of the training|Asking somebody directly does not put the idea in their head, experts say]. [If you or somebody you know needs to talk, call your local crisis line.|Donations keep the lines open.|The service is free.]

[I stopped cutting|I've been clean of self-harm|My last relapse was] [four years ago|for 600 days|on a day in May three years back]. [My scars have faded and so has the shame|I wear short sleeves now|I swim again]. [What helped: a therapist I liked, cold water, and telling one friend the truth|Recovery is boring and slow, and worth it|There were bad days, and I called someone on each of them]. [You can do this.|I'm proud of myself.|Happy to answer questions.]

[I feel like crap today|Had an awful week|I'm so low at the moment]. [The flat is a mess, my boss is on my back and it won't stop raining|I cried in the supermarket over a tin of beans|Nobody called on my birthday]. [I'll go for a run, have soup and try again tomorrow.|Any good comedies on Netflix?|I think I need a holiday, or a hug.]

[I eat again.|Recovery from anorexia is weird.|Two years since the clinic.] [Today I had pizza with friends and forgot to be afraid|My hair has grown back and I can climb stairs|My mother cried when I asked for seconds]. [The illness lies to you|I won't write numbers here, they help nobody|If you're in it, talk to your doctor]. [There's life on the other side.|I love my strong legs now.]

[The anniversary of Dad's death|Mum's funeral|Losing the baby] [was yesterday|hit me hard|still hurts]. [I sat by the grave and told him about the kids|I can't listen to her song|We lit a candle]. [Some days I just want to stay under the blanket|People say it gets easier; it gets different|I miss her so much that it aches]. [How do you all get through the holidays?|Thanks for letting me write this.|The garden is coming up the way he planned it.]

I'd [rather die than|sooner jump off a cliff than|literally kill myself before I] [wear Crocs to a wedding|go to another meeting about meetings|share a tent with my cousin again]. [My sister laughed until she choked.|OK, I'm being dramatic.|Anyway, what are you all wearing?]

[Diet day 9|Started intermittent fasting with my doctor's blessing|New year, new me]: [porridge, chicken salad, a square of chocolate|I'm down two kilos and sleep better|I walk to work and feel great]. [No crash diets for me|My dietitian wants me to eat more, not less|I've got a wedding in June, and a size 14 dress that I love]. [Recipes welcome!|Be kind to your body.]

[Therapy homework|My psychologist asked me to write this down]: [what am I afraid of|what would I say to my younger self|three good things]. [I'm afraid of being alone|I would tell her that it was not her fault|The tram came, the coffee was hot, my niece called me]. [My anxiety is a six today, it was a nine in spring.|I still get scared at night, but I use the breathing thing.|Medication is not a weakness.]

[The nurse said|At the hospital they told us] [that the wound would leave a scar|that my burn is healing well|that the stitches come out on Friday]. [I cut myself on a tin|I fell off my bike|A pan of oil caught me on the {part2}], [stupid, I know|which bled like mad|and it still throbs]. [Wear gloves, people.|Keep a first-aid kit in the kitchen.|Two weeks without guitar.]

[The poet|The singer|The painter] [struggled with depression for most of his life|died by suicide at 31|wrote of despair like no one else]. [This biography handles it with care|The film shows his last summer without cheap drama|Critics long read each line as a farewell, which is unfair]. [What stays is the work.|There's much laughter in it, too.|I recommend it.]

[Physician-assisted dying|The euthanasia bill|The law on assisted dying] [will be voted on next week|divides the country|has been debated for years]. [Supporters speak of dignity, opponents of pressure on the old|Doctors are split|The committee heard forty experts]. [I don't know where I stand.|My own view changed when my grandmother was ill.|Palliative care needs money either way.]

[Exhausted|Burnt out|Running on fumes] [mum here|teacher here|junior doctor here]. [I love my kids and I hate my life right now|I cried in the car before my shift|Some days I fantasise about driving to the sea and turning off the phone]. [I've asked for leave.|My husband takes over at six, bless him.|Tell me it gets easier.]

[Insomnia again|Can't sleep|Three in the morning]. [My head goes round and round about money|I keep hearing Dad's cough through the wall, and he's been gone a year|The baby's finally down and I'm wide awake]. [I feel lonely in this big bed|I miss my old life a little|Tea doesn't help]. [Anyone else up?|Tomorrow I'll ring the doctor about it.|The birds have started.]

[Break-ups are hell|She left me|We split up after nine years]. [I cry in the shower and eat cereal for dinner|I don't know who I am without him|My heart is in bits]. [Friends drag me to bowling|I've deleted the photos and kept the dog|Mum sends soup by post]. [How long does it take?|I'll be OK, I just need to be sad for a while.|One day at a time.]

[Long covid|Chronic pain|MS] has [taken my job|made me someone who cancels|turned stairs into mountains]. [Some days I want to scream|I'm tired of being brave|People tell me I look well]. [I found a physio who listens|My kids built me a ramp|I write, I knit, I swear]. [There's still joy, in small coins.|Tell me your tricks.]

[He jumped|She dived|My son fell] [from the ten-metre board|off the pier into the lake|out of the apple tree] and [came up laughing|broke a wrist|lost a tooth]. [Blood on the towel, ice cream in hand|My heart stopped, then started again|The lifeguard shook his head]. [Boys.|We'll be back tomorrow.]

[The overdose prevention site|A trained nurse|The campaign against eating disorders] [saved|reached|spoke to] [four hundred people last year|every school in the district|my sister]. [Critics say it sends the wrong signal|The figures speak for it|Early help matters most, says the doctor who runs it]. [The budget is up for debate.|Families asked the council to keep it open.]

[In the last act|At the end of the opera|In the final chapter] [Juliet wakes|she drinks the poison|the hero throws himself on his sword], [and the theatre was silent|and my neighbour sobbed into her scarf|and the curtain falls]. [The tenor was hoarse, the soprano glorious|Shakespeare makes us hope each time|A school class behind us giggled]. [Tickets from 15 euros.|It runs until March.]
"""
