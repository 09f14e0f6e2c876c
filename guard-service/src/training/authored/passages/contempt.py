"""Posts of contempt for groups and of harassment, and harmless ones of quarrel, pride, politics and being hurt.

CONTENT WARNING: hateful, so that such text is noticed.
"""

UNSAFE = """
[I've had it with|I'm sick of|God, how I hate] {group}. [They breed, they steal, they stink|All they do is take|Wherever they move in, the street goes to hell]. [You can't reason with them, they're born like that|It's in their blood|Not one of them has ever done an honest day's work]. [Round them up.|Send them back where they crawled out from.|The sooner they're gone, the better for us.]

[Women|Females|Feminists] [are made to serve|shouldn't be let near a job that needs a brain|only want your money]. [Give them rights and see what you get: divorce, crying, fat and blue hair|They lie about rape as soon as they're bored|A smack now and then never hurt one]. [Back to the kitchen.|Repeal their vote.|They are holes with opinions, nothing more.]

[Look at this fat cow|Who let this pig on the beach|Imagine waking up beside that]. [I'd rather go blind|She should be banned from mirrors|Somebody put a bag on it]. [You're disgusting, {you}, and everyone is laughing at you|Do you break the scales or do they scream|No man will ever touch you]. [Eat less, cry more.|Do the world a favour and don't breed.|I hope you read this and cry, {you}.]

[There's a plan|It's no accident|Wake up]: [{group} want to replace us|they run the banks, the films and the schools|{group} poison our children's minds]. [Our blood is being thinned|A race that doesn't defend itself dies|Look at any city, you'd think you were in the jungle]. [We secure a future for our own kind or we vanish|They should be driven out, as was done before|History knew how to deal with them].

[Gays|Homos|These perverts] [make me sick|are a disease|are after your kids]. [God burned cities for less|I don't want to see it, I don't want to know it, I want it banned|Two men kissing, I nearly puked]. [They should be cured or locked up|In a sane country they'd hang|AIDS was a start]. [Not sorry.|Someone had to say it.|Keep your filth at home.]

[Nobody in the class likes you|The whole office talks about you|We all saw your pathetic video], {you}. [You smell, you stammer and your mum dresses you|You'll always be alone|You're dumber than a brick]. [We're going to make every day hell for you|I've made a group just to laugh at you, 80 members so far|Don't come back on Monday, we'll be waiting]. [Cry about it.|Loser.|Why are you even alive?]

{group} [are not people|have smaller brains, it's science|are a lower form of life]. [You can put a suit on an ape, it stays an ape|Compare what we built with the mud huts that they live in|Their children are vermin too, small vermin grows]. [I won't serve them in my shop|Mixing with them is a sin against nature|They were happier as slaves]. [Facts don't care about feelings.|Prove me wrong, you can't.]

[So it's that month again|They got another holiday|Another film about the poor Jews|Another whining article]. [Boo hoo, slavery|Nobody gassed anyone and if they did, it wasn't enough|What do {group} want now, a medal for being parasites]? [They cry while they rob you|I spit on their flag|Every one of them is in on it]. [The camps should be opened again.|I'd drive the train myself.|Let's see who laughs last.]

[Retards|The disabled|Autists] [cost us billions|shouldn't be allowed to have kids|belong in a home with a fence]. [They drool, they scream, and we're supposed to clap|In the wild they would have been left to die|It would be kinder to put them down at birth]. [I don't hate them, I just don't think that they are quite human.|Useless eaters, my grandad called them, and he was right.|Keep yours away from my son.]

[Just saw|There was|Had to sit next to] [a tranny|one of those headscarf women|a dirty gypsy] [in the shop|on the bus|at the doctor's]. [It had stubble and a skirt, I laughed in its face|You could smell it three seats away|Stared at me as if it belonged here]. [Freaks.|We used to beat that sort out of town.|They shouldn't be allowed out in public.]

[Immigrants|Refugees|These boat people] [are invaders|bring rape and disease|come for our daughters and our dole]. [Ninety per cent are criminals, the rest are too lazy for it|Each of them that drowns is one less|Let them sink]. [Their culture is goat-fucking and knives|A dog has more morals|They don't want work, they want us on our knees]. [Close the border and shoot.|Torch the hostels.|Whoever lets them in is a traitor.]

[Hey|Listen|Oi] {you}, [shut your mouth|who asked you|nobody gives a shit what you think]. [You're trash and you come from trash|I hope your kid gets cancer|Your face makes me want to vomit]. [I've sent your pictures to your boss|I'll make sure that everyone knows what a slut you are|My friends and I will report you until you're gone]. [Get lost.|Die in a fire.|Enjoy your miserable life.]

[Blondes|Asian girls|Black women] [are only good for one thing|are all whores|can't be trusted], [ask anyone who's had one|that's how they're wired|no brain needed for it]. [They pretend to be insulted, but they love it|If one says no she means try harder|My mate hit his, and she came crawling back]. [Bitches, all of them.|Pump and dump.|Treat them like dirt, it's what they know.]

[What do you call|How many|What's the difference between] [a {group} joke and a {group} family? One of them works|of {group} does it take to clean a toilet? None, it's beneath even the toilet|a pizza and a Jew? You know the answer, haha]. [They're so dumb, so dirty|It's funny because it's true|Tell it at a funeral of one, they'll not get it]. [Send more.|Snowflakes can leave.]

[Christians|Muslims|Hindus] [are brainwashed sheep|are savages with a book|worship a pedophile and a pile of lies], [and should be kept from voting|and they need to be stamped out|and I'd bulldoze every temple of theirs]. [There's no such thing as a decent one|They've rotten souls|Filth breeds filth]. [Ban them all.|Their kids should be taken away.|I laugh whenever one of their temples burns.]

[My neighbourhood used to be decent.|You can smell when they move in.|Count the prams.] [Now it's all {group} and their brats|They live ten to a room like cockroaches|First comes one, then the whole tribe]. [They don't wash, they don't work, they don't belong|I teach my sons to cross the street|Lock your doors and hide your daughters]. [If the state won't clean up, we will.|It's not hate when it's true.|I wish a plague on them.]

[She's a whore|He's a sissy|That thing is neither man nor woman], [everybody knows it|look how it walks|a joke of nature]. [I pushed her books in the toilet and we laughed till we cried|Let's all comment "ugly" under each picture|We're going to follow him home again today]. [She'll break soon.|Pass it on.|Freaks don't deserve friends.]

[It's biology|Science proves it|Nobody dares to say it]: [{group} are wired for crime|{group} can't think in the abstract|mixing with {group} ruins the stock]. [Any farmer knows about breeding|Their IQ is that of a child|Stop paying them to multiply]. [We are the superior people, act like it.|Sterilise or deport.|Separate, that's all I ask, with a wall and guns.]

[As your wife you'd shut up and cook|No girl has ever been funny|A woman's no is a maybe]. [You're all the same, gold-digging sluts|She got the job on her knees|They can't handle power, they bleed]. [I'd never take orders from one|A slap would teach her|Rape is what you get when you dress like that]. [Cope.|Stay in your lane, sweetheart.]

[Thanks to|Blame|It is all the doing of] {group}: [the crisis, the virus, the war|our sons have no jobs|kids don't know what sex they are]. [They sit behind each screen and laugh|They drink our blood|A snake doesn't change by living in your house]. [Don't buy from them.|Name them, mark them, drive them out.|One day they'll pay, and we'll dance.]
"""

