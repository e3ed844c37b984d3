"""Common given names of many languages: a line that begins with one of them may be a person's name.

Our own list, by far not complete: a name that is missing is still a name where the page calls it an author.
"""

from __future__ import annotations

from artextract.metadata.months import plain

_NAMES = """
aaron abby abdul abdullah abigail abraham adam adele adrian adriana ahmad ahmed aidan aileen aisha ajay akash alan
alana albert alberto alejandra alejandro aleksander aleksandra alessandra alessandro alex alexander alexandra
alexandre alexis alfonso alfred ali alice alicia alina alison allan allen allison alok alvaro alyssa amalia amanda
amar amber amelia amelie amina amir amit amy ana anastasia anders andre andrea andreas andrei andres andrew andrey
andrzej andy angel angela angelica angelo angie anika anil anita ankit ann anna annabel anne annette annie anthony
anton antonia antonio anuj april archana ariana arjun arlene armando arne arnold art arthur arun arvind ashley ashok
astrid audrey august aurelie austin ava avery axel ayesha barbara barbora barry bart beatrice beatriz becca becky ben
benedict benjamin bernard bernd bert beth bethany betty beverly bianca bill billy bjorn blake bob bobby bogdan boris
brad bradley brandon brenda brendan brent bret brett brian briana bridget brigitte britt brittany brooke bruce bruno
bryan bryce caitlin caleb callum calvin cameron camila camilla camille candace cara carina carl carla carlo carlos
carmen carol carolina caroline carolyn carrie carsten carter cary casey cassandra catalina catarina catherine cathy
cecilia celia celine cesar chad chandra charlene charles charlie charlotte chase chelsea cheryl chiara chloe chris
christa christian christiane christie christina christine christoph christopher christy cindy claire clara clare clark
claudia claudio clement clementine clint cody cole colin colleen connie connor conor constance corey corinne cory
courtney craig cristian cristina crystal curt curtis cynthia dagmar daisy dale damian damien dan dana daniel daniela
danielle danny daria dario darius darren daryl dave david davide dawn dean deanna debbie deborah debra deepak delia
denis denise dennis derek desmond devin diana diane diego dieter dimitri dina dinesh dirk dmitri dmitry dominic
dominik dominique don donald donna dora doris dorothy doug douglas duncan dustin dylan eddie edgar edith eduard
eduardo edward edwin eileen elaine eleanor elena eli elias elisa elisabeth eliza elizabeth ella ellen ellie elliot
elliott elsa emanuel emil emilia emilie emilio emily emma emmanuel enrico enrique eric erica erich erik erika erin
ernest ernesto ernst esteban esther ethan eugene eva evan eve evelyn ewa fabian fabio faisal fatima federica federico
felicia felipe felix fernanda fernando filip finn fiona florence florian frances francesca francesco francis francisco
franck francois frank franz fred freddie frederic frederick friedrich gabriel gabriela gabriele gabrielle gail gareth
gary gavin gaurav gene genevieve geoff geoffrey george georgia georgina gerald gerard gerhard gianluca gilbert gina
giovanni giulia giuseppe glen glenn gloria gonzalo gordon grace graham grant greg gregor gregory greta guillaume
guillermo gunther gustav gustavo guy gwen hailey hans hannah hannes harald harold harriet harris harrison harry harsh
harvey hassan heather hector heidi heike heinrich heinz helen helena helga henri henrik henry herbert herman hilary
holly howard hubert hugh hugo hussein ian ibrahim ida ignacio igor ilya imran ines inga ingo ingrid ioana irene irina
iris irma isaac isabel isabella isabelle isaiah ismail ivan ivana jack jackie jackson jacob jacqueline jacques jade
jaime jake jakob jakub jamal james jamie jan jana jane janet janice janine jared jasmine jason javier jay jayden jean
jeanette jeanne jeff jeffrey jen jenna jennifer jenny jens jeremiah jeremy jerome jerry jess jesse jessica jessie
jesus jill jim jimmy jo joan joana joann joanna joanne joao joaquin jocelyn jodi jodie joe joel joerg joey johan
johann johanna johannes john johnny jolanta jon jonas jonathan jordan jorge jose josef joseph josephine josh joshua
joy joyce juan juanita judith judy jules julia julian juliana julie julien juliet julio june jurgen justin justine
jutta kai karen karim karin karina karl karla karolina kate katarina katarzyna katherine kathleen kathryn kathy katie
katja katrin katrina katy kay kayla keith kelli kelly kelsey ken kendall kendra kenneth kenny kent kerry kevin khalid
kieran kim kimberly kirk kirsten klaus konrad konstantin kris krista kristen kristi kristian kristin kristina kristine
kristy krzysztof kumar kurt kyle lance lara larry lars laura lauren laurence laurent laurie lawrence lea leah leanne
lee leila lena lennart leo leon leonard leonardo leslie lewis liam lidia lilian lilly lily linda lindsay lindsey linus
lisa liv liz liza lois lola loren lorena lorenzo lori lorraine louis louise lourdes luc luca lucas lucia lucie lucy
ludwig luigi luis luisa lukas luke lydia lynn mackenzie madeleine madeline madison magda magdalena maggie magnus
mahmoud malcolm manfred manish manoj manuel manuela mara marc marcel marcela marcelo marcia marcin marco marcos marcus
margaret margarita maria mariana marianne marie marilyn marina mario marion marisa marissa marita marius marjorie mark
marko markus marlene marlon marta martha martin martina marvin mary maryam mateo mateusz mathias mathieu mathilde matt
matteo matthew matthias matthieu maureen maurice mauricio max maxime maximilian maxwell maya megan meghan melanie
melinda melissa mercedes meredith mia micah michael michaela michal michel michele michelle mick miguel mihai mike
mikhail milan mildred miles milena mindy miranda miriam mitchell mohamed mohammad mohammed mohit moira molly monica
monika monique morgan moritz moses muhammad mustafa myriam nadia nadine nancy naomi natalia natalie natasha nathalie
nathan nathaniel neal neha neil nelson nicholas nick nicki nicola nicolas nicole nigel nikhil niki nikita nikki nikola
nikolai nikolaus nina nitin noah noel noelle noemi nora norbert norma norman octavia olaf oleg olga oliver olivia
olivier omar oscar oskar otto owen pablo paige pam pamela paola paolo pascal patricia patrick patrizia patty paul
paula paulina pauline paulo pavel pedro peggy penelope penny per perry pete peter petra philip philipp philippe
phillip phil phoebe phyllis pierre piotr polly pooja prakash pranav prashant preeti priya quentin quinn rachael rachel
rafael rahul rainer raj rajesh ralf ralph ramesh ramon randall randy raphael raquel raul ravi ray raymond rebecca reed
regina reinhard rene renee rhonda ricardo riccardo richard rick ricky rita rob robert roberta roberto robin robyn
rocio rod roderick rodney rodrigo roger rohan rohit roland rolf roman romain ron ronald ronnie rory rosa rosalie rose
rosemary ross roy ruben rudolf russ russell ruth ryan sabine sabrina sadie sai salma sally salvatore sam samantha
samir sammy samuel sandeep sandra sandy sanjay santiago sara sarah sasha satish saul savannah scott sean sebastian
selena selina serena serge sergei sergey sergio shane shannon sharon shaun shawn sheila shelby sheldon shelley sherry
shirley shivani shreya sid sidney sierra sigrid silke silvia simon simona simone sofia sonia sonja sophia sophie
spencer stacey stacy stan stanislav stanley stefan stefanie stefano stella stephan stephane stephanie stephen steve
steven stewart stuart sue sumit sunil suresh susan susanna susanne susie suzanne svetlana swati sven sybille sydney
sylvia sylvie tabitha tamara tammy tania tanya tara tatiana tatyana taylor ted terence teresa terrence terri terry
tess thea theo theodore theresa therese thomas tiffany tim timo timothy tina tobias toby todd tom tomas tomasz tommy
toni tony tonya tracey traci tracy travis trevor tricia tristan troy tyler ulrich ulrike ursula uta uwe valentin
valentina valerie vanessa vera verena veronica veronika vicki victor victoria vijay vikas vikram viktor viktoria vince
vincent viola violet virginia vishal vivek vivian vladimir wade walter wanda warren wayne wendy werner wes wesley
wilhelm will william willie wolfgang xavier yasmin yolanda yusuf yvette yvonne zach zachary zack zane zoe zuzana wei
jing ying xin yan li ming jun hui hong lei ping mei hiroshi kenji takashi yuki akira haruki naoko yoko minjun jisoo
jiwon seojun иван александр сергей дмитрий андрей алексей михаил николай владимир евгений елена ольга наталья татьяна
ирина анна мария светлана юлия екатерина γιάννης γιώργος νίκος δημήτρης κώστας μαρία ελένη κατερίνα αναστασία محمد
أحمد علي حسن حسين عمر خالد فاطمة مريم سارة نور ليلى
"""

_GIVEN = frozenset(plain(name) for name in _NAMES.split())


def is_given_name(word: str) -> bool:
    """Whether a word is a common given name, in any spelling of its accents.

    >>> is_given_name("Łucja"), is_given_name("André"), is_given_name("Home")
    (False, True, False)
    """
    return plain(word.strip(".,")) in _GIVEN
