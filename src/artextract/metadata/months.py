"""Names of months in the languages whose dates we read, and the words that stand beside dates and times.

Written for this project; each line has the full names (and the case forms that dates use), then the usual short forms.
"""

from __future__ import annotations

import unicodedata

_NAMES = """
january february march april may june july august september october november december
jan feb mar apr may jun jul aug sep oct nov dec
. . . . . . . . sept . . .
januar februar märz april mai juni juli august september oktober november dezember
jän . mrz . . . . . . okt . dez
jänner feber . . . . . . . . . .
janvier février mars avril mai juin juillet août septembre octobre novembre décembre
janv févr . avr . . juil . . . . déc
enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre
ene . . abr . . . ago setiembre . . dic
janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro
. fev . . . . . . set out . .
gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre
gen . . . mag giu lug . . ott . .
januari februari maart april mei juni juli augustus september oktober november december
. . mrt . . . . augusti . . . .
. . . . maj . . . . . . .
januar februar marts april maj juni juli august september oktober november december
. . . . . . . . . . . des
tammikuuta helmikuuta maaliskuuta huhtikuuta toukokuuta kesäkuuta heinäkuuta elokuuta . . . .
. . . . . . . . syyskuuta lokakuuta marraskuuta joulukuuta
stycznia lutego marca kwietnia maja czerwca lipca sierpnia września października listopada grudnia
styczeń luty marzec kwiecień maj czerwiec lipiec sierpień wrzesień październik listopad grudzień
sty lut . kwi . cze lip sie wrz paź lis gru
ledna února března dubna května června července srpna září října listopadu prosince
januára februára marca apríla mája júna júla augusta septembra októbra novembra decembra
január február március április május június július augusztus szeptember október november december
ianuarie februarie martie aprilie mai iunie iulie august septembrie octombrie noiembrie decembrie
ocak şubat mart nisan mayıs haziran temmuz ağustos eylül ekim kasım aralık
gener febrer març abril maig juny juliol agost setembre octubre novembre desembre
januari februari maret april mei juni juli agustus september oktober november desember
января февраля марта апреля мая июня июля августа сентября октября ноября декабря
январь февраль март апрель май июнь июль август сентябрь октябрь ноябрь декабрь
янв фев мар апр . июн июл авг сен окт ноя дек
. февр . . . . . . сент . нояб .
січня лютого березня квітня травня червня липня серпня вересня жовтня листопада грудня
януари февруари март април май юни юли август септември октомври ноември декември
јануар фебруар март април мај јун јул август септембар октобар новембар децембар
ιανουαρίου φεβρουαρίου μαρτίου απριλίου μαΐου ιουνίου ιουλίου αυγούστου σεπτεμβρίου οκτωβρίου νοεμβρίου δεκεμβρίου
ιανουάριος φεβρουάριος μάρτιος απρίλιος μάιος ιούνιος ιούλιος αύγουστος σεπτέμβριος οκτώβριος νοέμβριος δεκέμβριος
ιαν φεβ μαρ απρ μαϊ ιουν ιουλ αυγ σεπ οκτ νοε δεκ
. . . . μάη . . . σεπτ . . .
يناير فبراير مارس أبريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر ديسمبر
. . . ابريل . . . اغسطس . اكتوبر . .
. . . إبريل . يونيه يوليه . . . . .
كانون_الثاني شباط آذار نيسان أيار حزيران تموز آب أيلول تشرين_الأول تشرين_الثاني كانون_الأول
جانفي فيفري . أفريل ماي جوان جويلية أوت . . . .
. . . . . . يوليوز غشت شتنبر . نونبر دجنبر
ינואר פברואר מרץ אפריל מאי יוני יולי אוגוסט ספטמבר אוקטובר נובמבר דצמבר
"""


def plain(word: str) -> str:
    """A word in lower case without accents: Greek capitals lose theirs, and dumps often do.

    >>> plain("ΜΑΪΟΥ") == plain("Μαΐου")
    True
    """
    lowered = word.lower()
    if lowered.isascii():
        return lowered
    return "".join(c for c in unicodedata.normalize("NFD", lowered) if not unicodedata.combining(c))


def _numbered() -> dict[str, int]:
    found: dict[str, int] = {}
    for line in _NAMES.split("\n"):
        for number, name in enumerate(line.split(), 1):
            if name != ".":
                found[plain(name.replace("_", " "))] = number
    return found


_MONTHS = _numbered()


def month_of(name: str) -> int | None:
    """The number of a month by its name, None for any other word.

    >>> [month_of(name) for name in ("May", "мая", "Σεπτεμβρίου", "MÄRZ", "Mayor")]
    [5, 5, 9, 3, None]
    """
    return _MONTHS.get(plain(name))