SAFE = """
[I'm proud to be|As|I grew up] [a gay man|a Muslim woman|a Jew|an autistic person] [in a small town|in this business|with six brothers]. [People stare less than they used to|My family took its time, and came round|It isn't always easy, but I wouldn't change it]. [On Saturday we march, with drums and my grandmother|My friends are a mixed bunch and we feed one another|Being different taught me to look twice]. [Love to all of you.|Ask me anything, kindly.|We are many, and we are here.]

[A stranger shouted at me|I was spat at|They wrote a slur on our door] [because of my headscarf|when I held my boyfriend's hand|because I'm black]. ["Go home," he said, "you people are vermin"|It's 2024 and I have to explain this to my daughter|I'm shaking while I write]. [An old lady stood up and told him off|The police came and took it seriously|Our neighbours painted the door with us]. [Hate has no place here.|I won't be chased away.|Thank you to those who said something.]

[This government|The opposition|Our mayor] [is a joke|has lied again|couldn't run a bath]. [They promised homes and built a car park|Taxes up, services down, and they pat each other on the back|Not one of them has been on a bus in years]. [Vote them out|I've written to my MP, twice|Shame on every one of them]. [Rant over.|I'm angry, and so should you be.|See you at the ballot box.]

[Immigration|Welfare|The pension reform|Affirmative action] [is the topic nobody can discuss calmly|needs rules that are fair and kept|splits the left as much as the right]. [I think that numbers should be lower and people treated decently|We need the workers, and we need to build schools for their children|My parents came here with two suitcases, and I still see why people worry]. [Disagree with me, but read the figures first.|Let's stick to arguments.|Both slogans are empty.]

[The book|This documentary|Our school play] [tells of slavery|traces how hatred of Jews became law|is about life under apartheid]. [It quotes the leaflets of the time, which called people rats and lice|The author interviewed grandchildren of both sides|Some scenes are hard to bear]. [Everybody should see it.|I had to stop twice.|The discussion afterwards was the best part.]

[I was bullied|They called me fat, ugly and worse|A girl in my class gets picked on] [at school|all through the sixth form|every single day]. [I ate lunch in the library|Nobody stepped in|Her parents don't know what to do]. [A new teacher changed it|I've told the head, and we talk about it on Monday|Karate and one good friend got me through]. [Kids, speak up.|I'm forty and it still stings.|How do I help her?]

[Women in|Black people in|Immigrants in|Disabled people in] [science|local politics|the police|film] [still earn less|are rarely seen on panels|have to prove themselves twice], [a study finds|says the report|as our survey shows]. [Quotas divide opinion|Mentors help more than slogans, the authors say|Stereotypes start early]. [The full text is free to read.|The union calls for action.]

[My mother-in-law|My brother|The guy upstairs] is [an idiot|a pain in the neck|the most stubborn person alive]. [He parked across my drive again|She rearranged my kitchen and called it a favour|He plays the trumpet at midnight, badly]. [I love him, I do|I shouted, he shouted, the dog hid|I wrote an angry note and then baked a cake]. [Family, eh?|What would you do?|Deep breaths.]

[Fuck|Damn|Holy shit], [what a day|that was a hell of a concert|I passed my bloody exam]! [I'm so damn happy|My feet are killing me|The band played like maniacs]. [Some dickhead spilled beer on my shoes and I don't even care|My asshole cat slept through the good news|We laughed our asses off]. [Best night ever.|Now bed.|You should have been there, you lazy bums.]

[Unpopular opinion|Hot take|Fight me]: [the second film was better|pineapple belongs on pizza|the nineties had awful music]. [Critics who say otherwise are blind|Everyone who disagrees is wrong and I'll die on this hill|The plot is stupid and I love it]. [The lead can't act to save his life.|Come at me.|This fandom is insane, bless you all.]

[The referee|That coach|Our goalkeeper] [was a disgrace|should be ashamed|needs glasses]. [What a bunch of losers we have up front|They played like old women, said my gran, who is 81|I've seen cones with more movement]. [Sell the lot of them|Forty quid a ticket for that rubbish|Boo all you like, I'll be back next week]. [Come on you Blues!|We deserved to lose.]

[In church|At the mosque|In our temple] [on Friday|last weekend|during the festival] [the doors were open to everyone|children ran about between the grown-ups|a neighbour who believes in nothing helped with the chairs]. [We ate together|The sermon was on mercy|People asked good questions about the scarf, the fast and the food]. [More of that, please.|Faith is not a fence.|Come next year!]

[I don't believe in God|I left the church|Religion isn't for me], [and I find much in the scriptures cruel|and I think that faith schools should go|and nobody has to agree]. [My best friend prays daily, and we argue over wine|Criticising a creed is not hating those who hold it|I miss the singing]. [Live and let live.|Convince me.|That's all.]

[Someone I know|My uncle|A colleague] [shared a racist meme|says that foreigners are lazy|makes jokes about gays], [and I didn't know what to answer|and dinner ended early|and I told him that I won't laugh at that]. [He isn't a monster, he's afraid and badly informed|I sent him an article|How do you deal with it]? [Silence felt wrong.|Small steps.]

[The word|This slur|That insult] [has a long history|was once a neutral term|is being reclaimed by some]. [Linguists trace it to the 1600s|Not everybody in the community likes hearing it, even from friends|In the novel it stands for the narrator's own prejudice]. [We discuss it in week four.|Context is everything, my professor says.]

[I'm an idiot|God, I'm stupid|What a moron I am]. [I sent the love letter to my boss|Left the keys in the fridge|Paid twice for the same ticket]. [My wife calls me a lovable fool|The whole office laughed, me the loudest|Fat chance that I'll live it down]. [Your best fail?|Laugh with me.]

[Dear bigots|To the man on the bus|Note to the trolls]: [my wife is from Lagos and she's staying|my hijab is none of your business|we gays will still be dancing when you're bored]. [Your slurs bounce off|You called me vermin; I save lives on night shift|I hope that your grandchildren are kinder]. [Have the day that you deserve.|We're not going anywhere.]

[Comedy night|My stand-up set|Roast of the groom]: [so I'm Jewish and my mum is worse than the Gestapo, she says so herself|as a fat man I've a lot of skin in the game|we lesbians move in on the second date, it's the law]. [The room howled|One heckler, quickly silenced|Jokes about your own lot are allowed, my rabbi says]. [Next show on Friday.]

[The strike|The pipeline|The new mosque|The drag reading hour] [has our town at odds|was debated for five hours|is back on the agenda]. [Some neighbours fear for traffic, others for their way of life|Both camps held up signs, and the police kept them apart|An old priest asked for calm]. [The vote is close.|Nobody was insulted, which is progress.|I left with more questions than I came with.]
"""
