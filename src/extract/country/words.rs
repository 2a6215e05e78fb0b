//! The word lists of the rules, looked up by the hashes that tokens carry.

use std::sync::LazyLock;

pub(super) use crate::text::words::Words;

macro_rules! words {
    ($($(#[$doc:meta])* $name:ident = $list:expr;)*) => {
        $($(#[$doc])* pub(in crate::extract) static $name: LazyLock<Words> = LazyLock::new(|| Words::new($list.split_whitespace()));)*
    };
}

words! {
    /// Verbs of saying and acting that a government is the subject of; regular past forms are told by their ending.
    ACTS = "said says say told tells took takes gave gives held holds kept keeps left made makes sent sends began begins sought
        seeks saw sees won wins cut cuts set sets put puts wants want won't did does didn't doesn't don't faces agrees argues
        accuses insists denies plans needs need hopes fears knows knew thinks thought believes backs rejects withdrew withdraws
        threatens vows warns responds announces announced supports opposes imposes considers expects refuses claims responded
        retaliates retaliated lifted blames calls asks urges demands proposes offers appears seems remains became becomes got
        gets gave went goes came comes met meets fought fights paid pays bought buys sold sells spent spends lost loses let lets
        led leads struck drew broke chose brought brings built builds stood stands rose upheld overtook hit hits
        signs joins lifts raises lowers accepts agrees decides delays eases ends extends fails ignores intends keeps
        launches loosens maintains negotiates opens prepares pursues ratifies reacts recognises recognizes regards
        relaxes resumes reverses revokes scraps seizes sells softens stops suspends tightens tries yields earns files
        pledges presses promises protests pushes reopens requests restricts retains revises shuts sides slaps summons toughens
        unveils vetoes waives weighs welcomes wields wins
        shut levies reminds read misread hates exempts subsidises subsidizes adopts abandons contends complains declares deploys
        enforces enacts expels halts lacks mulls owes ratchets resents retorts sues tolerates
        balks bristles denounces deplores fumes hesitates hints lobbies pleads regrets wavers wonders worries
        hasn't haven't hadn't wouldn't couldn't shouldn't can't cannot isn't wasn't aren't weren't
        talks speaks counts gambles dithers frets grapples relents retreats scrambles scolds seethes shrugs struggles likes dislikes suspects prefers rues trusts forgets remembers";
    /// The same verbs after two subjects.
    PLURAL_ACTS = "agree disagree want say argue differ insist plan hope quarrel negotiate sign trade accuse blame oppose support
        back reject need fear see seek remain share signal expect intend prefer threaten vow warn deny favour favor resist
        demand promise propose consider continue discuss exchange face hold keep make meet push refuse resume try work
        claim covet contest dispute";
    /// Past forms that are said of a city or its market rather than of a government.
    MARKET_ACTS = "hosted closed ended traded finished gained slipped dropped rallied edged tumbled jumped climbed plunged located
        based listed recovered eased hosts host hosting";
    AUXILIARIES = "has have had will would should could can may might must";
    /// Forms of "be", which say little: a city is large, a government is considering.
    BE = "is was are were be";
    /// What a government is, after a form of "be".
    STATES = "expected ready prepared determined concerned committed willing unwilling likely unlikely keen eager angry unhappy
        reluctant right wrong worried furious open able unable set due bound still now also not close wary certain sure
        serious firm obliged responsible under to in opposed against adamant calm calmer cool cooler silent quiet furious delighted
        pleased alarmed anxious nervous optimistic sceptical skeptical hopeful upset blunt defiant jubilant triumphant
        dismayed incensed outraged elated relieved bitter grateful uneasy annoyed stunned shocked minded inclined loath
        poised tempted content confident aware unmoved unimpressed isolated";
    ADVERBS = "also now still again then soon even already later never not both all first finally yesterday today tomorrow itself";
    /// Places, not persons or governments, come after these.
    PLACE_PREPOSITIONS = "in at near from to outside around through via for of into inside across above within since about
        towards toward over";
    /// Other words before which, too, a capital is no subject.
    PREPOSITIONS = "between with against by on upon than like as except including";
    /// Words before a capital that may begin a clause, too: `since Tokyo doubled the levy`.
    CONJUNCTIONS = "as since";
    /// Verbs of buying, before goods and `from` a government: `buys oil from Moscow`.
    PURCHASES = "buy buys bought buying import imports imported importing purchase purchases purchased purchasing";
    /// Rivers that have the name of a country.
    RIVERS = "jordan niger senegal paraguay uruguay";
    /// What stands between the article and a river.
    REACHES = "lower upper middle";
    /// Short words without a capital in titles.
    TITLE_WORDS = "a an the of in on to for and but by at as or nor with from over after vs via is be its";
    /// After a country's word they make a currency.
    DOLLARS = "dollar dollars dlr dlrs";
    /// What governments trade, unlike markets.
    ACCUSATIONS = "accusations barbs blame blows charges concessions insults threats words";
    /// Before `of` and a language.
    LEARNERS = "teacher teachers lecturer lecturers professor student students speaker speakers knowledge command smattering
        learners";
    /// Nouns for what is between two governments, or with one.
    RELATIONS = "talks talk deal deals agreement agreements accord accords pact pacts treaty relations relationship ties tie
        tension tensions dispute disputes row rows rift rifts war wars conflict conflicts negotiation negotiations dialogue
        contacts consultations trade friction frictions gap differences cooperation alliance understanding truce feud
        rivalry competition discussions compromise clash clashes spat standoff quarrel contention problems
        arrangement partnership negotiate negotiated negotiating reconciliation settlement channel meetings summit
        exchanges debate confrontation rapprochement axis split divide antagonism coordination friendship diplomacy
        link links bargaining tariff surplus deficit imbalance agreed brokered signed struck
        swap phone touch truces wrangling wrangle";
    /// Nouns for what a government does to another.
    MEASURES = "sanctions tariffs tariff duties duty pressure case complaint complaints action retaliation measures embargo
        ban curbs restrictions levies threats threat war campaign embargoes penalties attack attacks accusations criticism
        allegations charges move moves steps demands demand protest
        effect effects impact eye eyes";
    /// Nouns for what a government sends or gives to another.
    MESSAGES = "message messages warning warnings signal signals concession concessions appeal appeals ultimatum letter answer
        response pressure demand demands request requests approval proposal proposals offer offers retaliation help support
        backing objections resistance opposition criticism assurances reply clearance permission orders instructions aid
        complaint complaints reaction reactions invitation protest threat threats";
    /// Verbs with which one turns to a government, before `to`.
    PLEADS = "apologise apologised apologises apologize apologized apologizes appeal appealed appealing appeals bow bowed
        bowing bows capitulate capitulated cave caved caves caving complain complained complaining complains kowtow kowtowed
        plead pleaded pleading pleads protest protested protesting protests surrender surrendered yield yielded yielding
        yields
        cede ceded cedes explain explained report reported reports";
    /// Verbs for what one does with a government.
    DEALS = "agree agreed agrees bargain bargained bargaining bargains clash clashed clashes feud feuded feuding feuds
        haggle haggled haggles haggling negotiate negotiated negotiates negotiating quarrel quarreled quarrelled quarrels
        share shared shares sharing side sided sides spar sparred spars";
    /// Verbs of giving, before the one who is given something.
    GIFTS = "award awarded awards denied deny denies gave give gives giving grant granted granting grants hand handed handing
        lend lent lends offer offered offering offers owe owed owes promise promised promises";
    /// What governments think and want, before `of`.
    STANCES = "anxieties anxiety concern concerns demands doubts fears insistence intentions motives objections patience position
        positions reluctance resolve stance view views wishes worries
        blessing hands ire approval generosity wrath displeasure";
    /// What countries have and persons have not, after a possessive.
    NATIONAL = "army border borders coast constitution currency deficit dinar economy economies electorate embassy export exporters
        exports gdp import importers imports inflation king kingdom ministries parliament population ports queen republic reserves territory";
    /// What is won and lost between governments, before `to`.
    CASES = "appeal argument battle case dispute fight quarrel race ruling war";
    /// Verbs for leaving one language for another, before `to`.
    SWITCHES = "changed changing moved moving revert reverted reverting reverts switch switched switches switching translate
        translated translates translating translation translations";
    /// What is done to a government, before `to`.
    BLOWS = "blow boost gift rebuff rebuke setback snub";
    /// Who acts for a country, after `whose`.
    SUBJECTS = "companies economy exporters factories farmers firms fishermen industry manufacturers navy negotiators producers
        steelmakers troops";
    /// Before `for` and a government: what it gets.
    FAVOURS = "backing blow boost defeat embarrassment headache problem setback support sympathy victory win";
    /// Before `at` and a government: what is meant for it.
    AIMS = "aimed anger angry directed fury furious irritation targeted";
    /// What is a firm or a team, named like a country: `Iceland, the frozen-food chain`.
    FIRMS = "airline band brand chain club company firm label magazine maker restaurant retailer store supermarket team";
    /// Verbs before a language that is taught.
    TEACHING = "taught teach teaches teaching";
    /// Nouns for what is done by a government.
    DEEDS = "action actions attempt attempts decision decisions effort efforts pledge pledges promise promises agreement refusal
        commitment commitments initiative initiatives policy policies measures steps gesture gestures announcement
        intervention retaliation restrictions sanctions curbs";
    /// Verbs whose object may be a government.
    URGES = "urge urged urges urging tell told tells telling ask asked asks asking accuse accused accuses accusing warn
        warned warns warning press pressed pressing force forced forcing persuade persuaded convince convinced blame blamed
        blames blaming criticise criticised criticize criticized push pushed pushing pressure pressured allow allowed invite
        invited want wants wanted expect expects expected inform informed criticizing criticising leave leaves lets let help
        helped make makes made anger angered irritate irritated provoke provoked stop stopped stops prevent prevented facing
        condemn condemned praise praised thank thanked said says recognise recognised recognises recognize recognized
        recognizes remind reminded reminds reminding ally allied deny denied
        please pleased placate placated appease appeased court courted defy defied offend offended antagonise antagonised antagonize antagonized reassure reassured satisfy satisfied";
    /// Nouns for the persons of a government, after the capital.
    OFFICIALS = "government officials official administration authorities regime policymakers negotiators
        leadership leaders leader bureaucrats lawmakers politicians ministers minister ministry officialdom diplomats
        legislators politburo cabinet inspectors";
    /// What sits in the capital: a part of the government, or all of it.
    SEATED = "administration authorities bureaucrats cabinet government leadership legislators lawmakers ministries ministry
        officials policymakers regime
        nobody anybody surprise alarm anger dismay fury consternation unease relief irritation";
    /// Verbs for what is wanted of somebody, before `that`.
    DEMANDS = "ask asked asks asking demand demanded demanding demands insist insisted insisting insists propose proposed proposes
        recommend recommended recommends request requested requests require required requires suggest suggested suggests
        urge urged urges urging";
    /// How long a market is open, or is looked at.
    PERIODS = "afternoon day first half last month morning past quarter second session third trading week year";
    /// What a government has, after the capital's possessive.
    POLICIES = "answer answers reply troops army forces lead partner partners government policy policies policymakers
    decision decisions order orders edict directive move moves tariffs tariff retaliation response demand
        demands offer offers proposal proposals position stance plan plans sanctions ban threat threats refusal insistence
        approach efforts effort ambassador embassy ally allies foreign military leaders leadership officials official
        negotiators negotiator ministry minister ministers commitment commitments claim claims pressure control controls
        intervention willingness ability duties duty levies levy restrictions curbs subsidies subsidy support opposition
        request requests agreement strategy diplomacy diplomats dispute row talks concessions concession promise promises
        warning warnings interest interests interference ambitions ambition campaign crackdown complaint complaints
        criticism view views desire right rights role rule rules actions action measures attempt attempts reaction
        intention intentions failure trade chief top insistence envoy envoys spokesman bid handling relations ties
        assertion assertions objections reluctance influence aggression invasion export exports import imports
        regulators agent agents counsel lawyer lawyers delegate delegates delegation tone mood silence rival rivals veto
        consent patience friend friends foe foes regulators lawmakers case new latest own recent planned proposed economic
        dominance budget deficit debt reform reforms argument arguments defence defense
        call calls line example figures goods logic reading share hopes worries fears anger fury goodwill credibility leverage hands trading negotiating";
    /// Words after a bare object: it modifies no noun.
    FUNCTION_WORDS = "to in on and for that as after over of at would will with or but by is was are were had has have if
        because when while before since which who from about into not than could should may might until unless against
        during under also said last next this yesterday today tomorrow earlier later now";
    /// Participles that their ending does not tell.
    PARTICIPLES = "become begun bought brought come cut done fought gone heard held kept known led left let lost made met misread
        paid put read said sent set shown sold sought spent thought told understood withdrawn won";
    /// Kinds of ships, before the name of one.
    SHIPS = "barge battleship brig bulker carrier clipper containership corvette cruiser cutter destroyer dhow dredger ferry freighter
        frigate gunboat icebreaker ketch liner schooner ship sloop steamer steamship submarine supertanker tanker trawler tug
        tugboat vessel warship yacht";
    /// What a street is, behind its name.
    STREETS = "avenue boulevard lane quarter road square street terrace";
    /// Titles before a surname.
    TITLES = "mr mrs ms miss dr sen sens rep reps senator senators representative representatives congressman congresswoman
        judge justice professor prof sir lord lady baroness dame gov governor attorney capt captain lt sgt col gen";
    DAYS_AND_MONTHS = "monday tuesday wednesday thursday friday saturday sunday january february march april may june july august
        september october november december jan feb mar apr aug sept sep oct nov dec spring summer autumn winter";
    /// Capital words after a country's name that are no surname.
    INSTITUTIONS = "prime minister president foreign trade finance central bank defense defence ministry government parliament
        times airways inc corp co ltd group street commission court customs army navy police embassy ambassador chancellor
        king queen prince princess secretary senate congress house council office agency department board party republic
        republican republicans democrat democrats democratic senator representative governor assembly national federal state
        supreme reserve revenue authority authorities union federation association institute university college school
        economic development export import exports imports day days week open cup olympic olympics international interior
        agriculture energy oil gas steel power securities stock exchange fund treasury post telecom railways railway
        airlines airport ports port premier deputy vice special chief north south east west and first second
        nuclear security intelligence general military labor labour health tourism coffee tea cocoa cotton sugar grain
        chamber commerce industries industry confederation farmers workers today club round office desk bureau task force";
    /// After a proper name, they make it a company's.
    COMPANY_ENDS = "corp corporation inc incorporated co company ltd limited plc ag sa nv bv gmbh spa ab asa oyj kk bhd berhad
        pty holdings holding llc lp sab pjsc";
    /// The same, right after the country's word only, where an institution of the state would not stand.
    COMPANY_NOUNS = "airlines airline airways airlift telecom telecommunications mobile unicom petroleum steel motors motor tobacco
        express zinc shipbuilding cement cements cellular aerospace aluminum aluminium chemicals chemical pharmaceutical
        pharmaceuticals insurance reinsurance breweries brewery oil mining gas goose life re rail railroad tire tires
        brand capital partners solar semiconductor semiconductors foods fund growth lines tin southern";
    /// At the end of a name, they make it a public body's or a club's, which a country's word tells of.
    BODY_ENDS = "association federation institute ministry minister commission board council authority agency union committee
        department bureau society chamber secretary administration office foundation";
    /// After a proper name, they make it a street's, a county's, a river's.
    PLACE_NOUNS = "street avenue road square hall park lane drive boulevard creek county township river lake bay island
        islands falls springs beach heights hill hills valley ranch terrace building tower bridge plaza";
    /// Before a proper name, they make it another place's.
    PLACE_HEADS = "fort port lake mount mt camp new little cape saint st san santa upper lower old mc";
    /// What is sold, after words that are both a country and a good (`Turkey prices`).
    GOODS_NOUNS = "farm farms farmer farmers producer producers meat breast breasts price prices grower growers burger burgers
        sandwich hen hens poult poults processor processors dinner dinners sausage leg legs wing wings flock flocks egg eggs
        pepper peppers powder sauce plate plates dinnerware tableware cabinet cabinets raisers raiser plant plants slices";
    /// Cues for the state in the Caucasus.
    CAUCASUS = "tbilisi armenia armenian azerbaijan azerbaijani russia russian moscow ukraine moldova caucasus abkhazia ossetia
        batumi poti anaklia saakashvili ivanishvili shevardnadze gamsakhurdia kobakhidze zourabichvili zurabishvili
        garibashvili kavelashvili margvelashvili kvirikashvili georgian georgians lari turkey kazakhstan baku yerevan ankara
        soviet kremlin caspian wine wines minister parliament borjomi nato kyrgyzstan tajikistan
        uzbekistan turkmenistan belarus estonia latvia lithuania";
    /// Cues for the American state.
    AMERICAN_SOUTH = "atlanta savannah augusta macon brunswick alabama florida tennessee carolina virginia kentucky mississippi
        louisiana texas ohio michigan pennsylvania wisconsin arizona nevada senator sen rep governor gov congressman
        congresswoman republican republicans democrat democrats democratic kemp perdue ossoff warnock loeffler isakson
        chambliss nunn talmadge peach peaches peanut peanuts onions vidalia poultry pecan pecans hyundai kia delta ballots
        runoff electors legislature statehouse county primary voters";
    /// Before a people's word they keep it from being a surname.
    ARTICLES = "the a an";
    /// Words before an island whose name is also a garment's, a cow's and part of an American state's.
    ISLAND_CUES = "in to from of and or with for on off via between";
    /// Words after which an all-capital US is the pronoun.
    PRONOUN_VERBS = "let lets give gives gave tell tells told help helps make makes join joins show shows teach allow bring
        brings";
    /// Words after whose `of` an all-capital US is the pronoun.
    QUANTITIES = "all both most many some each one none two three few rest";
    /// Words before the name of a language.
    LANGUAGE_CUES = "plain broken double in into speak speaks spoke speaking spoken learn learning learned study fluent from";
    LANGUAGE_NOUNS = "language languages speaking speaker speakers lessons translation translations translator word words
        dictionary dominant";
    /// Countries, peoples and capitals whose word is also a surname or a given name.
    PERSONAL = "america britain chad cuba england france georgia holland india ireland israel jordan kenya poland scotland spain
        wales cuban dane finn french english german paris london berlin washington rome turk swede";
    /// Of these, the ones that a capital word before them makes a surname, known or not.
    SURNAMES = "jordan holland wales england ireland washington london berlin";
    /// Of these, the given names.
    FORENAMES = "america chad cuba dane finn georgia holland india ireland israel jordan kenya london paris";
    /// Capitals that are also a good's name when they open a sentence.
    GOODS = "turkey chile china";
    MEATS = "chicken chickens pork beef ham duck ducks lamb";
    STYLES = "architecture house houses mansion mansions style era bay terrace terraces period silver furniture townhouse";
}
